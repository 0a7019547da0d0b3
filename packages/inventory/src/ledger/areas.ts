import type { COVERAGE_STEPS, SnapshotKind } from '@denyscope/model';

type Step = keyof typeof COVERAGE_STEPS;

/** What one listing opens up: without it, nothing of these kinds is known. */
export interface Area {
  readonly name: string;
  readonly kinds: readonly string[];
  /** The steps that list it; where one of them fails, nobody knows what is missing. */
  readonly listings: readonly Step[];
  /** Steps that tell more about what was listed; one that fails is one answer that is missing. */
  readonly details: readonly Step[];
  /** Listed once an account, or once in each Region of it. */
  readonly scope: 'organization' | 'account' | 'region';
  /** Verdicts need it: a snapshot that never asked for it has a gap there. */
  readonly isNeeded: boolean;
}

type Row = readonly [
  name: string,
  kinds: readonly SnapshotKind[],
  listings: readonly Step[],
  details: readonly Step[],
];

const area =
  (scope: Area['scope'], isNeeded: boolean) =>
  ([name, kinds, listings, details]: Row): Area => ({ name, kinds, listings, details, scope, isNeeded });

const PRINCIPALS: readonly SnapshotKind[] = ['iam-user', 'iam-role', 'iam-group', 'iam-policy'];

const NEEDED: readonly Row[] = [
  ['principals', PRINCIPALS, ['iam:GetAccountAuthorizationDetails'], []],
  ['buckets', ['bucket'], ['s3:ListBuckets'], []],
  ['account settings', ['account-public-access-block'], ['s3:GetAccountPublicAccessBlock'], []],
];

const NEEDED_IN_REGIONS: readonly Row[] = [
  ['keys', ['kms-key'], ['kms:ListKeys'], ['kms:ListAliases']],
  ['access points', ['access-point'], ['s3:ListAccessPoints'], []],
  ['VPC endpoints', ['vpc-endpoint'], ['ec2:DescribeVpcEndpoints'], []],
];

const OTHERS: readonly Row[] = [
  ['account', ['account'], [], ['ec2:DescribeRegions', 'account:ListRegions']],
  ['multi-Region access points', ['multi-region-access-point'], ['s3:ListMultiRegionAccessPoints'], []],
  [
    'identity providers',
    ['identity-provider'],
    ['iam:ListSAMLProviders', 'iam:ListOpenIDConnectProviders'],
    [],
  ],
];

const OTHERS_IN_REGIONS: readonly Row[] = [
  ['VPCs', ['vpc'], ['ec2:DescribeVpcs'], ['ec2:DescribeNatGateways']],
  ['route tables', ['route-table'], ['ec2:DescribeRouteTables'], []],
  ['trails', ['trail'], ['cloudtrail:DescribeTrails'], []],
];

const ORGANIZATION: readonly Row[] = [
  ['organization', ['organization'], ['organizations:DescribeOrganization'], []],
  [
    'tree',
    ['root', 'organizational-unit'],
    ['organizations:ListRoots', 'organizations:ListOrganizationalUnitsForParent'],
    ['organizations:ListAccountsForParent'],
  ],
  [
    'organization policies',
    ['organization-policy'],
    ['organizations:ListPolicies'],
    ['organizations:DescribePolicy'],
  ],
  ['accounts', [], ['organizations:ListAccounts'], []],
];

const DELEGATED: Row = [
  'delegated administrators',
  ['delegated-administrator'],
  ['organizations:ListDelegatedAdministrators'],
  [],
];

/** The areas of an account. */
export const ACCOUNT_AREAS: readonly Area[] = [
  ...NEEDED.map(area('account', true)),
  ...NEEDED_IN_REGIONS.map(area('region', true)),
  ...OTHERS.map(area('account', false)),
  ...OTHERS_IN_REGIONS.map(area('region', false)),
];

/** The areas of the organization itself. */
export const ORGANIZATION_AREAS: readonly Area[] = [
  ...ORGANIZATION.map(area('organization', true)),
  area('organization', false)(DELEGATED),
];

const OF_THE_ORGANIZATION: ReadonlySet<string> = new Set(ORGANIZATION_AREAS.flatMap(({ kinds }) => kinds));

/** Do lines of the kind belong to the organization, and to no account? */
export function isOfOrganization(kind: string): boolean {
  return OF_THE_ORGANIZATION.has(kind);
}
