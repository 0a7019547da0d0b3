import { type PlannedCall, type Sizes } from '@denyscope/collect';
import { type ScanConfiguration } from '@denyscope/ops';
import { type AccountSize } from '@denyscope/store';
import { count } from '../render/statement.ts';

/** What an earlier scan tells; by account, and under '' of the organization. */
export interface Known {
  readonly sizes: ReadonlyMap<string, AccountSize>;
  readonly lastSeconds: number | null;
}

/** Numbers of calls, from what is known and what is assumed. */
export interface Estimator {
  readonly of: (accountId: string) => {
    readonly sizes: Sizes;
    readonly calls: number;
    readonly isKnown: boolean;
  };
  readonly total: (entered: readonly string[], listed: number) => Total;
  /** What the numbers rest on, a sentence each. */
  readonly assumptions: (entered: readonly string[]) => readonly string[];
}

interface Total {
  readonly reads: readonly PlannedCall[];
  readonly seconds: { readonly organization: number; readonly accounts: number };
}

/** Sizes, each of which is a number of its name. */
function sizesBy(numberOf: (name: keyof Sizes) => number): Sizes {
  return {
    accounts: numberOf('accounts'),
    listed: numberOf('listed'),
    nodes: numberOf('nodes'),
    policies: numberOf('policies'),
    administrators: numberOf('administrators'),
    regions: numberOf('regions'),
    principals: numberOf('principals'),
    buckets: numberOf('buckets'),
    accessPoints: numberOf('accessPoints'),
    multiRegionAccessPoints: numberOf('multiRegionAccessPoints'),
    keys: numberOf('keys'),
    trails: numberOf('trails'),
  };
}

const NOTHING = sizesBy(() => 0);

/** What is taken for an account where no scan has seen any, and for an organization. */
const TYPICAL = { buckets: 20, keys: 4, principals: 60, trails: 1 };
const TYPICAL_ORGANIZATION = { nodes: 10, policies: 10, administrators: 1 };

/** How long a call of AWS takes, in seconds: what is assumed, since nobody knows the way there. */
const CALL_SECONDS = 0.1;
/** What a worker does where nobody says otherwise: the table of jobs, and collect's bound of an account. */
const ACCOUNTS_AT_A_TIME = 4;
const CALLS_OF_AN_ACCOUNT = 10;

export async function estimatorOf(
  { sizes: known }: Known,
  wanted: readonly string[] | undefined,
  scanning: ScanConfiguration,
): Promise<Estimator> {
  const { DEFAULT_REGIONS, plannedCalls } = await import('@denyscope/collect');
  const { CALLS_IN_FLIGHT } = await import('@denyscope/worker');
  const regionsOf = (size: AccountSize | undefined): number => {
    const enabled = size?.regions ?? wanted ?? DEFAULT_REGIONS;
    return enabled.filter((region) => wanted?.includes(region) ?? true).length;
  };
  const seen = [...known.values()].filter(isRead).map((size) => sizesOf(size, regionsOf(size)));
  const typical =
    seen.length === 0 ? { ...NOTHING, ...TYPICAL, accounts: 1, regions: regionsOf(undefined) } : mean(seen);
  const sizesFor = (accountId: string): { readonly sizes: Sizes; readonly isKnown: boolean } => {
    const size = known.get(accountId);
    const isKnown = size !== undefined && isRead(size);
    return { sizes: isKnown ? sizesOf(size, regionsOf(size)) : typical, isKnown };
  };
  const inFlight = Math.min(
    scanning.callsInFlight ?? CALLS_IN_FLIGHT,
    (scanning.concurrency ?? ACCOUNTS_AT_A_TIME) * CALLS_OF_AN_ACCOUNT,
  );
  return {
    of: (accountId) => {
      const { sizes, isKnown } = sizesFor(accountId);
      return { sizes, isKnown, calls: callsOf(plannedCalls(sizes).filter(isOfAccounts)) };
    },
    total: (entered, listed) => {
      const all = entered.map((accountId) => sizesFor(accountId).sizes);
      const reads = plannedCalls({ ...sum(all), ...organizationSizes(known), listed });
      const slowest = Math.max(0, ...reads.map(({ seconds = 0 }) => seconds));
      const organization = slowest / (scanning.rateFactor ?? 1);
      const largest = Math.max(0, ...all.map((sizes) => callsOf(plannedCalls(sizes).filter(isOfAccounts))));
      const together = callsOf(reads.filter(isOfAccounts)) / inFlight;
      // However many workers there are, one account is read by one of them.
      const accounts = Math.max(together, largest / CALLS_OF_AN_ACCOUNT) * CALL_SECONDS;
      return { reads, seconds: { organization, accounts } };
    },
    assumptions: (entered) => [
      ...sizesAssumed(
        entered.filter((accountId) => !sizesFor(accountId).isKnown).length,
        typical,
        seen.length,
      ),
      ...(known.has('') ? [] : [ORGANIZATION_ASSUMED]),
      `one worker with ${inFlight} calls in flight, each of which takes ${CALL_SECONDS * 1000} ms`,
      'calls that are made again, and answers of many pages, come on top',
    ],
  };
}

const ORGANIZATION_ASSUMED = `an organization of ${TYPICAL_ORGANIZATION.nodes} roots and units, and of ${TYPICAL_ORGANIZATION.policies} policies`;

function sizesAssumed(unknown: number, typical: Sizes, seen: number): readonly string[] {
  if (unknown === 0) return [];
  const { buckets, keys, regions } = typical;
  const each = `${count(buckets, 'bucket')}, ${count(keys, 'key')} and ${count(regions, 'Region')}`;
  const why = seen === 0 ? 'no scan has seen any' : 'the mean of those that the last scan read';
  return [`${each} in each of ${count(unknown, 'account')} that no scan has read: ${why}`];
}

/** An account that could not be entered has its line, and nothing else. */
function isRead({ accountId, facts }: AccountSize): boolean {
  return (
    accountId !== '' && ['account-public-access-block', 'iam-role', 'bucket'].some((kind) => facts.has(kind))
  );
}

function sizesOf({ facts }: AccountSize, regions: number): Sizes {
  const of = (kind: string): number => facts.get(kind) ?? 0;
  return {
    ...NOTHING,
    accounts: 1,
    regions,
    principals: of('iam-user') + of('iam-role') + of('iam-group') + of('iam-policy'),
    buckets: of('bucket'),
    accessPoints: of('access-point'),
    multiRegionAccessPoints: of('multi-region-access-point'),
    keys: of('kms-key'),
    trails: of('trail'),
  };
}

function organizationSizes(known: ReadonlyMap<string, AccountSize>): Partial<Sizes> {
  const facts = known.get('')?.facts;
  if (facts === undefined) return TYPICAL_ORGANIZATION;
  const of = (kind: string): number => facts.get(kind) ?? 0;
  const nodes = of('root') + of('organizational-unit');
  return { nodes, policies: of('organization-policy'), administrators: of('delegated-administrator') };
}

function sum(all: readonly Sizes[]): Sizes {
  return sizesBy((name) => all.reduce((total, sizes) => total + sizes[name], 0));
}

function mean(all: readonly Sizes[]): Sizes {
  const total = sum(all);
  return sizesBy((name) => Math.round(total[name] / all.length));
}

function isOfAccounts({ service }: PlannedCall): boolean {
  return service !== 'organizations';
}

function callsOf(reads: readonly PlannedCall[]): number {
  return reads.reduce((total, { calls }) => total + calls, 0);
}
