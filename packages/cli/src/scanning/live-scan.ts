import { setTimeout as sleep } from 'node:timers/promises';
import { type SnapshotHeader } from '@denyscope/model';
import { createLogger } from '@denyscope/ops';
import { type RunRecord, type RunScope, type Store } from '@denyscope/store';
import { type Worker, type WorkerSettings } from '@denyscope/worker';
import { CommandError } from '../failure.ts';
import { type Lifetime } from '../lifetime.ts';
import { type Session } from '../session.ts';

/** What to scan, and how. */
export interface LiveScan {
  readonly store: Store;
  readonly queueUrl: string;
  readonly scope?: RunScope | undefined;
  /** The first line of the snapshot to be: of AWS, as of now, unless given. */
  readonly header?: SnapshotHeader | undefined;
}

/** A run that began, or the one that ran already. */
export interface StartedRun {
  readonly run: RunRecord;
  readonly joined: boolean;
}

/** Adds a scan to the queue; where one runs already, that is the one. */
export async function startRun({ queueUrl, ...scan }: LiveScan, lifetime: Lifetime): Promise<StartedRun> {
  const { openQueue } = await import('@denyscope/queue');
  const { beginScan } = await import('@denyscope/scheduler');
  const queue = await lifetime.hold(openQueue({ url: queueUrl }));
  const { begun, run } = await beginScan({ ...scan, queue });
  if (!begun && !isSame(run, scan)) {
    throw new CommandError(
      `another scan runs since ${run.startedAt}: wait for it, or end it by \`denyscope scan --cancel\``,
    );
  }
  return { run, joined: !begun };
}

/** Whether a run that runs is what was asked for. */
function isSame(run: RunRecord, { scope, header }: Pick<LiveScan, 'scope' | 'header'>): boolean {
  return scope === undefined && run.header.source === (header?.source ?? 'aws');
}

/** A worker as part of this process; it is closed with the lifetime. */
export interface OwnWorker extends Omit<LiveScan, 'scope' | 'header'>, WorkerSettings {}

export async function holdWorker(
  session: Session,
  { aws, ...settings }: OwnWorker,
  lifetime: Lifetime,
): Promise<Worker> {
  const { createWorkerMetrics, startWorker } = await import('@denyscope/worker');
  const { logLevel: level = 'error' } = session.configuration;
  const logger = createLogger({ level, name: 'worker', secrets: [aws.externalId ?? ''] });
  const metrics = createWorkerMetrics(false);
  return lifetime.hold(startWorker({ ...settings, aws, logger, metrics }));
}

const POLL_MS = 200;

/**
 * Watches a run until it is published.
 *
 * @throws CommandError where it ends otherwise
 */
export async function published(
  store: Store,
  { id }: RunRecord,
  onProgress: (run: RunRecord) => void,
): Promise<RunRecord> {
  for (;;) {
    const run = await store.runState(id);
    if (run === undefined) throw new CommandError('the scan is no longer in the database');
    onProgress(run);
    if (run.status === 'published') return run;
    if (run.status === 'failed')
      throw new CommandError(`the scan failed: ${run.reason ?? 'nobody knows why'}`);
    if (run.status === 'cancelled') throw new CommandError('the scan was cancelled');
    await sleep(POLL_MS);
  }
}
