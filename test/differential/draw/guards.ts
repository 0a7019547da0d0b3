import fc from 'fast-check';
import { canonicalId, open, TAGS } from './caller-lines.ts';
import { OTHER, OWN } from './names.ts';

const KEY_ID = '1a2b';
export const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/${KEY_ID}`;
const FAR_KEY = `arn:aws:kms:eu-west-1:${OTHER}:key/3c4d`;
const AWS_KEY = (account: string): string => `arn:aws:kms:eu-west-1:${account}:key/5e6f`;

export const POINTS = {
  own: `arn:aws:s3:eu-west-1:${OWN}:accesspoint/door`,
  far: `arn:aws:s3:eu-west-1:${OTHER}:accesspoint/door`,
  routed: `arn:aws:s3::${OWN}:accesspoint/mine.mrap`,
} as const;

const GROUPS = 'http://acs.amazonaws.com/groups';
const grantee = fc.constantFrom(
  { Type: 'CanonicalUser', ID: canonicalId(OWN) },
  { Type: 'CanonicalUser', ID: canonicalId(OTHER) },
  { Type: 'Group', URI: `${GROUPS}/global/AllUsers` },
  { Type: 'Group', URI: `${GROUPS}/global/AuthenticatedUsers` },
  { Type: 'Group', URI: `${GROUPS}/s3/LogDelivery` },
);

/** The grants of an ACL, in AWS's shape. */
export const acl = fc.array(
  fc.record({
    Grantee: grantee,
    Permission: fc.constantFrom('READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL'),
  }),
  { maxLength: 2 },
);

const mostlyOff = fc.constantFrom(false, false, true);
const flags = fc.record({
  BlockPublicAcls: mostlyOff,
  IgnorePublicAcls: mostlyOff,
  BlockPublicPolicy: mostlyOff,
  RestrictPublicBuckets: mostlyOff,
});

const keyGrant = fc.record({
  GrantId: fc.constant('g'),
  GranteePrincipal: fc.constantFrom(
    `arn:aws:iam::${OWN}:role/team/app`,
    `arn:aws:iam::${OWN}:user/ann`,
    `arn:aws:iam::${OTHER}:role/app`,
    'cloudtrail.amazonaws.com',
  ),
  Operations: fc.subarray(['Decrypt', 'GenerateDataKey', 'DescribeKey']),
  Constraints: fc.constantFrom(
    {},
    { EncryptionContextSubset: { 'aws:s3:arn': 'arn:aws:s3:::data' } },
    { EncryptionContextEquals: { 'aws:s3:arn': 'arn:aws:s3:::data/raw/a' } },
  ),
});

/** Everything around the bucket that is no policy. */
export const switches = fc.record({
  ownership: fc.constantFrom(undefined, 'BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'),
  grants: acl,
  accountBlock: flags,
  bucketBlock: flags,
  pointBlock: flags,
  isPublic: fc.constantFrom(undefined, undefined, undefined, true, false),
  payer: fc.constantFrom('BucketOwner', 'BucketOwner', 'Requester'),
  lock: fc.constantFrom('none', 'none', 'enabled', 'GOVERNANCE', 'COMPLIANCE'),
  sseCBlocked: fc.boolean(),
  encryption: fc.constantFrom('AES256', 'AES256', 'own', 'own', 'own', 'far', 'aws/s3', 'dsse'),
  keyState: fc.constantFrom('Enabled', 'Enabled', 'Enabled', 'Enabled', 'Disabled', 'PendingDeletion'),
  keyGrants: fc.array(keyGrant, { maxLength: 1 }),
  bucketKey: fc.boolean(),
  abac: fc.boolean(),
  vpcOnly: fc.boolean(),
});

type Switches = typeof switches extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** The documents of resources, and the switches. */
export interface Guards extends Switches {
  readonly bucket: unknown;
  readonly key: unknown;
  readonly endpoint: unknown;
  readonly point: unknown;
}

const withPolicy = (policy: unknown): object => (policy === undefined ? {} : { Policy: policy });

function defaultEncryption({ encryption, bucketKey, sseCBlocked }: Guards): object {
  const ids: Readonly<Record<string, string>> = { own: KEY, dsse: KEY, far: FAR_KEY };
  const SSEAlgorithm =
    encryption === 'AES256' ? 'AES256' : encryption === 'dsse' ? 'aws:kms:dsse' : 'aws:kms';
  const id = ids[encryption];
  return {
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm,
      ...(id === undefined ? {} : { KMSMasterKeyID: id }),
    },
    BucketKeyEnabled: bucketKey,
    ...(sseCBlocked ? { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } } : {}),
  };
}

function lockOf({ lock }: Guards): object {
  if (lock === 'none') return {};
  const rule = lock === 'enabled' ? {} : { Rule: { DefaultRetention: { Mode: lock, Days: 30 } } };
  return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', ...rule } };
}

function bucketLine(guards: Guards): object {
  const { bucket, ownership, grants, bucketBlock, isPublic, payer, abac } = guards;
  const data = {
    Name: 'data',
    BucketRegion: 'eu-west-1',
    ...withPolicy(bucket),
    ...(isPublic === undefined ? {} : { PolicyStatus: { IsPublic: isPublic } }),
    ...(ownership === undefined ? {} : { OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } }),
    Owner: { ID: canonicalId(OWN) },
    Grants: grants,
    PublicAccessBlockConfiguration: bucketBlock,
    ServerSideEncryptionConfiguration: { Rules: [defaultEncryption(guards)] },
    Payer: payer,
    AbacStatus: { Status: abac ? 'Enabled' : 'Disabled' },
    TagSet: TAGS,
    ...lockOf(guards),
  };
  return { kind: 'bucket', accountId: OWN, region: 'eu-west-1', data };
}

/** D.4: the policy that AWS gives its own key. */
function awsKeyPolicy(account: string): object {
  const StringEquals = { 'kms:CallerAccount': account, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };
  const Condition = { StringEquals };
  return {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*', Condition },
  };
}

function keyLine(arn: string, more: object, metadata: object = {}): object {
  const [, , , region, accountId, resource = ''] = arn.split(':');
  const KeyMetadata = {
    KeyId: resource.replace('key/', ''),
    Arn: arn,
    KeyState: 'Enabled',
    KeyManager: 'CUSTOMER',
    AWSAccountId: accountId,
    ...metadata,
  };
  const data = { KeyMetadata, Grants: [], Aliases: [], Tags: [], ...more };
  return { kind: 'kms-key', accountId, region, data };
}

function keyLines({ key, keyState, keyGrants }: Guards): readonly object[] {
  const managed = [OWN, OTHER].map((account) => {
    const more = { Policy: awsKeyPolicy(account), Aliases: [{ AliasName: 'alias/aws/s3' }] };
    return keyLine(AWS_KEY(account), more, { KeyManager: 'AWS' });
  });
  const guarded = { Policy: key, Grants: keyGrants };
  return [
    keyLine(KEY, guarded, { KeyState: keyState }),
    keyLine(FAR_KEY, guarded, { KeyState: keyState }),
    ...managed,
  ];
}

function pointLines({ point, pointBlock, vpcOnly }: Guards): readonly object[] {
  const origin = vpcOnly
    ? { NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-0a' } }
    : { NetworkOrigin: 'Internet' };
  const line = (accountId: string, AccessPointArn: string): object => {
    const shared = { Name: 'door', Bucket: 'data', BucketAccountId: OWN, AccessPointArn, Tags: [] };
    const data = { ...shared, ...origin, PublicAccessBlockConfiguration: pointBlock, ...withPolicy(point) };
    return { kind: 'access-point', accountId, region: 'eu-west-1', data };
  };
  const routed = {
    Name: 'mine',
    Alias: 'mine.mrap',
    Status: 'READY',
    PublicAccessBlock: pointBlock,
    Regions: [{ Bucket: 'data', Region: 'eu-west-1', BucketAccountId: OWN }],
    ...withPolicy(point),
  };
  return [
    line(OWN, POINTS.own),
    line(OTHER, POINTS.far),
    { kind: 'multi-region-access-point', accountId: OWN, data: routed },
  ];
}

/** The bucket, its keys, its access points and an endpoint. */
export function resourceLines(guards: Guards): readonly object[] {
  const block = (accountId: string, PublicAccessBlockConfiguration: object): object => {
    return { kind: 'account-public-access-block', accountId, data: { PublicAccessBlockConfiguration } };
  };
  const network = {
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-0a',
    ServiceName: 'com.amazonaws.eu-west-1.s3',
    OwnerId: OWN,
  };
  const endpoint = {
    VpcEndpointId: 'vpce-0a',
    State: 'available',
    ...network,
    PolicyDocument: guards.endpoint,
  };
  return [
    block(OWN, guards.accountBlock),
    block(OTHER, {}),
    bucketLine(guards),
    ...keyLines(guards),
    ...pointLines(guards),
    { kind: 'vpc-endpoint', accountId: OWN, region: 'eu-west-1', data: endpoint },
  ];
}

/** What a layer says that is not drawn. */
export const OPEN_RESOURCE = open('resource');
