import { type RunningJob } from '@denyscope/queue';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { settleLateAccounts } from '../late-accounts.ts';
import { publish } from '../publish.ts';
import { isOver, whileRunning } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
}

/** Makes one scan of all parts; until then the scan before is served. */
export async function publishScan(context: Context, { runId }: Payload, job: RunningJob): Promise<void> {
  try {
    await whileRunning(context, runId, job, (run, signal) =>
      settleLateAccounts(context, run, { job, signal }),
    );
    await publish(context, runId);
  } catch (error) {
    if (isOver(error)) return;
    if (endsJob(error, job)) await context.store.failRun(runId, givenUp(error).message);
    throw error;
  }
}
