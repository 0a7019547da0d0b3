import { collectOrganization } from '@denyscope/collect';
import { type SnapshotLine } from '@denyscope/model';
import { type NamedJob } from '@denyscope/queue';
import { type ExpectedPart, ORGANIZATION, type PartRecord, type RunRecord } from '@denyscope/store';
import { exclusions, expectedAccounts } from './accounts.ts';
import { type Context } from './context.ts';
import { gathered } from './lines.ts';

/** The organization as it is now. */
export interface ReadOrganization {
  /** Its lines, and those of the accounts that the scan leaves out. */
  readonly lines: readonly SnapshotLine[];
  readonly accounts: readonly ExpectedPart[];
}

/** Reads the organization; without any account to scan where it cannot be listed. */
export async function readOrganization(
  { collecting }: Context,
  { scope }: RunRecord,
  signal: AbortSignal,
): Promise<ReadOrganization> {
  const lines = await gathered(collectOrganization({ ...collecting, signal }));
  const accounts = expectedAccounts(lines, scope);
  return { lines: [...lines, ...exclusions(accounts)], accounts };
}

/** Parts of accounts that nobody read or gave up yet. */
export function isWaiting({ part, status }: PartRecord): boolean {
  return part !== ORGANIZATION && status === 'waiting';
}

/** The job that makes one scan of all parts. */
export function publication(runId: number): NamedJob {
  return { name: 'publish-scan', payload: { runId } };
}

/** The jobs of the accounts that a run waits for. */
export async function accountJobs({ store }: Context, runId: number): Promise<readonly NamedJob[]> {
  const parts = await store.runParts(runId);
  return parts
    .filter(isWaiting)
    .map(({ part }): NamedJob => ({ name: 'scan-account', payload: { runId, accountId: part } }));
}
