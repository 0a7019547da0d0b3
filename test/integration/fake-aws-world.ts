/** A small organization in which everything is there once, absent once and unreadable once. */
import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';
import {
  AWKWARD,
  BLOCK,
  document,
  inRegion,
  lost,
  MANAGEMENT,
  MEMBER,
  OTHER,
  POLICY_TEXT,
  SHUT,
  SUSPENDED,
} from './fake-aws-parts.ts';
import { SURROUNDINGS } from './fake-aws-surroundings.ts';

export { AWKWARD, BLOCK, MANAGEMENT, MEMBER, OTHER, POLICY_TEXT, SHUT, SUSPENDED } from './fake-aws-parts.ts';
export { MULTI_REGION_POINT, ROUTE_TABLE, TRAIL_ARN } from './fake-aws-surroundings.ts';

export const HEADER: SnapshotHeader = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'demo',
};

const ORGANIZATION = `arn:aws:organizations::${MANAGEMENT}`;

function account(id: string, more: SnapshotLine['data'] = {}): SnapshotLine {
  const data = {
    Id: id,
    Arn: `${ORGANIZATION}:account/o-test/${id}`,
    Name: `account & ${id}`,
    Email: `aws+${id}@example.com`,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: '2024-01-02T03:04:05.678Z',
    ParentId: 'ou-test-1',
    Tags: [{ Key: 'stage', Value: 'prod & test' }],
    CanonicalUserId: id.repeat(6).slice(0, 64),
    EnabledRegions: ['eu-west-1', 'us-east-1', 'af-south-1'],
    ...more,
  };
  return { kind: 'account', accountId: id, data };
}

const TREE: readonly SnapshotLine[] = [
  {
    kind: 'organization',
    data: {
      Id: 'o-test',
      Arn: `${ORGANIZATION}:organization/o-test`,
      MasterAccountId: MANAGEMENT,
      FeatureSet: 'ALL',
      EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
    },
  },
  { kind: 'root', data: { Id: 'r-test', Arn: `${ORGANIZATION}:root/o-test/r-test`, Name: 'Root' } },
  {
    kind: 'organizational-unit',
    data: { Id: 'ou-test-1', Arn: `${ORGANIZATION}:ou/o-test/ou-test-1`, Name: 'One', ParentId: 'r-test' },
  },
  account(MANAGEMENT, { ParentId: 'r-test' }),
  ...[MEMBER, OTHER, SHUT].map((id) => account(id)),
  account(SUSPENDED, { Status: 'SUSPENDED', State: 'SUSPENDED' }),
  {
    kind: 'organization-policy',
    data: {
      Id: 'p-one',
      Arn: `${ORGANIZATION}:policy/o-test/service_control_policy/p-one`,
      Name: 'one',
      Type: 'SERVICE_CONTROL_POLICY',
      AwsManaged: false,
      Content: POLICY_TEXT,
      TargetIds: ['r-test', 'ou-test-1', MEMBER, OTHER],
    },
  },
  {
    kind: 'coverage',
    accountId: SHUT,
    data: { step: 'sts:AssumeRole', reason: 'AccessDenied', message: 'shut for good' },
  },
  {
    kind: 'coverage',
    accountId: OTHER,
    region: 'eu-west-1',
    data: { step: 'kms:ListKeys', reason: 'AccessDenied', message: 'no keys for you' },
  },
];

const IAM: readonly SnapshotLine[] = [
  {
    kind: 'iam-user',
    accountId: MEMBER,
    data: {
      UserName: 'ada',
      UserId: 'AIDA1',
      Arn: `arn:aws:iam::${MEMBER}:user/ada`,
      Path: '/',
      CreateDate: '2023-03-14T09:26:53Z',
      UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: document(AWKWARD) }],
      GroupList: ['staff'],
      AttachedManagedPolicies: [],
    },
  },
  {
    kind: 'iam-group',
    accountId: MEMBER,
    data: { GroupName: 'staff', GroupId: 'AGPA1', Arn: `arn:aws:iam::${MEMBER}:group/staff`, Path: '/' },
  },
  ...Array.from({ length: 11 }, (_, index) => ({
    kind: 'iam-role',
    accountId: MEMBER,
    data: {
      RoleName: `role-${index}`,
      RoleId: `AROA${index}`,
      Arn: `arn:aws:iam::${MEMBER}:role/role-${index}`,
      Path: '/',
      AssumeRolePolicyDocument: '%7B%22Version%22%3A%222012-10-17%22%7D',
      RolePolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: 'arn:aws:iam::aws:policy/p' }],
      Tags: [{ Key: 'n', Value: String(index) }],
    },
  })),
];

/** Every field of a bucket, in the order of `COLLECTED`. */
export const FULL_BUCKET = {
  Name: 'full-bucket',
  BucketRegion: 'eu-west-1',
  CreationDate: '2024-02-29T12:00:00Z',
  Policy: POLICY_TEXT,
  PolicyStatus: { IsPublic: true },
  PublicAccessBlockConfiguration: BLOCK,
  OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
  Owner: { ID: MEMBER.repeat(6).slice(0, 64) },
  Grants: [
    { Grantee: { Type: 'CanonicalUser', ID: 'abc' }, Permission: 'FULL_CONTROL' },
    {
      Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
      Permission: 'READ',
    },
  ],
  ServerSideEncryptionConfiguration: {
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/x' },
        BucketKeyEnabled: true,
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
      },
    ],
  },
  Payer: 'Requester',
  LoggingEnabled: {
    TargetBucket: 'logs',
    TargetPrefix: 'a/',
    TargetGrants: [{ Grantee: { Type: 'CanonicalUser', ID: 'abc' }, Permission: 'READ' }],
  },
  VersioningStatus: 'Enabled',
  ObjectLockConfiguration: {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } },
  },
  AbacStatus: { Status: 'Enabled' },
  ReplicationConfiguration: {
    Role: 'arn:aws:iam::222222222222:role/r',
    Rules: [
      {
        ID: 'one',
        Status: 'Enabled',
        Priority: 1,
        Filter: { And: { Prefix: 'p', Tags: [{ Key: 'a', Value: 'b' }] } },
        Destination: { Bucket: 'arn:aws:s3:::to' },
      },
      { ID: 'two', Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::to' } },
    ],
  },
  WebsiteConfiguration: {
    IndexDocument: { Suffix: 'index.html' },
    RoutingRules: [{ Redirect: { HostName: 'example.com' } }],
  },
  TagSet: [{ Key: 'awkward', Value: 'a & <b> "c"' }],
} as const;

function bucket(name: string, more: SnapshotLine['data'] = {}, region = 'eu-west-1'): SnapshotLine {
  const data = { Name: name, BucketRegion: region, CreationDate: FULL_BUCKET.CreationDate, ...more };
  return { kind: 'bucket', accountId: MEMBER, region, data };
}

function key(id: string, more: SnapshotLine['data']): SnapshotLine {
  const KeyMetadata = {
    KeyId: id,
    Arn: `arn:aws:kms:eu-west-1:${MEMBER}:key/${id}`,
    AWSAccountId: MEMBER,
    CreationDate: '2022-05-17T08:00:00Z',
    DeletionDate: '2026-12-05T02:00:00Z',
    KeyState: 'PendingDeletion',
    KeyManager: 'CUSTOMER',
  };
  return { kind: 'kms-key', accountId: MEMBER, region: 'eu-west-1', data: { KeyMetadata, ...more } };
}

function accessPoint(name: string, more: SnapshotLine['data'] = {}): SnapshotLine {
  const data = {
    Name: name,
    Bucket: 'full-bucket',
    BucketAccountId: MEMBER,
    NetworkOrigin: 'VPC',
    VpcConfiguration: { VpcId: 'vpc-1' },
    PublicAccessBlockConfiguration: BLOCK,
    AccessPointArn: `arn:aws:s3:eu-west-1:${MEMBER}:accesspoint/${name}`,
    Alias: `${name}-alias-s3alias`,
    ...more,
  };
  return { kind: 'access-point', accountId: MEMBER, region: 'eu-west-1', data };
}

const GRANT = {
  KeyId: `arn:aws:kms:eu-west-1:${MEMBER}:key/full`,
  GranteePrincipal: `arn:aws:iam::${MEMBER}:role/role-1`,
  Operations: ['Decrypt'],
  Constraints: { EncryptionContextEquals: { CreationDate: '2022-05-17T08:00:00Z' } },
};

/** What a key has, besides its metadata. */
export const FULL_KEY = {
  Policy: POLICY_TEXT,
  Grants: ['g-1', 'g-2', 'g-3', 'g-4', 'g-5'].map((GrantId) => ({ ...GRANT, GrantId })),
  Aliases: ['a', 'b', 'c', 'd'].map((name) => ({ AliasName: `alias/${name}`, TargetKeyId: 'full' })),
  Tags: [{ TagKey: 'k', TagValue: 'v' }],
};

export const ENDPOINT = {
  VpcEndpointId: 'vpce-1',
  VpcEndpointType: 'Gateway',
  VpcId: 'vpc-1',
  ServiceName: 'com.amazonaws.eu-west-1.s3',
  State: 'available',
  PolicyDocument: POLICY_TEXT,
  RouteTableIds: ['rtb-1', 'rtb-2'],
  SubnetIds: [],
  Groups: [{ GroupId: 'sg-1', GroupName: 'g' }],
  DnsEntries: [{ DnsName: 'x.example', HostedZoneId: 'Z1' }],
  PrivateDnsEnabled: false,
  OwnerId: MEMBER,
  Tags: [{ Key: 'Name', Value: 'one' }],
};

/** Every line, the first aside. */
export const LINES: readonly SnapshotLine[] = [
  ...TREE,
  ...IAM,
  { kind: 'account-public-access-block', accountId: MEMBER, data: { PublicAccessBlockConfiguration: BLOCK } },
  bucket('full-bucket', FULL_BUCKET),
  bucket('bare-bucket'),
  { ...bucket('locked-bucket'), ...lost(...Object.keys(FULL_BUCKET)) },
  ...['a', 'b', 'c'].map((name) => bucket(`american-${name}`, {}, 'us-east-1')),
  key('full', FULL_KEY),
  key('bare', {}),
  { ...key('locked', {}), ...lost('KeyMetadata', 'Policy', 'Grants', 'Aliases', 'Tags') },
  ...['k4', 'k5'].map((id) => key(id, {})),
  accessPoint('full-point', {
    Policy: POLICY_TEXT,
    PolicyStatus: { IsPublic: true },
    Tags: [{ Key: 'awkward', Value: 'a & <b> "c"' }],
  }),
  accessPoint('bare-point'),
  {
    ...accessPoint('locked-point'),
    ...lost('PublicAccessBlockConfiguration', 'Policy', 'PolicyStatus', 'Tags'),
  },
  accessPoint('fourth-point'),
  inRegion('vpc-endpoint', ENDPOINT),
  ...['vpce-2', 'vpce-3', 'vpce-4'].map((VpcEndpointId) => inRegion('vpc-endpoint', { VpcEndpointId })),
  inRegion('vpc', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', HasNatGateway: true, IsDefault: false }),
  inRegion('vpc', { VpcId: 'vpc-2', HasNatGateway: false }),
  ...SURROUNDINGS,
];

export const SNAPSHOT = { header: HEADER, lines: LINES };
