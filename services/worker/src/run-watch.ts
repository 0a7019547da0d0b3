import { type RunningJob } from '@denyscope/queue';
import { type RunRecord, StoreError } from '@denyscope/store';
import { type Context } from './context.ts';

/** Work of a job for a run; the signal aborts when the run ends, or the job is to be given back. */
export type RunWork = (run: RunRecord, signal: AbortSignal) => Promise<void>;

/** Does the work of a job while its run is wanted: a job of a run that ended has nothing to do, and that is no fault. */
export async function whileRunning(
  context: Context,
  runId: number,
  job: RunningJob,
  work: RunWork,
): Promise<void> {
  const run = await context.store.runState(runId);
  if (run?.status !== 'running') return;
  if (run.header.source !== context.source) return refuse(context, run);
  const ended = new AbortController();
  const looking = { now: false };
  const timer = setInterval(() => void look(context, runId, { ended, looking }), context.watchMs);
  try {
    await work(run, AbortSignal.any([ended.signal, job.signal]));
  } catch (error) {
    if (!ended.signal.aborted && !isOver(error)) throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * A run over the demo organization, whose server died with its process, must not be read with the credentials of a
 * real one, nor the other way round.
 */
async function refuse({ store, logger, source }: Context, { id, header }: RunRecord): Promise<void> {
  const message = `the run is over ${header.source}, and this worker reads ${source}`;
  logger.warn({ runId: id }, message);
  await store.failRun(id, message);
}

interface Watched {
  readonly ended: AbortController;
  /** A store that is away is waited for, by one at a time. */
  readonly looking: { now: boolean };
}

async function look({ store }: Context, runId: number, { ended, looking }: Watched): Promise<void> {
  if (looking.now) return;
  looking.now = true;
  // A store that does not answer is the work's own fault to find.
  const run = await store.runState(runId).catch(() => undefined);
  looking.now = false;
  if (run !== undefined && run.status !== 'running') ended.abort(new Error('the scan was ended'));
}

/** Whether a run ended under the hands of a job. */
export function isOver(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'run-over';
}
