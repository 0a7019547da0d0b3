// A small organization whose policies lock the scanner out of single reads.
import { type SnapshotLine } from '@denyscope/model';

/** The management account, in which the scanner is. */
export const ORGANIZATION = '111122223333';
/** An account that is entered. */
export const MEMBER = '222233334444';
/** An account that is not. */
export const BRANCH = '333344445555';

export const SCANNER_ROLE = `arn:aws:iam::${MEMBER}:role/DenyscopeScanner`;
export const BOUNDARY = `arn:aws:iam::${MEMBER}:policy/edge`;
export const KEY = `arn:aws:kms:eu-west-1:${MEMBER}:key/k-1`;

const policyArn = (type: string, id: string): string =>
  `arn:aws:organizations::${ORGANIZATION}:policy/o-1/${type}/${id}`;
export const scpArn = (id: string): string => policyArn('service_control_policy', id);
export const rcpArn = (id: string): string => policyArn('resource_control_policy', id);

const document = (...Statement: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const allowAll = { Effect: 'Allow', Action: '*', Resource: '*' };

interface Attached {
  readonly id: string;
  readonly targets: readonly string[];
  readonly content: string;
}

const scp = ({ id, targets, content }: Attached): SnapshotLine => ({
  kind: 'organization-policy',
  data: {
    Id: id,
    Arn: scpArn(id),
    Name: id,
    Type: 'SERVICE_CONTROL_POLICY',
    AwsManaged: false,
    Content: content,
    TargetIds: targets,
  },
});

const rcp = (attached: Attached): SnapshotLine => {
  const { data, kind } = scp(attached);
  return { kind, data: { ...data, Arn: rcpArn(attached.id), Type: 'RESOURCE_CONTROL_POLICY' } };
};

const account = (Id: string, ParentId: string): SnapshotLine => ({
  kind: 'account',
  accountId: Id,
  data: { Id, Name: Id, State: 'ACTIVE', ParentId, EnabledRegions: ['eu-west-1'] },
});

const bucket = (Name: string, Policy?: string): SnapshotLine => ({
  kind: 'bucket',
  accountId: MEMBER,
  region: 'eu-west-1',
  data: {
    Name,
    BucketRegion: 'eu-west-1',
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    Payer: 'BucketOwner',
    ...(Policy !== undefined && { Policy, PolicyStatus: { IsPublic: false } }),
  },
});

const role = (accountId: string, RoleName: string, data: object): SnapshotLine => ({
  kind: 'iam-role',
  accountId,
  data: {
    RoleName,
    Arn: `arn:aws:iam::${accountId}:role/${RoleName}`,
    RoleId: 'AROAEXAMPLE',
    Path: '/',
    AssumeRolePolicyDocument: document({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ORGANIZATION}:root` },
      Action: 'sts:AssumeRole',
    }),
    ...data,
  },
});

const fenced = document({
  Sid: 'OnlyOps',
  Effect: 'Deny',
  NotPrincipal: { AWS: [`arn:aws:iam::${MEMBER}:root`, `arn:aws:iam::${MEMBER}:role/ops`] },
  Action: 's3:GetBucketLogging',
  Resource: 'arn:aws:s3:::fenced',
});
const walled = document({
  Sid: 'OnlyOurEndpoint',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetBucketVersioning',
  Resource: 'arn:aws:s3:::walled',
  Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
});
const edge = document(allowAll, {
  Sid: 'NoTags',
  Effect: 'Deny',
  Action: 's3:GetBucketTagging',
  Resource: '*',
});

/** Reads of the scanner's role: all but replication. */
const reads = document({ Effect: 'Allow', NotAction: 's3:GetReplicationConfiguration', Resource: '*' });

const guard = document(
  {
    Sid: 'DenyS3Reads',
    Effect: 'Deny',
    Action: 's3:GetBucketPolicy',
    Resource: 'arn:aws:s3:::vault-*',
  },
  { Sid: 'DenyNetworkReads', Effect: 'Deny', Action: 'ec2:DescribeVpcs', Resource: '*' },
);
const seal = document({
  Sid: 'SealAcls',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:GetBucketAcl',
  Resource: 'arn:aws:s3:::sealed',
});
const door = document({
  Sid: 'KeepOut',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sts:AssumeRole',
  Resource: '*',
});

export const WORLD: readonly SnapshotLine[] = [
  {
    kind: 'organization',
    data: {
      Id: 'o-1',
      Arn: `arn:aws:organizations::${ORGANIZATION}:organization/o-1`,
      MasterAccountId: ORGANIZATION,
      FeatureSet: 'ALL',
      EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
    },
  },
  { kind: 'root', data: { Id: 'r-1', Name: 'Root', Arn: 'arn:r' } },
  {
    kind: 'organizational-unit',
    data: { Id: 'ou-1', Name: 'Unit', Arn: 'arn:ou', ParentId: 'r-1' },
  },
  account(ORGANIZATION, 'r-1'),
  account(MEMBER, 'ou-1'),
  account(BRANCH, 'ou-1'),
  scp({ id: 'p-full', targets: ['r-1', 'ou-1', MEMBER, BRANCH], content: document(allowAll) }),
  scp({ id: 'p-guard', targets: ['ou-1'], content: guard }),
  rcp({ id: 'p-seal', targets: [MEMBER], content: seal }),
  rcp({ id: 'p-door', targets: [BRANCH], content: door }),
  role(MEMBER, 'DenyscopeScanner', {
    RolePolicyList: [{ PolicyName: 'reads', PolicyDocument: reads }],
    PermissionsBoundary: { PermissionsBoundaryArn: BOUNDARY, PermissionsBoundaryType: 'Policy' },
  }),
  role(MEMBER, 'app', { RolePolicyList: [{ PolicyName: 'all', PolicyDocument: document(allowAll) }] }),
  {
    kind: 'iam-policy',
    accountId: MEMBER,
    data: {
      PolicyName: 'edge',
      PolicyId: 'ANPAEXAMPLE',
      Arn: BOUNDARY,
      DefaultVersionId: 'v1',
      PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: edge }],
    },
  },
  bucket('vault-1'),
  bucket('sealed'),
  bucket('fenced', fenced),
  bucket('walled', walled),
  bucket('shut'),
  bucket('open'),
  {
    kind: 'kms-key',
    accountId: MEMBER,
    region: 'eu-west-1',
    data: {
      KeyMetadata: { KeyId: 'k-1', Arn: KEY, KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
      Policy: document({
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${MEMBER}:role/ops` },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
  },
];
