import { type ScanConfiguration } from '@denyscope/ops';
import { type WorkerOptions } from './worker.ts';

/** What of a worker its environment decides. */
export type WorkerSettings = Pick<WorkerOptions, 'aws' | 'concurrency' | 'limitMs' | 'retention'>;

/** How the environment wants a worker to be, wherever it runs: in a process of its own, or in the command's. */
export function workerSettings(scanning: ScanConfiguration): WorkerSettings {
  const { roleName, externalId, regions, homeRegion, callsInFlight, rateFactor } = scanning;
  const { concurrency, limitMs, retention } = scanning;
  const aws = { roleName, externalId, regions, homeRegion, callsInFlight, rateFactor };
  return { aws, concurrency, limitMs, retention };
}
