import type { SnapshotLine } from '@denyscope/model';
import { ask, observed, renewing, reportGap } from './ask.ts';
import { describeRegions } from './calls/describe-regions.ts';
import { getAccountPublicAccessBlock } from './calls/get-account-public-access-block.ts';
import { collectBuckets } from './collect-buckets.ts';
import { collectPrincipals } from './collect-principals.ts';
import { collectRegion } from './collect-region.ts';
import { draftOf, emitDraft, textOf } from './draft.ts';
import { lineStream, type CollectOptions, type Job } from './job.ts';
import { coverageLine } from './line.ts';
import { DEFAULT_REGIONS } from './regions.ts';
import type { RoleOptions } from './session.ts';

/** Which account to read, and how to enter it. */
export interface AccountOptions extends CollectOptions {
  readonly accountId: string;
  /** The role to enter; without one, the scanner's own credentials are the account's. */
  readonly role?: RoleOptions | undefined;
  /** Where to look for keys, access points, VPCs and endpoints; the account's enabled Regions unless given. */
  readonly regions?: readonly string[] | undefined;
  /** The account's line from `collectOrganization`: it comes out again, with what only the account itself knows. */
  readonly account?: SnapshotLine | undefined;
}

/**
 * Reads one account: its principals, buckets, keys, access points, endpoints and VPCs, as lines of the snapshot. What
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
  const [owner, enabled] = await Promise.all([
    collectBuckets(job),
    collectRegions(job, regions),
    collectPrincipals(job),
    collectPublicAccessBlock(job),
  ]);
  if (account !== undefined) job.emit(completed(account, owner, enabled));
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

/** Comes back with the Regions that are enabled, where they were asked for and told. */
async function collectRegions(
  job: Job,
  given: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  const enabled = given === undefined ? await askRegions(job) : undefined;
  const regions = new Set(given ?? enabled ?? DEFAULT_REGIONS);
  await Promise.all(Array.from(regions, (region) => collectRegion(job, region)));
  return enabled;
}

async function askRegions(job: Job): Promise<readonly string[] | undefined> {
  const place = { region: job.homeRegion };
  const answer = await ask(job, describeRegions, place);
  if (answer.kind === 'seen') return answer.items.flatMap((region) => textOf(region, 'RegionName') ?? []);
  if (answer.kind !== 'absent') reportGap(job, describeRegions, place, answer);
  return undefined;
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
