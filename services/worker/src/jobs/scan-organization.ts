import { collectOrganization } from '@denyscope/collect';
import { type SnapshotLine } from '@denyscope/model';
import { type NamedJob, type RunningJob } from '@denyscope/queue';
import { ORGANIZATION } from '@denyscope/store';
import { exclusions, expectedAccounts } from '../accounts.ts';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { gathered, streamed } from '../lines.ts';
import { whileRunning } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
}

/** Reads the organization, and adds the jobs of its accounts. Without it there is no scan. */
export async function scanOrganization(context: Context, { runId }: Payload, job: RunningJob): Promise<void> {
  const { store, queue, collecting } = context;
  try {
    await whileRunning(context, runId, job, async ({ scope }, signal) => {
      const lines = await gathered(collectOrganization({ ...collecting, signal }));
      const accounts = expectedAccounts(lines, scope);
      if (accounts.every(({ skipped }) => skipped !== undefined)) throw new NothingToScan(lines);
      await store.stagePart(runId, ORGANIZATION, streamed([...lines, ...exclusions(accounts)]));
      await store.expectParts(runId, accounts);
      const read = accounts.filter(({ skipped }) => skipped === undefined);
      await queue.addAfter(
        { name: 'publish-scan', payload: { runId } },
        read.map(({ accountId }): NamedJob => ({ name: 'scan-account', payload: { runId, accountId } })),
      );
    });
  } catch (error) {
    if (endsJob(error, job)) await store.failRun(runId, givenUp(error).message);
    throw error;
  }
}

/** No account could be listed: nothing that is known may be replaced by that. Trying again may help. */
class NothingToScan extends Error {
  override readonly name = 'NothingToScan';
  readonly code = 'NothingToScan';
  readonly retryable = true;

  constructor(lines: readonly SnapshotLine[]) {
    const why = lines.flatMap(({ kind, data }) =>
      kind === 'coverage' ? [`${String(data['step'])}: ${String(data['reason'])}`] : [],
    );
    const said = why.length === 0 ? 'the scanner is in no organization' : why.slice(0, 3).join(', ');
    super(`no account to scan: ${said}`);
  }
}
