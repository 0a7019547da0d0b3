/**
 * The closed list of steps that a scan takes, each with what is unknown where it fails (formats.md section 1,
 * `coverage`). A bucket's or a key's own fields are not steps: they are listed in the line's `unreadable`.
 */
export const COVERAGE_STEPS = {
  'sts:AssumeRole': 'nothing of the account could be read: its principals, buckets and keys are unknown',
  'iam:GetAccountAuthorizationDetails': "the account's principals and their policies are unknown",
  'iam:ListSAMLProviders': "the account's SAML providers are unknown",
  'iam:ListOpenIDConnectProviders': "the account's OpenID Connect providers are unknown",
  's3:ListBuckets': "the account's buckets are unknown",
  's3:GetAccountPublicAccessBlock': "the account's Block Public Access is unknown",
  's3:ListAccessPoints': 'the access points of the Region are unknown',
  's3:ListMultiRegionAccessPoints': "the account's multi-Region access points are unknown",
  'kms:ListKeys': 'every key of the Region is unknown',
  'kms:ListAliases': 'the key aliases of the Region are unknown',
  'ec2:DescribeVpcEndpoints': 'the VPC endpoints of the Region are unknown',
  'ec2:DescribeVpcs': 'the VPCs of the Region are unknown',
  'ec2:DescribeNatGateways': 'which VPCs of the Region have a NAT gateway is unknown',
  'ec2:DescribeRouteTables': 'which way the subnets of the Region go to S3 is unknown',
  'ec2:DescribeRegions': "the account's enabled Regions are unknown",
  'cloudtrail:DescribeTrails': 'the trails that the account has in the Region are unknown',
  'scan:Region':
    "what the account has in the Region is unknown, its buckets' own settings aside: keys, access points, VPCs, trails",
  'organizations:DescribeOrganization': 'the organization is unknown',
  'organizations:ListRoots': 'the organization tree is unknown',
  'organizations:ListOrganizationalUnitsForParent': 'a part of the organization tree is unknown',
  'organizations:ListAccounts': 'the accounts of the organization are unknown',
  'organizations:ListAccountsForParent': 'where some accounts stand in the organization tree is unknown',
  'organizations:ListPolicies': 'the organization policies are unknown',
  'organizations:DescribePolicy': 'the content of organization policies is unknown',
  'organizations:ListDelegatedAdministrators': 'the delegated administrators are unknown',
  'account:ListRegions': "the account's enabled Regions are unknown",
} as const satisfies Record<string, string>;

/** The steps that are taken once in each Region: `scan:Region` stands for them where a Region was not looked into. */
const STEPS_IN_A_REGION: ReadonlySet<string> = new Set<keyof typeof COVERAGE_STEPS>([
  's3:ListAccessPoints',
  'kms:ListKeys',
  'kms:ListAliases',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeVpcs',
  'ec2:DescribeNatGateways',
  'ec2:DescribeRouteTables',
  'cloudtrail:DescribeTrails',
]);

/**
 * Does a gap at `failed` leave open what `step` would have told? A name that begins with the step's counts as well,
 * so that a finer step of a later release is not overlooked.
 */
export function isLostWith(step: string, failed: string): boolean {
  return (
    failed.startsWith(step) ||
    failed.startsWith('sts:AssumeRole') ||
    (failed === 'scan:Region' && STEPS_IN_A_REGION.has(step))
  );
}

/** What a failed step leaves unknown; a step that this release does not know leaves its own name. */
export function coverageEffect(step: string): string {
  const known = Object.entries(COVERAGE_STEPS).find(([name]) => name === step);
  if (known) return known[1];
  return step.startsWith('organizations:')
    ? 'a part of the organization is unknown'
    : `what ${step} answers is unknown`;
}
