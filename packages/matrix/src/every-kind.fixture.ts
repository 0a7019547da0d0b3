// An organization in which every kind of line stands, for tests of what happens where a field of one was not read.
import { layerFieldNames, SNAPSHOT_KINDS } from '@denyscope/model';
import { allow, FAR_ROLE, KEY, OTHER, OWNER, policy } from './small-world.fixture.ts';

const REGION = 'eu-west-1';
export const POINT = `arn:aws:s3:${REGION}:${OWNER}:accesspoint/door`;
export const MANY = `arn:aws:s3::${OWNER}:accesspoint/many.mrap`;
export const USER = `arn:aws:iam::${OWNER}:user/ann`;
const MANAGED = `arn:aws:iam::${OWNER}:policy/reads`;
const OFF = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

export interface Line {
  readonly kind: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const node = { ParentId: 'r-1', State: 'ACTIVE' };
const everything = policy(allow('*'));
export const everyone = policy(allow('s3:*', { Principal: '*' }));
const openPolicy = (type: string): Line => ({
  kind: 'organization-policy',
  data: { Id: `p-${type}`, Type: type, Content: everything, TargetIds: ['r-1', OWNER, OTHER] },
});

/** An organization in which everything that is asked below is allowed or denied for sure. */
export const BASE: readonly Line[] = [
  {
    kind: 'organization',
    data: { Id: 'o-1', MasterAccountId: '999988887777', EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY'] },
  },
  { kind: 'root', data: { Id: 'r-1' } },
  openPolicy('SERVICE_CONTROL_POLICY'),
  ...[OWNER, OTHER].flatMap((Id): readonly Line[] => [
    { kind: 'account', accountId: Id, data: { Id, ...node } },
    { kind: 'account-public-access-block', accountId: Id, data: { PublicAccessBlockConfiguration: OFF } },
    {
      kind: 'iam-role',
      accountId: Id,
      data: {
        RoleName: 'app',
        Path: '/team/',
        Arn: `arn:aws:iam::${Id}:role/team/app`,
        AssumeRolePolicyDocument: policy(allow('sts:AssumeRole', { Principal: { AWS: FAR_ROLE } })),
        RolePolicyList: [{ PolicyName: 'p', PolicyDocument: everything }],
      },
    },
  ]),
  {
    kind: 'iam-user',
    accountId: OWNER,
    data: {
      UserName: 'ann',
      Arn: USER,
      GroupList: ['readers'],
      AttachedManagedPolicies: [{ PolicyArn: MANAGED }],
    },
  },
  {
    kind: 'iam-group',
    accountId: OWNER,
    data: { GroupName: 'readers', Arn: `arn:aws:iam::${OWNER}:group/readers`, GroupPolicyList: [] },
  },
  {
    kind: 'iam-policy',
    accountId: OWNER,
    data: {
      Arn: MANAGED,
      PolicyVersionList: [{ IsDefaultVersion: true, Document: policy(allow('s3:GetObject')) }],
    },
  },
  {
    kind: 'bucket',
    accountId: OWNER,
    region: REGION,
    data: {
      Name: 'data',
      PublicAccessBlockConfiguration: OFF,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      AbacStatus: { Status: 'Disabled' },
      Payer: 'BucketOwner',
      Owner: { ID: 'a'.repeat(64) },
    },
  },
  {
    kind: 'access-point',
    accountId: OWNER,
    region: REGION,
    data: {
      Name: 'door',
      Bucket: 'data',
      NetworkOrigin: 'Internet',
      AccessPointArn: POINT,
      PublicAccessBlockConfiguration: OFF,
    },
  },
  {
    kind: 'multi-region-access-point',
    accountId: OWNER,
    data: {
      Name: 'many',
      Alias: 'many.mrap',
      Status: 'READY',
      PublicAccessBlock: OFF,
      Regions: [{ Bucket: 'data', Region: REGION, BucketAccountId: OWNER }],
    },
  },
  {
    kind: 'kms-key',
    accountId: OWNER,
    region: REGION,
    data: {
      KeyMetadata: { KeyId: 'k', Arn: KEY, KeyState: 'Enabled' },
      Policy: policy(allow('kms:*', { Principal: { AWS: OWNER } })),
      Aliases: [{ AliasName: 'alias/data' }],
    },
  },
  {
    kind: 'vpc-endpoint',
    accountId: OWNER,
    region: REGION,
    data: { VpcEndpointId: 'vpce-1', VpcEndpointType: 'Gateway', VpcId: 'vpc-1', PolicyDocument: everything },
  },
];

export const KINDS = Object.keys(SNAPSHOT_KINDS);
const COLLECTED = Object.fromEntries(
  KINDS.map((kind) => [kind, [...layerFieldNames(kind)]] as const).filter(([, fields]) => fields.length > 0),
);
export const HEADER = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'aws',
  collected: COLLECTED,
};
