import { seen, unreadable } from '@denyscope/model';
import { type BucketFacts, type GrantFacts, type KeyFacts, type S3Question } from '../index.ts';
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
  document,
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
  const grant = { id: 'g1', grantee: ROLE, operations: ['Decrypt'], ...over };
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
    ['the key names the role for another action', { bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy'],
    ['the key policy denies', { caller: ABLE, bucket: encrypted(trusting(deny({ Principal: '*' }))) }, 'denied: kms:kms-key-policy!'],
    ['the key trusts calls through S3', { bucket: encrypted(naming({ Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })) }, 'allowed'],
    ['the key trusts calls through S3 of another Region', { bucket: encrypted(naming({ Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } } })) }, 'denied: kms:kms-key-policy'],
    ['network conditions on the key shut S3 out', { bucket: encrypted(naming({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } })) }, 'denied: kms:kms-key-policy'],
    ['a Deny for whoever comes through no endpoint hits S3', { caller: ABLE, bucket: encrypted(trusting(deny({ Principal: '*', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } } }))) }, 'denied: kms:kms-key-policy!'],
    ['session conditions are the caller\'s, on both calls', { bucket: encrypted(naming({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })) }, 'with MFA'],
    ['… and a multipart upload decrypts too (D.3, I.3)', { action: 's3:PutObject', operation: 'multipart', bucket: encrypted(naming({ Action: 'kms:GenerateDataKey' })) }, 'denied: kms:kms-key-policy'],
    ['… which it may', { action: 's3:PutObject', operation: 'multipart', bucket: encrypted(naming({ Action: ['kms:GenerateDataKey', 'kms:Decrypt'] })) }, 'allowed'],
    ['… as only a right to decrypt is not enough', { action: 's3:PutObject', operation: 'multipart', bucket: encrypted(naming({ Action: 'kms:Decrypt' })) }, 'denied: kms:kms-key-policy'],
    ['versions are decrypted', { action: 's3:GetObjectVersion', bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy'],
    ['attributes are decrypted (I.3)', { action: 's3:GetObjectAttributes', bucket: encrypted(naming({ Action: 'kms:Decrypt' })) }, 'allowed'],
    ['attributes of a version are', { action: 's3:GetObjectVersionAttributes', bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy'],
    ['the parts of an upload are listed by whoever decrypts', { action: 's3:ListMultipartUploadParts', bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy'],
    ['an upload is given up without a key', { action: 's3:AbortMultipartUpload', bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['replication decrypts at its source', { action: 's3:GetObjectVersionForReplication', bucket: encrypted(naming({ Action: 'kms:Encrypt' })) }, 'denied: kms:kms-key-policy'],
    ['… and makes a data key at its destination', { action: 's3:ReplicateObject', bucket: encrypted(naming({ Action: 'kms:GenerateDataKey' })) }, 'allowed'],
    ['tags are read without a key', { action: 's3:GetObjectTagging', bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['writing needs a data key', { action: 's3:PutObject', bucket: encrypted(naming({ Action: 'kms:GenerateDataKey' })) }, 'allowed'],
    ['deleting needs no key', { action: 's3:DeleteObject', bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['an endpoint\'s policy does not see the call to KMS', { caller: ABLE, bucket: encrypted(), via: { ...ANYWHERE, endpoint: { id: 'vpce-1', vpcId: 'vpc-1', account: account(OWNER), policies: [document('e', 'endpoint', allow({ Principal: '*', Action: 's3:*' }))] } } }, 'allowed'],
    ['an anonymous caller reads nothing under a key', { caller: caller('anonymous'), bucket: encrypted({ policy: keyPolicy(allow({ Principal: '*' })) }) }, 'denied: kms:kms-key-state'],
    ['nothing under a key is read without TLS', { caller: ABLE, bucket: encrypted(), context: { 'aws:SecureTransport': ['false'] } }, 'denied: kms:kms-key-state'],
    ['… while an object under none is', { caller: ABLE, context: { 'aws:SecureTransport': ['false'] } }, 'allowed'],
    ['a policy that wants plain HTTP contradicts the key', { caller: caller(ROLE, { identity: identity(allow({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } }), allow({ Action: 'kms:*' })) }), bucket: bucket({ encryption: encrypted().encryption }) }, 'denied: identity kms:kms-key-state'],
    ['a key that is not symmetric', { caller: ABLE, bucket: encrypted({ spec: 'RSA_2048' }) }, 'denied: kms:kms-key-state'],
    ['a symmetric key', { caller: ABLE, bucket: encrypted({ spec: 'SYMMETRIC_DEFAULT' }) }, 'allowed'],
    ['an upload with the caller\'s own key needs none of KMS', { action: 's3:PutObject', bucket: encrypted({ policy: keyPolicy() }), context: { 's3:x-amz-server-side-encryption-customer-algorithm': ['AES256'] } }, 'allowed'],
    ['the asker may know that the object is under no key', { object: { encryption: { kind: 'sse-s3' } }, bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['… or under another', { object: { encryption: { kind: 'kms', key: kmsKey({ policy: keyPolicy() }), bucketKey: false } } }, 'denied: kms:kms-key-policy'],
    ['what the caller writes may be under another key', { action: 's3:PutObject', encryptionOfWrites: { kind: 'kms', key: kmsKey(naming({})), bucketKey: false }, bucket: encrypted({ policy: keyPolicy() }) }, 'allowed'],
    ['… which what it reads is not', { encryptionOfWrites: { kind: 'kms', key: kmsKey(naming({})), bucketKey: false }, bucket: encrypted({ policy: keyPolicy() }) }, 'denied: kms:kms-key-policy'],
    ['a key that the caller\'s account lacks', { action: 's3:PutObject', caller: ABLE, encryptionOfWrites: { kind: 'no-key', note: 'none' }, bucket: encrypted() }, 'denied: kms:kms-key-state'],
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
    ['the object, without Bucket Keys', `${BUCKET}/raw/*`, false, 'objects under raw/ only'],
    ['the object, with Bucket Keys', `${BUCKET}/raw/*`, true, 'denied: kms:kms-key-policy'],
    ['the bucket, without Bucket Keys', BUCKET, false, 'denied: kms:kms-key-policy'],
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
    ['to one session of the role', { bucket: encrypted(granting({ grantee: SESSION })) }, 'in the session jane'],
    ['to another role', { bucket: encrypted(granting({ grantee: FAR_ROLE })) }, 'denied: kms:kms-key-policy'],
    ['for another operation', { bucket: encrypted(granting({ operations: ['Encrypt'] })) }, 'denied: kms:kms-key-policy'],
    ['for one object', { bucket: encrypted(granting({ contextSubset: { 'aws:s3:arn': `${BUCKET}/k` } })) }, 'objects named k only'],
    ['for the bucket, with Bucket Keys', { bucket: encrypted(granting({ contextSubset: { 'aws:s3:arn': BUCKET } }), true) }, 'allowed'],
    ['for one object, with Bucket Keys', { bucket: encrypted(granting({ contextSubset: { 'aws:s3:arn': `${BUCKET}/k` } }), true) }, 'denied: kms:kms-key-policy'],
    ['for the whole context of one object', { bucket: encrypted(granting({ contextEquals: { 'aws:s3:arn': `${BUCKET}/k` } })) }, 'objects named k only'],
    ['for a whole context of more than S3 sends', { bucket: encrypted(granting({ contextEquals: { 'aws:s3:arn': `${BUCKET}/k`, team: 'a' } })) }, 'objects named k only, where the encryption context has team = a'],
    ['for the whole context being another', { bucket: encrypted(granting({ contextEquals: { team: 'a' } })) }, 'denied: kms:kms-key-policy'],
    ['for the whole context being empty', { bucket: encrypted(granting({ contextEquals: {} })) }, 'denied: kms:kms-key-policy'],
    ['within a constraint that nobody knows', { bucket: encrypted(granting({ unknownConstraint: 'SourceArn' })) }, 'unknown'],
    ['to the account, which its identity policies share out', { caller: ABLE, bucket: encrypted(granting({ grantee: ROOT })) }, 'allowed'],
    ['… and to nobody without one', { bucket: encrypted(granting({ grantee: ROOT })) }, 'denied: kms:kms-identity'],
    ['to a service, which the role is not', { bucket: encrypted(granting({ grantee: 'logs.amazonaws.com' })) }, 'denied: kms:kms-key-policy'],
    ['to a service that calls itself', { caller: caller('logs.amazonaws.com'), bucket: encrypted(granting({ grantee: 'logs.amazonaws.com' })) }, 'allowed'],
    ['for a context that S3 does not send', { bucket: encrypted(granting({ contextSubset: { team: 'a' } })) }, 'where the encryption context has team = a'],
    ['to nobody', { bucket: encrypted(granting({ grantee: undefined })) }, 'denied: kms:kms-key-policy'],
    ['no grant outweighs a Deny', { bucket: encrypted({ ...granting(), policy: keyPolicy(deny({ Principal: '*' })) }) }, 'denied: kms:kms-key-policy!'],
    ['that nobody could read', { bucket: encrypted({ policy: keyPolicy(), grants: unreadable('AccessDenied') }) }, 'unknown'],
    ['… which the key policy makes needless', { bucket: encrypted({ ...naming({}), grants: unreadable('AccessDenied') }) }, 'allowed'],
  ])('%s', (_, over, expected) => {
    const answer = answerOf(over).replace('for KMS: ', '');
    expect(answer).toBe(expected);
  });
});

describe('the accounts behind the call to KMS (semantics.md D.4, H.6)', () => {
  const shared = (over: Partial<KeyFacts> = {}): BucketFacts =>
    encrypted({ policy: keyPolicy(allow({ Principal: { AWS: OTHER } })), ...over });
  const from = (enabledRegions: readonly string[] | undefined): Partial<S3Question> => ({
    caller: { ...FAR, account: { ...account(OTHER), enabledRegions } },
    bucket: shared(),
  });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ["an outsider's account has enabled the key's Region", from(['eu-west-1']), 'allowed'],
    ['… or has not', from(['us-east-1']), 'denied: kms:account-state'],
    ['… or nobody knows', from(undefined), 'allowed'],
    ["the owner's account needs not say so", { caller: { ...ABLE, account: { ...account(OWNER), enabledRegions: [] } }, bucket: encrypted() }, 'allowed'],
    ["the key's account is suspended", { caller: FAR, bucket: shared({ account: { ...account(OWNER), state: 'SUSPENDED' } }) }, 'denied: kms:account-state'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('the rows of the call to KMS', () => {
  const rowsOf = (over: Partial<S3Question>): readonly string[] =>
    decision({ caller: S3_ONLY, ...over })
      .layers.filter(({ leg }) => leg === 'kms')
      .map(({ layer, outcome, statements }) => `${layer} ${outcome} ${statements.length}`);

  test('grants have one of their own', () => {
    expect(rowsOf({ bucket: encrypted(granting()) })).toContain('kms-grant allowed 1');
    expect(rowsOf({ bucket: encrypted(naming({})) })).toContain('kms-grant not-applicable 0');
  });

  test('a multipart upload has one row a layer, of both of its calls', () => {
    const rows = rowsOf({
      action: 's3:PutObject',
      operation: 'multipart',
      bucket: encrypted(naming({ Action: 'kms:GenerateDataKey' })),
    });
    expect(rows.filter((row) => row.startsWith('kms-key-policy'))).toEqual([
      'kms-key-policy implicitly-denied 1',
    ]);
  });

  test('lifting what is missing is enough', () => {
    const { blockers } = decision({ caller: S3_ONLY, bucket: encrypted({ policy: keyPolicy() }) });
    expect(blockers).toMatchObject([{ layer: 'kms-key-policy', liftingGives: 'allowed' }]);
    const delegated = decision({ caller: S3_ONLY, bucket: encrypted() });
    expect(delegated.blockers).toMatchObject([{ layer: 'kms-identity', liftingGives: 'allowed' }]);
  });
});

describe('what is taken for granted of the encryption', () => {
  const BY_DEFAULT = 'object encrypted with the bucket default';
  const WITH_BUCKET_KEY = "object written with an S3 Bucket Key, as the bucket's default has it now";

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, readonly string[]]>([
    ['of a read', { bucket: encrypted(naming({})) }, [BY_DEFAULT, 'over TLS']],
    ['of a read where the bucket uses no key', {}, [BY_DEFAULT]],
    ['of a read with Bucket Keys', { bucket: encrypted(naming({}), true) }, [BY_DEFAULT, 'over TLS', WITH_BUCKET_KEY]],
    ['of a read over TLS', { bucket: encrypted(naming({})), context: { 'aws:SecureTransport': ['true'] } }, [BY_DEFAULT]],
    ['of an object that is known', { object: { encryption: { kind: 'sse-s3' } } }, []],
    ['of a listing', { action: 's3:ListBucket', objects: { kind: 'bucket' } }, []],
    ['of a deletion', { action: 's3:DeleteObject' }, []],
    ['of an upload that names its encryption', { action: 's3:PutObject', context: { 's3:x-amz-server-side-encryption': ['AES256'] } }, []],
  ])('%s', (_, over, expected) => {
    const { assumptions } = decision({ caller: S3_ONLY, ...over });
    const known = [BY_DEFAULT, WITH_BUCKET_KEY, 'over TLS'];
    expect(assumptions.filter((assumption) => known.includes(assumption)).toSorted()).toEqual(expected.toSorted());
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
