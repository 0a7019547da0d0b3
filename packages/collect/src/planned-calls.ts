import { READS } from './calls/index.ts';
import type { Read, ServiceName } from './calls/read.ts';
import { rateOf } from './rates.ts';

/** Of what there is how much, so far as the number of calls goes. */
export interface Sizes {
  /** Accounts that are entered. */
  readonly accounts: number;
  /** Accounts that the organization lists. */
  readonly listed: number;
  /** Roots and organizational units. */
  readonly nodes: number;
  /** Organization policies of the types that are read. */
  readonly policies: number;
  readonly administrators: number;
  /** Enabled Regions that are looked into, of all accounts together, and so the rest. */
  readonly regions: number;
  readonly principals: number;
  readonly buckets: number;
  readonly accessPoints: number;
  readonly multiRegionAccessPoints: number;
  readonly keys: number;
  readonly trails: number;
}

/** What a call is made for once. */
export type Unit = keyof Sizes | 'scan';

/** One row of the table of reads, and how often it is asked. */
export interface PlannedCall {
  readonly service: ServiceName;
  readonly operation: string;
  readonly per: Unit;
  readonly calls: number;
  /** At least this long takes it at the rate of its own that AWS gives it; undefined where it gives none. */
  readonly seconds: number | undefined;
}

/** Reads of the organization that are not asked once a scan. */
const PER: ReadonlyMap<string, Unit> = new Map([
  ['organizations:ListOrganizationalUnitsForParent', 'nodes'],
  ['organizations:ListAccountsForParent', 'nodes'],
  ['organizations:ListTagsForResource', 'listed'],
  ['organizations:DescribePolicy', 'policies'],
  ['organizations:ListTargetsForPolicy', 'policies'],
  ['organizations:ListDelegatedServicesForAccount', 'administrators'],
]);

/** Reads of one thing in an account, by the kind of line that they fill. */
const PER_KIND: ReadonlyMap<string, Unit> = new Map([
  ['access-point', 'accessPoints'],
  ['multi-region-access-point', 'multiRegionAccessPoints'],
  ['trail', 'trails'],
  ['bucket', 'buckets'],
]);

/** Reads that a scan makes only where another one did not tell, or somebody asks. */
const RARE: ReadonlySet<string> = new Set(['s3:GetBucketLocation', 'sts:GetCallerIdentity']);

function unitOf({ id, scope, fills }: Read): Unit {
  if (scope === 'organization') return PER.get(id) ?? 'scan';
  if (scope === 'account') return 'accounts';
  if (scope === 'region') return 'regions';
  if (scope === 'key') return 'keys';
  return PER_KIND.get(Object.keys(fills)[0] ?? '') ?? 'buckets';
}

/** Items of one page, where a list may be long. AWS: 20 a page is Organizations' own; the others we ask for (H.1). */
const PAGES: ReadonlyMap<string, readonly [items: keyof Sizes, page: number]> = new Map([
  ['organizations:ListAccounts', ['listed', 20]],
  ['iam:GetAccountAuthorizationDetails', ['principals', 1000]],
  ['s3:ListBuckets', ['buckets', 1000]],
]);

/**
 * The calls of a scan, by read. Sizes that are estimates make it one; answers of more than a page, and calls that are
 * made again, come on top.
 */
export function plannedCalls(sizes: Sizes): readonly PlannedCall[] {
  const entering: PlannedCall = {
    service: 'sts',
    operation: 'AssumeRole',
    per: 'accounts',
    calls: sizes.accounts,
    seconds: undefined,
  };
  const reads = READS.filter(({ id }) => !RARE.has(id)).map((read) => plannedRead(read, sizes));
  return [entering, ...reads];
}

function plannedRead(read: Read, sizes: Sizes): PlannedCall {
  const { id, service, operation } = read;
  const per = unitOf(read);
  const each = per === 'scan' ? 1 : sizes[per];
  const [items, page] = PAGES.get(id) ?? [];
  const calls =
    items === undefined || page === undefined ? each : Math.max(each, Math.ceil(sizes[items] / page));
  const { perSecond } = rateOf({ service, operation, region: '', accountId: '' }, 1);
  return {
    service,
    operation,
    per,
    calls,
    seconds: service === 'organizations' ? calls / perSecond : undefined,
  };
}
