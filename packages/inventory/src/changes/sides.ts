import {
  isLostWith,
  isSnapshotKind,
  NOT_COLLECTED,
  snapshotLineOwner,
  type CoverageGap,
  type SnapshotHeader,
  type SnapshotKind,
  type SnapshotLine,
} from '@denyscope/model';
import { collectedFields, type CollectedFields } from '../build/facts.ts';
import { coverageGaps } from '../build/gaps.ts';
import { linesByKind } from '../build/lines.ts';

/** What a scan could look at, as far as it must be known to tell what is gone from what was not seen. */
export interface ScanSide {
  readonly collected: CollectedFields;
  /** By account; those that touch every account by `''`. */
  readonly gaps: ReadonlyMap<string, readonly CoverageGap[]>;
  /** The accounts that it lists, each with its enabled Regions where they are told. */
  readonly accounts: ReadonlyMap<string, ReadonlySet<string> | undefined>;
}

/** Reads a scan's first line, and of its lines those of kind `account` and `coverage`. */
export function scanSide(header: SnapshotHeader, lines: Iterable<SnapshotLine>): ScanSide {
  const byKind = linesByKind(lines);
  const gaps = new Map<string, CoverageGap[]>();
  for (const gap of coverageGaps(byKind.of('coverage'))) {
    const known = gaps.get(gap.accountId ?? '');
    if (known === undefined) gaps.set(gap.accountId ?? '', [gap]);
    else known.push(gap);
  }
  const accounts = byKind
    .of('account')
    .map(({ data }) => [data.Id, data.EnabledRegions && new Set(data.EnabledRegions)] as const);
  return { collected: collectedFields(header), gaps, accounts: new Map(accounts) };
}

/** Kind → the steps that list its resources: where one of them failed, a resource that is not there may be there. */
const LISTED_BY = {
  organization: ['organizations:DescribeOrganization'],
  root: ['organizations:ListRoots'],
  'organizational-unit': ['organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent'],
  account: ['organizations:ListAccounts'],
  'organization-policy': ['organizations:ListRoots', 'organizations:ListPolicies'],
  'delegated-administrator': ['organizations:ListDelegatedAdministrators'],
  'iam-user': ['iam:GetAccountAuthorizationDetails'],
  'iam-role': ['iam:GetAccountAuthorizationDetails'],
  'iam-group': ['iam:GetAccountAuthorizationDetails'],
  'iam-policy': ['iam:GetAccountAuthorizationDetails'],
  'identity-provider': ['iam:ListSAMLProviders', 'iam:ListOpenIDConnectProviders'],
  'account-public-access-block': ['s3:GetAccountPublicAccessBlock'],
  bucket: ['s3:ListBuckets'],
  'access-point': ['s3:ListAccessPoints'],
  'multi-region-access-point': ['s3:ListMultiRegionAccessPoints'],
  'kms-key': ['kms:ListKeys'],
  'vpc-endpoint': ['ec2:DescribeVpcEndpoints'],
  vpc: ['ec2:DescribeVpcs'],
  'route-table': ['ec2:DescribeRouteTables'],
  trail: ['cloudtrail:DescribeTrails'],
} as const satisfies Record<Exclude<SnapshotKind, 'coverage'>, readonly string[]>;

/** Kinds that are looked for in each Region that the account has enabled. */
const REGIONAL: ReadonlySet<string> = new Set<SnapshotKind>([
  'access-point',
  'kms-key',
  'vpc-endpoint',
  'vpc',
  'route-table',
  'trail',
]);

/** Without these the scan looks into the Regions only that are enabled everywhere. */
const REGION_STEPS = ['account:ListRegions', 'ec2:DescribeRegions'] as const;

/**
 * Why a scan may not tell of a resource that another scan tells of, though it may be there. Undefined where the scan
 * would have seen it.
 */
export function hiddenIn(side: ScanSide, other: ScanSide, line: SnapshotLine): CoverageGap | undefined {
  if (line.kind === 'coverage') return undefined;
  return failedStep(side, line) ?? neverAsked(side, other, line) ?? notListed(side, other, line);
}

/** Does the scan tell of this gap too, in other words perhaps? */
export function tellsGap({ gaps }: ScanSide, { accountId, region, data }: SnapshotLine): boolean {
  const others = gaps.get(accountId ?? '') ?? [];
  return others.some(
    (gap) => gap.region === region && gap.step === data['step'] && gap.reason === data['reason'],
  );
}

function failedStep({ gaps }: ScanSide, line: SnapshotLine): CoverageGap | undefined {
  const owner = snapshotLineOwner(line);
  const candidates = [...(gaps.get('') ?? []), ...(gaps.get(owner ?? '') ?? [])];
  return candidates.find((gap) => hides(gap, line));
}

function hides({ step, region }: CoverageGap, line: SnapshotLine): boolean {
  if (region !== undefined && line.region !== undefined && region !== line.region) return false;
  // Which step lists a kind that this release does not know is unknown too.
  if (!isSnapshotKind(line.kind) || line.kind === 'coverage') return !isOfKnownKind(step);
  const steps: readonly string[] = LISTED_BY[line.kind];
  if (steps.some((listing) => listing.startsWith('organizations:'))) {
    return steps.some((listing) => step.startsWith(listing));
  }
  const needed = REGIONAL.has(line.kind) ? [...steps, ...REGION_STEPS] : steps;
  return needed.some((listing) => isLostWith(listing, step));
}

function isOfKnownKind(step: string): boolean {
  return Object.values(LISTED_BY).some((steps: readonly string[]) =>
    steps.some((listing) => step.startsWith(listing)),
  );
}

/** A scan of an older release knows less kinds: its first line says which it asked for. */
function neverAsked(side: ScanSide, other: ScanSide, { kind }: SnapshotLine): CoverageGap | undefined {
  if (side.collected.size === 0 || side.collected.has(kind) || !other.collected.has(kind)) return undefined;
  return { step: kind, reason: NOT_COLLECTED, effect: `the scan did not look for lines of kind \`${kind}\`` };
}

/** What an account holds, and what it has in a Region, is not looked at where the account or Region is not listed. */
function notListed(side: ScanSide, other: ScanSide, line: SnapshotLine): CoverageGap | undefined {
  const accountId = snapshotLineOwner(line);
  if (accountId === undefined || line.kind === 'account' || !other.accounts.has(accountId)) return undefined;
  if (side.accounts.size > 0 && !side.accounts.has(accountId)) {
    const step = 'organizations:ListAccounts';
    const effect = 'the account is not listed in the organization: what it holds was not looked at';
    return { step, accountId, reason: 'AccountNotListed', effect };
  }
  return regionNotListed(side, other, { accountId, line });
}

function regionNotListed(
  side: ScanSide,
  other: ScanSide,
  { accountId, line }: { readonly accountId: string; readonly line: SnapshotLine },
): CoverageGap | undefined {
  const { kind, region } = line;
  if (region === undefined || !REGIONAL.has(kind)) return undefined;
  if (other.accounts.get(accountId)?.has(region) !== true) return undefined;
  if (side.accounts.get(accountId)?.has(region) === true) return undefined;
  const effect = 'the Region is not known to be enabled: what the account has in it was not looked at';
  return { step: 'ec2:DescribeRegions', accountId, region, reason: 'RegionNotListed', effect };
}
