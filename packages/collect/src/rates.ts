import type { ServiceName } from './service-name.ts';
/** A call, as far as its rate goes. */
export interface PacedCall {
  readonly service: ServiceName;
  /** As the API spells it. */
  readonly operation: string;
  readonly region: string;
  /** The account whose quota it uses up; empty where that is the scanner's own. */
  readonly accountId: string;
}

/** How fast calls may be sent. */
export interface Rate {
  readonly perSecond: number;
  /** Calls that may be sent at once after a rest. */
  readonly burst: number;
  /** Calls that a process may send of itself before it asks the others. */
  readonly free: number;
  /** Calls for which it asks at a time. */
  readonly block: number;
}

/** AWS's own numbers, of an account and not of the organization: calls a second, and at once (semantics.md H.2). */
const ORGANIZATIONS: ReadonlyMap<string, readonly [perSecond: number, burst: number]> = new Map([
  ['DescribeAccount', [20, 30]],
  ['DescribeOrganization', [1, 2]],
  ['DescribePolicy', [2, 2]],
  ['ListAccounts', [8, 12]],
  ['ListAccountsForParent', [5, 8]],
  ['ListChildren', [6, 10]],
  ['ListDelegatedAdministrators', [5, 8]],
  ['ListOrganizationalUnitsForParent', [5, 8]],
  ['ListParents', [5, 8]],
  ['ListPolicies', [5, 8]],
  ['ListPoliciesForTarget', [5, 8]],
  ['ListRoots', [1, 2]],
  ['ListTagsForResource', [10, 15]],
  ['ListTargetsForPolicy', [5, 8]],
]);

/** What is taken for an operation of Organizations that H.2 does not name: its smallest number. */
const OTHER_OF_ORGANIZATIONS = [1, 2] as const;

/** AWS's own numbers of an account in a Region, calls a second (semantics.md H.2). */
const KMS: ReadonlyMap<string, number> = new Map([
  ['DescribeKey', 2000],
  ['GetKeyPolicy', 1000],
  ['GetKeyRotationStatus', 1000],
  ['ListAliases', 500],
  ['ListGrants', 100],
  ['ListKeyPolicies', 100],
  ['ListKeys', 500],
  ['ListResourceTags', 2000],
]);

/** What is taken for an operation of KMS that H.2 does not name: its smallest number. */
const OTHER_OF_KMS = 100;

/**
 * Calls a second in an account and Region for services for which AWS gives no numbers. Ten calls in flight hardly come
 * to that: it holds several scans together to what one of them does (semantics.md H.2).
 */
const OTHERS: ReadonlyMap<ServiceName, number> = new Map([
  ['ec2', 20],
  ['iam', 20],
  ['s3', 200],
  ['s3-control', 50],
  ['sts', 50],
]);

const OF_ANY_SERVICE = 10;

/** We stay so far below AWS's numbers, since calls come closer together on their way. */
const SHARE = 0.9;
/** The quotas of KMS are shared with the production's own encryption (semantics.md H.2). */
const SHARE_OF_KMS = 0.05 * SHARE;

/** Services that answer for all Regions at once, and count so. */
const GLOBAL: ReadonlySet<ServiceName> = new Set<ServiceName>(['iam', 'organizations']);
/** Services that count each operation for itself. */
const BY_OPERATION: ReadonlySet<ServiceName> = new Set<ServiceName>(['kms', 'organizations']);

/** The name of the budget that a call uses up, by which all workers know it. */
export function budgetOf({ service, operation, region, accountId }: PacedCall): string {
  const what = BY_OPERATION.has(service) ? operation : '';
  return [service, what, GLOBAL.has(service) ? '' : region, accountId].join('/');
}

/** How fast calls like this one may be sent: the rows of semantics.md H.2, each times `factor`. */
export function rateOf({ service, operation }: PacedCall, factor: number): Rate {
  if (service === 'organizations') {
    const [perSecond, burst] = ORGANIZATIONS.get(operation) ?? OTHER_OF_ORGANIZATIONS;
    // A few calls a second: every one is asked for.
    return {
      perSecond: perSecond * SHARE * factor,
      burst: Math.max(1, (burst - 1) * factor),
      free: 0,
      block: 1,
    };
  }
  const perSecond =
    service === 'kms'
      ? (KMS.get(operation) ?? OTHER_OF_KMS) * SHARE_OF_KMS
      : (OTHERS.get(service) ?? OF_ANY_SERVICE);
  return inBlocks(perSecond * factor);
}

/** A second's worth of calls at a time, so that asking costs little; and small accounts need not ask at all. */
function inBlocks(perSecond: number): Rate {
  const second = Math.max(1, Math.floor(perSecond));
  return { perSecond, burst: 2 * second, free: second, block: second };
}
