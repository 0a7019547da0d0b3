import { type SnapshotLine } from '@denyscope/model';
import { type RunningJob } from '@denyscope/queue';
import { ORGANIZATION, type RunRecord } from '@denyscope/store';
import { type Context } from '../context.ts';
import { endsJob, givenUp } from '../fault.ts';
import { streamed } from '../lines.ts';
import { accountJobs, publication, readOrganization } from '../organization.ts';
import { whileRunning } from '../run-watch.ts';

interface Payload {
  readonly runId: number;
}

/** Reads the organization, and adds the jobs of its accounts. Without it there is no scan. */
export async function scanOrganization(context: Context, { runId }: Payload, job: RunningJob): Promise<void> {
  const { store, queue } = context;
  try {
    await whileRunning(context, runId, job, async (run, signal) => {
      if (!run.progress.listed) await listAccounts(context, run, signal);
      await queue.addAfter(publication(runId), await accountJobs(context, runId));
    });
  } catch (error) {
    if (endsJob(error, job)) await store.failRun(runId, givenUp(error).message);
    throw error;
  }
}

/** The run counts as listed when the organization's own part is there, so that comes last. */
async function listAccounts(context: Context, run: RunRecord, signal: AbortSignal): Promise<void> {
  const { store } = context;
  const { lines, accounts } = await readOrganization(context, run, signal);
  if (accounts.every(({ skipped }) => skipped !== undefined)) throw new NothingToScan(lines);
  await store.expectParts(run.id, accounts);
  await store.stagePart(run.id, ORGANIZATION, streamed(lines));
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
