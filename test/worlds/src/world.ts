import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';

/** An organization as a snapshot: its first line, and the others in no particular order. */
export interface World {
  readonly header: SnapshotHeader;
  readonly lines: readonly SnapshotLine[];
}

/** What a complete scan asks for, by kind: a field that a line lacks was proved absent (formats.md section 1). */
export const COLLECTED: Readonly<Record<string, readonly string[]>> = {
  organization: ['Id', 'Arn', 'MasterAccountId', 'FeatureSet', 'EnabledPolicyTypes'],
  root: ['Id', 'Arn', 'Name'],
  'organizational-unit': ['Id', 'Arn', 'Name', 'ParentId'],
  // What only the account's own calls tell is never absent: a line without it was not told.
  account: ['Id', 'Arn', 'Name', 'Email', 'Status', 'State', 'ParentId', 'Tags'],
  'organization-policy': ['Id', 'Arn', 'Name', 'Type', 'AwsManaged', 'Content', 'TargetIds'],
  'delegated-administrator': [
    'Id',
    'Arn',
    'Name',
    'Email',
    'Status',
    'State',
    'DelegationEnabledDate',
    'DelegatedServices',
  ],
  'iam-user': ['UserPolicyList', 'GroupList', 'AttachedManagedPolicies', 'PermissionsBoundary', 'Tags'],
  'iam-role': [
    'AssumeRolePolicyDocument',
    'RolePolicyList',
    'AttachedManagedPolicies',
    'PermissionsBoundary',
    'Tags',
  ],
  'iam-group': ['GroupPolicyList', 'AttachedManagedPolicies'],
  'iam-policy': ['DefaultVersionId', 'PolicyVersionList'],
  'identity-provider': ['Arn', 'ValidUntil', 'CreateDate'],
  'account-public-access-block': ['PublicAccessBlockConfiguration'],
  bucket: [
    'Name',
    'BucketRegion',
    'CreationDate',
    'Policy',
    'PolicyStatus',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'Owner',
    'Grants',
    'ServerSideEncryptionConfiguration',
    'Payer',
    'LoggingEnabled',
    'VersioningStatus',
    'ObjectLockConfiguration',
    'AbacStatus',
    'ReplicationConfiguration',
    'WebsiteConfiguration',
    'TagSet',
  ],
  'access-point': [
    'Bucket',
    'BucketAccountId',
    'NetworkOrigin',
    'VpcConfiguration',
    'PublicAccessBlockConfiguration',
    'Alias',
    'Policy',
    'PolicyStatus',
    'Tags',
  ],
  'multi-region-access-point': [
    'Name',
    'Alias',
    'Status',
    'PublicAccessBlock',
    'Regions',
    'Policy',
    'PolicyStatus',
  ],
  'kms-key': ['KeyMetadata', 'Policy', 'Grants', 'Aliases', 'Tags'],
  'vpc-endpoint': ['VpcEndpointType', 'VpcId', 'ServiceName', 'State', 'PolicyDocument', 'OwnerId'],
  vpc: ['VpcId', 'OwnerId', 'HasNatGateway'],
  'route-table': ['VpcId', 'OwnerId', 'Associations', 'Routes'],
  trail: [
    'Name',
    'TrailARN',
    'HomeRegion',
    'S3BucketName',
    'KmsKeyId',
    'IsMultiRegionTrail',
    'IsOrganizationTrail',
    'IsLogging',
    'LatestDeliveryError',
    'EventSelectors',
    'AdvancedEventSelectors',
  ],
};

/** The first line of a world: what was asked for, and when. */
export function headerOf(takenAt: string): SnapshotHeader {
  const collected = Object.fromEntries(
    Object.entries(COLLECTED).map(([kind, fields]) => [kind, [...fields]]),
  );
  return { kind: 'snapshot', format: 'denyscope/1', takenAt, source: 'demo', collected };
}
