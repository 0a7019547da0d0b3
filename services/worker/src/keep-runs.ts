import { setTimeout as sleep } from 'node:timers/promises';
import { type RunRecord } from '@denyscope/store';
import { type Context } from './context.ts';
import { givenUp } from './fault.ts';
import { accountJobs, isWaiting, publication } from './organization.ts';
import { isAway } from './patience.ts';
import { publish } from './publish.ts';
import { isOver } from './run-watch.ts';

/** Looks after the run that runs, until it is closed. */
export interface Keeper {
  readonly close: () => void;
}

const HOUR_MS = 3_600_000;

/**
 * The store is the truth, and the queue may lose what it was told: a Redis that comes back empty has no job of a run
 * that waits. Every worker looks, adds what is missing, and ends a run that took longer than it may. Several may do so
 * at the same time.
 */
export function keepRuns(context: Context, everyMs: number): Keeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const keep = async (): Promise<void> => {
    let suspected: number | undefined;
    while (!signal.aborted) {
      await sleep(everyMs, undefined, { signal });
      try {
        suspected = await look(context, suspected);
      } catch (error) {
        if (!signal.aborted) context.logger.warn({ err: error }, 'the scan that runs cannot be looked after');
      }
    }
  };
  // It ends by being stopped, and nobody waits for that.
  void keep().catch(() => {});
  return { close: () => stopping.abort() };
}

/** Gives the run whose jobs are missing: whoever adds a run's jobs may be about to, so it takes two looks to act. */
async function look(context: Context, suspected: number | undefined): Promise<number | undefined> {
  const { store, logger, source, limitMs } = context;
  const run = await store.latestRun();
  if (run?.status !== 'running' || run.header.source !== source) return undefined;
  const overdueMs = Date.now() - Date.parse(run.startedAt) - limitMs;
  if (overdueMs > 0) {
    await endOverdue(context, run, overdueMs);
    return undefined;
  }
  if (await context.queue.isPending(nextJob(run))) return undefined;
  if (suspected !== run.id) return run.id;
  logger.warn({ runId: run.id }, 'the queue has no job of the scan that runs: it is given them again');
  await addAgain(context, run);
  return undefined;
}

/** The job without which a run does not go on. */
function nextJob({ id, progress }: RunRecord) {
  return progress.listed ? publication(id) : ({ name: 'scan-organization', payload: { runId: id } } as const);
}

async function addAgain(context: Context, run: RunRecord): Promise<void> {
  const { queue } = context;
  const job = nextJob(run);
  const accounts = run.progress.listed ? await accountJobs(context, run.id) : [];
  await queue.forgetEnded([job, ...accounts]);
  await queue.addAfter(job, accounts);
}

/** Dead accounts do not hold a scan for ever: what was not read by now is a gap, and the rest is published. */
async function endOverdue(context: Context, run: RunRecord, overdueMs: number): Promise<void> {
  const { store, logger, limitMs } = context;
  const limit = `the limit of ${Math.round(limitMs / 60_000)} minutes for a scan`;
  if (!run.progress.listed || overdueMs > HOUR_MS) {
    const what = run.progress.listed ? 'could not be published' : 'could not list its accounts';
    await store.failRun(run.id, `the scan ${what} within ${limit}`);
    return;
  }
  logger.warn({ runId: run.id, waiting: run.progress.waiting }, `a scan is ended by ${limit}`);
  try {
    for (const { part } of (await store.runParts(run.id)).filter(isWaiting)) {
      await store.failPart(run.id, part, { reason: 'ScanLimit', message: `not read within ${limit}` });
    }
    await publish(context, run.id);
  } catch (error) {
    if (isOver(error)) return;
    if (!isAway(error)) await store.failRun(run.id, givenUp(error).message);
    throw error;
  }
}
