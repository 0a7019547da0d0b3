import { setTimeout as sleep } from 'node:timers/promises';
import { snapshotHeader } from '@denyscope/collect';
import { SCANNER_ACCESS_KEY_ID, type FakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { type Logger, createLogger } from '@denyscope/ops';
import { type JobQueue, openQueue } from '@denyscope/queue';
import { beginScan } from '@denyscope/scheduler';
import { type RunRecord, type RunScope, type Store } from '@denyscope/store';
import { type AwsAccess, type Worker, createWorkerMetrics, startWorker } from '@denyscope/worker';

/** The account of the demo organization that the scanner is in. */
export const SCANNER = '222233334444';

const HEADER = snapshotHeader('2026-11-21T02:00:00Z', 'demo');

/** How a scanner in its own organization gets at a fake AWS. */
export function accessTo(aws: Pick<FakeAws, 'url'>): AwsAccess {
  return {
    source: 'demo',
    roleName: 'DenyscopeScanner',
    credentials: { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' },
    endpoint: aws.url,
    maxAttempts: 3,
  };
}

/** Where scans are made in a test. */
export interface Ground {
  readonly store: Store;
  readonly queueUrl: string;
  readonly queuePrefix: string;
}

export interface WorkerSettings {
  readonly concurrency?: number;
  readonly stallMs?: number;
  readonly keepMs?: number;
  readonly limitMs?: number;
  readonly logger?: Logger;
}

/** A worker in this process that says nothing unless it is given a logger. */
export function workerOn(ground: Ground, aws: AwsAccess, settings: WorkerSettings = {}): Promise<Worker> {
  const logger = createLogger({ level: 'silent', name: 'worker' });
  const metrics = createWorkerMetrics(false);
  return startWorker({
    ...ground,
    aws,
    logger,
    metrics,
    watchMs: 200,
    keepMs: 300,
    concurrency: 4,
    ...settings,
  });
}

export function queueOn({ queueUrl: url, queuePrefix: prefix }: Ground): Promise<JobQueue> {
  return openQueue({ url, prefix });
}

/** Begins a scan, which must not run yet; gives the run's id. */
export async function begin(ground: Ground, scope?: RunScope): Promise<number> {
  const queue = await queueOn(ground);
  try {
    const { begun, run } = await beginScan({ store: ground.store, queue, scope, header: HEADER });
    if (!begun) throw new Error(`run ${run.id} is running`);
    return run.id;
  } finally {
    await queue.close();
  }
}

/** The run as it ended. */
export async function ended(store: Store, runId: number, withinMs = 60_000): Promise<RunRecord> {
  return until(store, runId, { withinMs, reached: ({ status }) => status !== 'running' });
}

interface Waiting {
  readonly reached: (run: RunRecord) => boolean;
  readonly withinMs?: number;
}

export async function until(
  store: Store,
  runId: number,
  { reached, withinMs = 60_000 }: Waiting,
): Promise<RunRecord> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const run = await store.runState(runId);
    if (run !== undefined && reached(run)) return run;
    if (Date.now() > deadline) throw new Error(`too late: ${JSON.stringify(run)}`);
    await sleep(50);
  }
}

/** The lines of the scan that a run became. */
export async function linesOf(store: Store, run: RunRecord): Promise<readonly SnapshotLine[]> {
  if (run.scanId === undefined) throw new Error(`run ${run.id} is ${run.status}: ${run.reason ?? ''}`);
  const lines: SnapshotLine[] = [];
  for await (const line of (await store.readScan(run.scanId)).lines) lines.push(line);
  return lines;
}
