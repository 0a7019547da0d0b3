import { collectAccount } from '@denyscope/collect';
import { type RunningJob } from '@denyscope/queue';
import { type PartStatus } from '@denyscope/store';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { gathered, streamed } from '../lines.ts';
import { withLockouts } from '../lockouts.ts';
import { isOver, whileRunning } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
  readonly accountId: string;
}

/** Reads one account. What cannot be read is a gap of the scan, and never the scan's end. */
export async function scanAccount(context: Context, payload: Payload, job: RunningJob): Promise<void> {
  const { store, collecting, role, regions, deadlineMs, timed } = context;
  const { runId, accountId } = payload;
  try {
    await whileRunning(context, runId, job, async ({ scope, header }, signal) => {
      if (isSettled(await store.partStatus(runId, accountId))) return;
      const account = await store.accountLine(runId, accountId);
      const lines = await timed('inventory', () =>
        gathered(
          collectAccount({
            ...collecting,
            accountId,
            account,
            role,
            deadlineMs,
            regions: scope.regions ?? regions,
            signal,
          }),
        ),
      );
      const explained = await withLockouts(context, { runId, accountId, header }, lines);
      await store.stagePart(runId, accountId, streamed(explained));
    });
  } catch (error) {
    if (!endsJob(error, job)) throw error;
    context.logger.error({ err: error, accountId, runId }, 'an account is given up');
    await giveUp(context, payload, error);
  }
}

/** A job that a worker was killed over may have been done, and one that the queue lost may be there twice. */
function isSettled(status: PartStatus | undefined): boolean {
  return status !== undefined && status !== 'waiting';
}

async function giveUp({ store }: Context, { runId, accountId }: Payload, error: unknown): Promise<void> {
  try {
    await store.failPart(runId, accountId, givenUp(error));
  } catch (fault) {
    if (!isOver(fault)) throw fault;
  }
}
