import type { SnapshotLine } from '@denyscope/model';
import { ask, observed, renewing, reportGap } from './ask.ts';
import { getAccountPublicAccessBlock } from './calls/get-account-public-access-block.ts';
import { collectMultiRegionAccessPoints } from './collect-access-points.ts';
import { collectBuckets } from './collect-buckets.ts';
import { collectIdentityProviders, collectPrincipals } from './collect-principals.ts';
import { collectRegions, reportUnvisited } from './collect-regions.ts';
import { draftOf, emitDraft } from './draft.ts';
import { lineStream, type CollectOptions, type Job } from './job.ts';
import { coverageLine } from './line.ts';
import type { RoleOptions } from './session.ts';

/** Which account to read, and how to enter it. */
export interface AccountOptions extends CollectOptions {
  readonly accountId: string;
  /** The role to enter; without one, the scanner's own credentials are the account's. */
  readonly role?: RoleOptions | undefined;
  /**
   * Which of the account's enabled Regions to look into for keys, access points, networks and trails; all unless
   * given. Of each that is left out, a `coverage` line says so.
   */
  readonly regions?: readonly string[] | undefined;
  /** The account's line from `collectOrganization`: it comes out again, with what only the account itself knows. */
  readonly account?: SnapshotLine | undefined;
}

/**
 * Reads one account: its principals, buckets, keys, access points, network and trails, as lines of the snapshot. What
 * could not be read is in a line's `unreadable` or a `coverage` line of its own; the lines never fail, but where the
 * scan is cancelled.
 */
export function collectAccount(options: AccountOptions): AsyncIterable<SnapshotLine> {
  return lineStream(options, (job) => scanAccount(job, options));
}

async function scanAccount(job: Job, { account, regions }: AccountOptions): Promise<void> {
  if (!(await enter(job))) {
    if (account !== undefined) job.emit(account);
    return;
  }
  const [buckets, plan] = await Promise.all([
    collectBuckets(job),
    collectRegions(job, regions),
    collectPrincipals(job),
    collectIdentityProviders(job),
    collectPublicAccessBlock(job),
    collectMultiRegionAccessPoints(job),
  ]);
  reportUnvisited(job, plan, buckets.regions);
  if (account !== undefined) job.emit(completed(account, buckets.owner, plan.enabled));
}

/** Enters the account's role. Where it cannot be entered, that is the one gap (semantics.md H.6). */
async function enter(job: Job): Promise<boolean> {
  const assumeRole = {
    service: 'sts',
    operation: 'AssumeRole',
    region: job.homeRegion,
    scope: 'account',
    absences: [],
  } as const;
  const entered = await renewing(job, () => observed(job, assumeRole, () => job.session.credentials()));
  if (!('state' in entered)) return true;
  const { reason, message } = entered;
  job.emit(coverageLine({ step: 'sts:AssumeRole', accountId: job.accountId, reason, message }));
  return false;
}

async function collectPublicAccessBlock(job: Job): Promise<void> {
  const { accountId, homeRegion: region } = job;
  const answer = await ask(job, getAccountPublicAccessBlock, { region });
  if (answer.kind === 'unreadable' || answer.kind === 'gone') {
    reportGap(job, getAccountPublicAccessBlock, { region }, answer);
    return;
  }
  const base = { kind: 'account-public-access-block', accountId, data: {} };
  const asked = { read: getAccountPublicAccessBlock, answer };
  emitDraft(job, draftOf(base, [asked]), getAccountPublicAccessBlock);
}

/** The account's own line with what only the account itself knows: canonical user id and enabled Regions. */
function completed(
  line: SnapshotLine,
  owner: string | undefined,
  enabled: readonly string[] | undefined,
): SnapshotLine {
  const data = {
    ...line.data,
    ...(owner !== undefined && { CanonicalUserId: owner }),
    ...(enabled !== undefined && { EnabledRegions: enabled }),
  };
  return { ...line, data };
}
