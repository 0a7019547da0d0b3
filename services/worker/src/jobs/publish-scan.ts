import { type RunningJob } from '@denyscope/queue';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { isOver } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
}

/** Makes one scan of all parts; until then the scan before is served. */
export async function publishScan(
  { store, logger }: Context,
  { runId }: Payload,
  job: RunningJob,
): Promise<void> {
  try {
    const { id, opened, closed } = await store.publishRun(runId);
    logger.info({ runId, scanId: id, opened, closed }, 'published');
  } catch (error) {
    if (isOver(error)) return;
    if (endsJob(error, job)) await store.failRun(runId, givenUp(error).message);
    throw error;
  }
}
