import type { Bucket } from '../index.ts';
import { ACCOUNT, estateOf, given } from '../given.fixture.ts';

const bucket = (data: object, more: object = {}) => given('bucket', { Name: 'logs', ...data }, more);
const EVERYTHING = {
  bucket: [
    'Policy',
    'PolicyStatus',
    'PublicAccessBlockConfiguration',
    'OwnershipControls',
    'Grants',
    'ServerSideEncryptionConfiguration',
    'Payer',
    'AbacStatus',
    'TagSet',
    'VersioningStatus',
    'ObjectLockConfiguration',
  ],
};
const built = (data: object, collected?: object): Partial<Bucket> =>
  estateOf([bucket(data)], collected).buckets.get('logs') ?? {};
const seen = (value: unknown) => ({ kind: 'seen', value });

test('a bucket of which all was asked and nothing is configured has the defaults that AWS documents', () => {
  expect(built({}, EVERYTHING)).toMatchObject({
    policy: { kind: 'absent' },
    policyIsPublic: { kind: 'absent' },
    publicAccessBlock: seen({
      blockPublicAcls: false,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: false,
    }),
    ownership: seen('ObjectWriter'),
    acl: seen([]),
    encryption: seen({ algorithm: 'AES256', kmsKey: undefined, bucketKeyEnabled: false, sseCBlocked: false }),
    payer: seen('BucketOwner'),
    abacEnabled: seen(false),
    tags: seen(new Map()),
    versioning: { kind: 'absent' },
    objectLock: { kind: 'absent' },
  });
});

test('a bucket of which nothing was asked has no defaults: every fact is unknown', () => {
  const unknown = { kind: 'unreadable', reason: 'NotCollected' };
  const { policy, publicAccessBlock, ownership, acl, encryption, payer, abacEnabled, tags } = built({});
  const { objectLock } = built({});
  for (const fact of [
    policy,
    publicAccessBlock,
    ownership,
    acl,
    encryption,
    payer,
    abacEnabled,
    tags,
    objectLock,
  ]) {
    expect(fact).toEqual(unknown);
  }
});

test('what AWS returns is read in its own shape', () => {
  const data = {
    BucketRegion: 'eu-west-1',
    PolicyStatus: { IsPublic: true },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    Owner: { ID: 'canonical' },
    Grants: [
      { Grantee: { Type: 'CanonicalUser', ID: 'canonical' }, Permission: 'FULL_CONTROL' },
      {
        Grantee: { Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' },
        Permission: 'READ',
      },
    ],
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/logs' },
          BucketKeyEnabled: true,
          BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        },
      ],
    },
    Payer: 'Requester',
    AbacStatus: { Status: 'Enabled' },
    TagSet: [{ Key: 'team', Value: 'data' }],
  };
  expect(built(data)).toMatchObject({
    arn: 'arn:aws:s3:::logs',
    accountId: ACCOUNT,
    region: 'eu-west-1',
    policyIsPublic: seen(true),
    publicAccessBlock: seen({
      blockPublicAcls: true,
      ignorePublicAcls: false,
      blockPublicPolicy: false,
      restrictPublicBuckets: true,
    }),
    ownership: seen('BucketOwnerEnforced'),
    acl: seen([
      { grantee: 'canonical', permission: 'FULL_CONTROL' },
      { grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', permission: 'READ' },
    ]),
    encryption: seen({
      algorithm: 'aws:kms',
      kmsKey: 'alias/logs',
      bucketKeyEnabled: true,
      sseCBlocked: true,
    }),
    payer: seen('Requester'),
    abacEnabled: seen(true),
    tags: seen(new Map([['team', 'data']])),
  });
  expect(estateOf([bucket(data)]).canonicalUsers.get('canonical')).toBe(ACCOUNT);
});

test('an ACL with a grant that cannot be read is unknown, not smaller', () => {
  expect(
    built({ Grants: [{ Grantee: { Type: 'AmazonCustomerByEmail' }, Permission: 'READ' }] }).acl,
  ).toMatchObject({
    kind: 'unreadable',
    reason: 'InvalidGrant',
  });
});

test.each([
  ['Disabled', false],
  ['Enabled', true],
])('bucket ABAC given as the text %s', (status, enabled) => {
  expect(built({ AbacStatus: status }).abacEnabled).toEqual(seen(enabled));
});

test.each([
  ['cn-north-1', 'arn:aws-cn:s3:::logs'],
  ['us-gov-west-1', 'arn:aws-us-gov:s3:::logs'],
  ['us-east-1', 'arn:aws:s3:::logs'],
])('a bucket of %s has an ARN of its partition', (region, arn) => {
  expect(built({ BucketRegion: region }).arn).toBe(arn);
});

test.each<readonly [object, unknown]>([
  [{ ObjectLockEnabled: 'Enabled' }, seen({ defaultMode: undefined })],
  [
    { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } },
    seen({ defaultMode: 'GOVERNANCE' }),
  ],
  [{}, { kind: 'absent' }],
])('Object Lock given as %j', (ObjectLockConfiguration, lock) => {
  expect(built({ ObjectLockConfiguration }).objectLock).toEqual(lock);
});
