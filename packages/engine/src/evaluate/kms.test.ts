import { seen, unreadable } from '@denyscope/model';
import {
  decideKey,
  type BucketFacts,
  type GrantFacts,
  type KeyFacts,
  type KeyQuestion,
  type S3Question,
} from '../index.ts';
import {
  account,
  allow,
  ANYWHERE,
  blockersOf,
  BUCKET,
  bucket,
  bucketPolicy,
  caller,
  decision,
  deny,
  FAR_ROLE,
  hidden,
  identity,
  keyPolicy,
  kmsKey,
  OTHER,
  OWNER,
  ROLE,
  ROOT,
  SESSION,
  type StatementText,
} from '../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const S3_ONLY = caller(ROLE, { identity: identity(allow({ Action: 's3:*' })) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });

function encrypted(key: Partial<KeyFacts> = {}, bucketKey = false): BucketFacts {
  const policy = bucketPolicy(allow({ Principal: '*' }));
  return bucket({ policy, encryption: seen({ kind: 'kms', key: kmsKey(key), bucketKey }) });
}

function granting(over: Partial<GrantFacts> = {}): Partial<KeyFacts> {
  const grant = { id: 'g1', grantee: ROLE, operations: ['Decrypt'], encryptionContext: {}, ...over };
  return { policy: keyPolicy(), grants: seen([grant]) };
}

/** The verdict and its condition, or what blocks. */
function answerOf(over: Partial<S3Question>): string {
  const answer = decision({ caller: S3_ONLY, ...over });
  if (answer.verdict === 'denied') return `denied: ${blockersOf(answer).join(' ')}`;
  return answer.verdict === 'conditional' ? answer.conditionText : answer.verdict;
}

/** The key's policy, with the account behind it trusted. */
function trusting(...statements: readonly StatementText[]): Partial<KeyFacts> {
  return { policy: keyPolicy(allow({ Principal: { AWS: ROOT } }), ...statements) };
}

function naming(over: StatementText): Partial<KeyFacts> {
  return { policy: keyPolicy(allow({ Principal: { AWS: ROLE }, ...over })) };
}

const arnIs = (value: string): StatementText => ({
  Condition: { StringLike: { 'kms:EncryptionContext:aws:s3:arn': value } },
});
const MANAGED = keyPolicy(
  allow({
    Principal: { AWS: '*' },
    Condition: {
      StringEquals: { 'kms:CallerAccount': OWNER, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    },
  }),
);

describe('the call to KMS behind a read (semantics.md D.2, D.4)', () => {
  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['the key trusts the account, the role has an Allow for it', { caller: ABLE, bucket: encrypted() }, 'allowed'],
    ['the key trusts the account, the role has an Allow for S3 only', { bucket: encrypted() }, 'denied: kms:kms-identity'],
    ['the key trusts nobody', { caller: ABLE, bucket: encrypted({ policy: keyPolicy() }) }, 'denied: kms:kms-key-policy'],
    ['the key names the role', { bucket: encrypted(naming({})) }, 'allowed'],
    ['the key names the role for another action', { bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['the key policy denies', { caller: ABLE, bucket: encrypted(trusting(deny({ Principal: '*' }))) }, 'denied: kms:kms-key-policy!'],
    ['the key trusts calls through S3', { bucket: encrypted(naming({ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })) }, 'allowed'],
    ['the key trusts calls through S3 of another Region', { bucket: encrypted(naming({ Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['network conditions on the key shut S3 out', { bucket: encrypted(naming({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['a Deny for whoever comes through no endpoint hits S3', { caller: ABLE, bucket: encrypted(trusting(deny({ Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }))) }, 'denied: kms:kms-key-policy!'],
    ['session conditions are the caller\'s, on both calls', { bucket: encrypted(naming({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })) }, 'with MFA'],
    ['writing needs a data key', { action: 's3:PutObject', bucket: encrypted(naming({ Action: 'kms:GenerateDataKey' })) }, 'allowed'],
    ['deleting needs no key', { action: 's3:DeleteObject', bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['an endpoint\'s policy does not see the call to KMS', { caller: ABLE, bucket: encrypted(), via: { ...ANYWHERE, endpoint: { id: 'vpce-1', vpcId: 'vpc-1', account: account(OWNER), policies: identity(allow({ Principal: '*', Action: 's3:*' })) } } }, 'allowed'],
    ['an anonymous caller reads nothing under a key', { caller: caller('anonymous'), bucket: encrypted({ policy: keyPolicy(allow({ Principal: '*' })) }) }, 'denied: kms:kms-key-state'],
    ['a key of another Region', { caller: ABLE, bucket: encrypted({ region: 'us-east-1' }) }, 'denied: kms:kms-key-state'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('a key of another account (semantics.md D.4)', () => {
  const far = (over: Partial<KeyFacts>): BucketFacts => encrypted(over);

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['both sides allow', { caller: FAR, bucket: far({ policy: keyPolicy(allow({ Principal: { AWS: OTHER } })) }) }, 'allowed'],
    ['the key does not know the caller\'s account', { caller: FAR, bucket: far({}) }, 'denied: kms:kms-key-policy'],
    ['the caller has no Allow for it', { caller: caller(FAR_ROLE, { identity: identity(allow({ Action: 's3:*' })) }), bucket: far({ policy: keyPolicy(allow({ Principal: { AWS: FAR_ROLE } })) }) }, 'denied: kms:kms-identity'],
    ['aws/s3 serves its own account', { bucket: encrypted({ policy: MANAGED }) }, 'allowed'],
    ['aws/s3 cannot be shared', { caller: FAR, bucket: encrypted({ policy: MANAGED }) }, 'denied: kms:kms-key-policy'],
    ['a grant helps across accounts, beside the caller\'s Allow', { caller: FAR, bucket: encrypted(granting({ grantee: FAR_ROLE })) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe("the encryption context (semantics.md D.4: the object's ARN, or the bucket's with Bucket Keys)", () => {
  // prettier-ignore
  test.each<readonly [string, string, boolean, string]>([
    ['the object, without Bucket Keys', `${BUCKET}/raw/*`, false, 'objects raw/* only'],
    ['the object, with Bucket Keys', `${BUCKET}/raw/*`, true, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['the bucket, without Bucket Keys', BUCKET, false, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['the bucket, with Bucket Keys', BUCKET, true, 'allowed'],
  ])('a key policy for %s', (_, arn, bucketKey, expected) => {
    expect(answerOf({ bucket: encrypted(naming(arnIs(arn)), bucketKey) })).toBe(expected);
  });
});

describe('grants (semantics.md D.4)', () => {
  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['to the role', { bucket: encrypted(granting()) }, 'allowed'],
    ['to the role, for one of its sessions', { caller: caller(SESSION), bucket: encrypted(granting()) }, 'allowed'],
    ['to one session of the role', { bucket: encrypted(granting({ grantee: SESSION })) }, 'session jane only'],
    ['to another role', { bucket: encrypted(granting({ grantee: FAR_ROLE })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['for another operation', { bucket: encrypted(granting({ operations: ['Encrypt'] })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['for one object', { bucket: encrypted(granting({ encryptionContext: { 'aws:s3:arn': `${BUCKET}/k` } })) }, 'object k only'],
    ['for the bucket, with Bucket Keys', { bucket: encrypted(granting({ encryptionContext: { 'aws:s3:arn': BUCKET } }), true) }, 'allowed'],
    ['for one object, with Bucket Keys', { bucket: encrypted(granting({ encryptionContext: { 'aws:s3:arn': `${BUCKET}/k` } }), true) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['for a context that S3 does not send', { bucket: encrypted(granting({ encryptionContext: { team: 'a' } })) }, 'kms:encryptioncontext:team is a'],
    ['to nobody', { bucket: encrypted(granting({ grantee: undefined })) }, 'denied: kms:kms-key-policy kms:kms-identity'],
    ['no grant outweighs a Deny', { bucket: encrypted({ ...granting(), policy: keyPolicy(deny({ Principal: '*' })) }) }, 'denied: kms:kms-key-policy!'],
    ['that nobody could read', { bucket: encrypted({ policy: keyPolicy(), grants: unreadable('AccessDenied') }) }, 'unknown'],
    ['… which the key policy makes needless', { bucket: encrypted({ ...naming({}), grants: unreadable('AccessDenied') }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    const answer = answerOf(over).replace('for KMS: ', '');
    expect(answer).toBe(expected);
  });
});

describe("the key's state (semantics.md D.5)", () => {
  test.each(['Disabled', 'PendingDeletion', 'PendingImport', 'Unavailable', 'Creating', 'Updating'])(
    '%s',
    (state) => {
      expect(answerOf({ caller: ABLE, bucket: encrypted({ state: seen(state) }) })).toBe(
        'denied: kms:kms-key-state',
      );
    },
  );

  test('a state that nobody could read makes it unknown', () => {
    expect(answerOf({ caller: ABLE, bucket: encrypted({ state: unreadable('AccessDenied') }) })).toBe(
      'unknown',
    );
  });

  test('a key or an encryption that nobody could read makes reads unknown, by name', () => {
    const unknownKey = bucket({
      encryption: seen({ kind: 'unknown-key', name: 'alias/x', reason: 'NotFound' }),
    });
    expect(decision({ caller: ABLE, bucket: unknownKey }).missing).toEqual([
      { document: 'alias/x', reason: 'NotFound' },
    ]);
    const unread = bucket({ encryption: unreadable('AccessDenied') });
    expect(decision({ caller: ABLE, bucket: unread }).missing).toEqual([
      { document: `${BUCKET}#encryption`, reason: 'AccessDenied' },
    ]);
    expect(answerOf({ action: 's3:DeleteObject', bucket: unread })).toBe('allowed');
  });

  test('a key policy that nobody could read makes it unknown, save where the identity side refuses', () => {
    expect(answerOf({ caller: ABLE, bucket: encrypted({ policy: hidden('key policy') }) })).toBe('unknown');
    const denied = caller(ROLE, { identity: identity(allow(), deny({ Action: 'kms:*' })) });
    expect(answerOf({ caller: denied, bucket: encrypted({ policy: hidden('key policy') }) })).toBe(
      'denied: kms:kms-identity!',
    );
  });
});

describe('a key used directly', () => {
  const ask = (over: Partial<KeyQuestion>): string =>
    decideKey({
      caller: ABLE,
      action: 'kms:Decrypt',
      key: kmsKey(),
      via: ANYWHERE,
      context: {},
      time: '2026-11-22T02:00:00Z',
      ...over,
    }).verdict;

  test("carries no kms:ViaService, and no encryption context but the caller's own", () => {
    expect(ask({})).toBe('allowed');
    expect(ask({ key: kmsKey({ policy: MANAGED }) })).toBe('denied');
    expect(ask({ caller: S3_ONLY, key: kmsKey(granting({ encryptionContext: { a: 'b' } })) })).toBe(
      'conditional',
    );
    expect(
      ask({
        caller: S3_ONLY,
        key: kmsKey(granting({ encryptionContext: { a: 'b' } })),
        context: { 'kms:EncryptionContext:a': ['b'] },
      }),
    ).toBe('allowed');
  });

  test('is described in any state, and used in one', () => {
    const disabled = kmsKey({ state: seen('Disabled') });
    expect(ask({ key: disabled, action: 'kms:DescribeKey' })).toBe('allowed');
    expect(ask({ key: disabled })).toBe('denied');
  });
});
