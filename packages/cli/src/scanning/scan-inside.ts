import { type Logger, createLogger, readScanConfiguration } from '@denyscope/ops';
import { type Store } from '@denyscope/store';
import { type Lifetime } from '../lifetime.ts';
import { type Session } from '../session.ts';
import { holdQueueUrl } from '../store.ts';

/** Which services run in this process. */
export interface Inside {
  readonly worker: boolean;
  readonly scheduler: boolean;
}

interface Held {
  readonly store: Store;
  readonly lifetime: Lifetime;
}

/** Scans in this process, as the services of a larger installation do in theirs. */
export async function scanInside(
  session: Session,
  { worker, scheduler }: Inside,
  { store, lifetime }: Held,
): Promise<void> {
  if (!worker && !scheduler) return;
  const { environment } = session.terminal;
  const { roleName, externalId, regions, concurrency, cron, timeZone } = readScanConfiguration(environment);
  const { logLevel: level = 'info' } = session.configuration;
  const loggerOf = (name: string): Logger => createLogger({ level, name, secrets: [externalId ?? ''] });
  const queueUrl = await holdQueueUrl(session, lifetime);
  if (worker) {
    const { createWorkerMetrics, startWorker } = await import('@denyscope/worker');
    const aws = { roleName, externalId, regions };
    const common = { store, queueUrl, logger: loggerOf('worker'), metrics: createWorkerMetrics(false) };
    await lifetime.hold(startWorker({ ...common, aws, concurrency }));
  }
  if (scheduler) {
    const { createSchedulerMetrics, startScheduler } = await import('@denyscope/scheduler');
    const common = { store, queueUrl, logger: loggerOf('scheduler'), metrics: createSchedulerMetrics(false) };
    await lifetime.hold(startScheduler({ ...common, cron, timeZone }));
  }
}
