import { collectAccount } from '@denyscope/collect';
import { type RunningJob } from '@denyscope/queue';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { gathered, streamed } from '../lines.ts';
import { isOver, whileRunning } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
  readonly accountId: string;
}

/** Reads one account. What cannot be read is a gap of the scan, and never the scan's end. */
export async function scanAccount(context: Context, payload: Payload, job: RunningJob): Promise<void> {
  const { store, collecting, role, regions, deadlineMs } = context;
  const { runId, accountId } = payload;
  try {
    await whileRunning(context, runId, job, async ({ scope }, signal) => {
      const account = await store.accountLine(runId, accountId);
      const lines = await gathered(
        collectAccount({
          ...collecting,
          accountId,
          account,
          role,
          deadlineMs,
          regions: scope.regions ?? regions,
          signal,
        }),
      );
      await store.stagePart(runId, accountId, streamed(lines));
    });
  } catch (error) {
    if (!endsJob(error, job)) throw error;
    context.logger.error({ err: error, accountId, runId }, 'an account is given up');
    await giveUp(context, payload, error);
  }
}

async function giveUp({ store }: Context, { runId, accountId }: Payload, error: unknown): Promise<void> {
  try {
    await store.failPart(runId, accountId, givenUp(error));
  } catch (fault) {
    if (!isOver(fault)) throw fault;
  }
}
