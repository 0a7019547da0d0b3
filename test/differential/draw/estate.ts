import fc from 'fast-check';
import { buildEstate, parseSnapshot, type Estate } from '@denyscope/inventory';
import type { ExplainRequest } from '@denyscope/model';
import { headerOf } from '@denyscope/worlds';
import { KMS_KEYS, OPEN_KEYS } from './keys.ts';
import { OTHER, OWN, type Target } from './names.ts';
import { policy, rarely, type DrawnPolicy } from './request-case.ts';
import { everything, type Kind } from './statement.ts';

/** An estate of one bucket, one key, one endpoint and a few callers, with a question to it. */
export interface DrawnQuestion {
  readonly lines: readonly object[];
  readonly request: ExplainRequest;
}

const TAKEN_AT = '2026-11-22T02:00:00Z';
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/1a2b`;
const NODES = ['r-1', OWN, OTHER];

const TARGETS: readonly Target[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/*' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/*' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::data/home/*' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
];

const PRINCIPALS = [
  `arn:aws:iam::${OWN}:role/team/app`,
  `arn:aws:iam::${OWN}:role/team/app`,
  `arn:aws:sts::${OWN}:assumed-role/app/run`,
  `arn:aws:iam::${OWN}:user/ann`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:role/app`,
  'cloudtrail.amazonaws.com',
  'anonymous',
] as const;

export function estateOf(lines: readonly object[]): Estate {
  const { header, lines: checked } = parseSnapshot([headerOf(TAKEN_AT), ...lines]);
  return buildEstate(header, checked);
}

function accountLines(): readonly object[] {
  const account = (Id: string): object => {
    const data = {
      Id,
      Arn: `arn:aws:organizations::${OWN}:account/o-x/${Id}`,
      Name: Id,
      Status: 'ACTIVE',
      ParentId: 'r-1',
    };
    return { kind: 'account', accountId: Id, data };
  };
  const EnabledPolicyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];
  const organization = { Id: 'o-x', Arn: 'arn:aws:organizations::999999999999:organization/o-x' };
  return [
    {
      kind: 'organization',
      data: { ...organization, MasterAccountId: '999999999999', FeatureSet: 'ALL', EnabledPolicyTypes },
    },
    {
      kind: 'root',
      data: { Id: 'r-1', Arn: 'arn:aws:organizations::999999999999:root/o-x/r-1', Name: 'Root' },
    },
    ...[OWN, OTHER, '999999999999'].map(account),
  ];
}

function organizationPolicy(Type: string, Content: unknown, TargetIds: readonly string[]): object {
  const Id = `p-${Type.slice(0, 1)}${TargetIds.length}`;
  const Arn = `arn:aws:organizations::999999999999:policy/o-x/${Type.toLowerCase()}/${Id}`;
  return {
    kind: 'organization-policy',
    data: { Id, Arn, Name: Id, Type, AwsManaged: false, Content, TargetIds },
  };
}

const inline = (policies: readonly unknown[]): object[] =>
  policies.map((PolicyDocument, at) => ({ PolicyName: `inline-${at}`, PolicyDocument }));

interface Sides {
  readonly identity: readonly unknown[];
  readonly boundary: unknown;
}

const TAGS = [{ Key: 'team', Value: 'raw' }];

function principalLines({ identity, boundary }: Sides): readonly object[] {
  const arn = `arn:aws:iam::${OWN}:policy/limit`;
  const PermissionsBoundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };
  const more = {
    AttachedManagedPolicies: [],
    Tags: TAGS,
    ...(boundary === undefined ? {} : { PermissionsBoundary }),
  };
  const role = (accountId: string, Path: string, RoleId: string, rest: object): object => {
    const Arn = `arn:aws:iam::${accountId}:role${Path}app`;
    const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [] };
    const data = {
      RoleName: 'app',
      RoleId,
      Arn,
      Path,
      AssumeRolePolicyDocument,
      RolePolicyList: inline(identity),
      ...rest,
    };
    return { kind: 'iam-role', accountId, data };
  };
  const user = {
    UserName: 'ann',
    UserId: 'AIDAEXAMPLEANN0000001',
    Arn: `arn:aws:iam::${OWN}:user/ann`,
    Path: '/',
    GroupList: [],
  };
  const version = { VersionId: 'v1', IsDefaultVersion: true, Document: boundary };
  const policyData = { PolicyName: 'limit', PolicyId: 'ANPA', Arn: arn, Path: '/', DefaultVersionId: 'v1' };
  return [
    role(OWN, '/team/', 'AROAEXAMPLEAPP0000001', more),
    role(OTHER, '/', 'AROAEXAMPLEFAR0000001', { AttachedManagedPolicies: [], Tags: [] }),
    { kind: 'iam-user', accountId: OWN, data: { ...user, UserPolicyList: inline(identity), ...more } },
    ...(boundary === undefined
      ? []
      : [{ kind: 'iam-policy', accountId: OWN, data: { ...policyData, PolicyVersionList: [version] } }]),
  ];
}

interface Guards {
  readonly bucket: unknown;
  readonly key: unknown;
  readonly endpoint: unknown;
  readonly encrypted: boolean;
  readonly bucketKey: boolean;
  readonly restricted: boolean;
  readonly abac: boolean;
}

function resourceLines({
  bucket,
  key,
  endpoint,
  encrypted,
  bucketKey,
  restricted,
  abac,
}: Guards): readonly object[] {
  const block = {
    BlockPublicAcls: false,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: restricted,
  };
  const rule = encrypted
    ? {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
        BucketKeyEnabled: bucketKey,
      }
    : { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } };
  const data = {
    Name: 'data',
    BucketRegion: 'eu-west-1',
    ...(bucket === undefined ? {} : { Policy: bucket }),
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    ServerSideEncryptionConfiguration: { Rules: [rule] },
    Payer: 'BucketOwner',
    AbacStatus: { Status: abac ? 'Enabled' : 'Disabled' },
    TagSet: TAGS,
  };
  const network = {
    VpcEndpointType: 'Gateway',
    VpcId: 'vpc-0a',
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    OwnerId: OWN,
  };
  const KeyMetadata = {
    KeyId: '1a2b',
    Arn: KEY,
    KeyState: 'Enabled',
    KeyManager: 'CUSTOMER',
    AWSAccountId: OWN,
  };
  return [
    { kind: 'account-public-access-block', accountId: OWN, data: { PublicAccessBlockConfiguration: block } },
    { kind: 'bucket', accountId: OWN, region: 'eu-west-1', data },
    {
      kind: 'kms-key',
      accountId: OWN,
      region: 'eu-west-1',
      data: { KeyMetadata, Policy: key, Grants: [], Aliases: [], Tags: [] },
    },
    {
      kind: 'vpc-endpoint',
      accountId: OWN,
      region: 'eu-west-1',
      data: { VpcEndpointId: 'vpce-0a', State: 'available', ...network, PolicyDocument: endpoint },
    },
  ];
}

/** What a layer says that is not drawn. */
const open = (kind: Kind): object => ({ Version: '2012-10-17', Statement: everything(kind) });

const full = (Type: string, kind: Kind): object => organizationPolicy(Type, open(kind), NODES);

function limits(scp: unknown, rcp: unknown): readonly object[] {
  return [
    full('SERVICE_CONTROL_POLICY', 'scp'),
    ...(scp === undefined ? [] : [organizationPolicy('SERVICE_CONTROL_POLICY', scp, [OWN])]),
    ...(rcp === undefined ? [] : [organizationPolicy('RESOURCE_CONTROL_POLICY', rcp, [OWN])]),
  ];
}

/** Policies that mostly ask for what the scan leaves open. */
const openly = (kind: Kind): fc.Arbitrary<DrawnPolicy> => policy(kind, OPEN_KEYS);

const VIAS = [undefined, undefined, 'internet', 'vpce-0a', { sourceIp: '203.0.113.9' }] as const;

/**
 * A session's ARN drops its role's path, so a policy that names the role under another path would mean its sessions
 * and not the role. No policy does: AWS keeps the role's id, and shows its ARN as it is (semantics.md A.2).
 */
const WRONG_PATH = new RegExp(`${OWN}(:|%3A)role(/|%2F)app`);

/** Drawn policies around one bucket, and a question that leaves the context open. */
export const question: fc.Arbitrary<DrawnQuestion> = fc
  .record({
    target: fc.constantFrom(...TARGETS),
    principal: fc.constantFrom(...PRINCIPALS),
    via: fc.constantFrom(...VIAS),
    identity: fc.array(openly('identity'), { minLength: 1, maxLength: 2 }),
    bucket: rarely(openly('resource')),
    boundary: rarely(openly('identity')),
    key: fc.option(policy('resource', KMS_KEYS), { nil: undefined, freq: 3 }),
    scp: rarely(openly('scp')),
    rcp: rarely(openly('rcp')),
    endpoint: rarely(openly('resource')),
    switches: fc.record({
      encrypted: fc.constantFrom(true, true, true, false),
      bucketKey: fc.boolean(),
      restricted: fc.boolean(),
      abac: fc.boolean(),
    }),
  })
  .map(({ target, principal, via, ...drawn }) => {
    const at = (one: DrawnPolicy | undefined): unknown => one?.(target);
    const guards = {
      ...drawn.switches,
      bucket: at(drawn.bucket),
      key: at(drawn.key) ?? open('resource'),
      endpoint: at(drawn.endpoint) ?? open('resource'),
    };
    return {
      lines: [
        ...accountLines(),
        ...limits(at(drawn.scp), at(drawn.rcp)),
        ...principalLines({ identity: drawn.identity.map(at), boundary: at(drawn.boundary) }),
        ...resourceLines(guards),
      ],
      request: { principal, ...target, ...(via === undefined ? {} : { via }) },
    };
  })
  .filter(({ lines }) => !WRONG_PATH.test(JSON.stringify(lines)));
