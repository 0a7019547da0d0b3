import { seen, unreadable } from '@denyscope/model';
import type { BucketFacts, EffectiveBlock, S3Question } from '../../index.ts';
import {
  accessPoint,
  account,
  allow,
  ANYWHERE,
  answerOf,
  blockOf,
  bucket,
  bucketPolicy,
  caller,
  decision,
  document,
  FAR_ROLE,
  hidden,
  identity,
  OTHER,
  OWNER,
  POINT,
  ROLE,
  type StatementText,
} from '../../question.fixture.ts';

const ABLE = caller(ROLE, { identity: identity(allow()) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });
const THIRD = caller('arn:aws:iam::777788889999:role/app', { identity: identity(allow()) });
const ANONYMOUS = caller('anonymous');
const SERVICE = caller('logs.amazonaws.com');
const TO_ALL = bucketPolicy(allow({ Principal: '*' }));
const RESTRICTED = blockOf({ restrictPublicBuckets: seen(true) });
const UNKNOWN = unreadable('AccessDenied');

describe('RestrictPublicBuckets (semantics.md C.7)', () => {
  const blocked = (over: Partial<BucketFacts> = {}): BucketFacts =>
    bucket({ policy: TO_ALL, block: RESTRICTED, ...over });
  const named = bucketPolicy(allow({ Principal: { AWS: OTHER } }));
  const mixed = bucketPolicy(allow({ Principal: '*' }), allow({ Principal: { AWS: OTHER } }));
  const hiddenFlags = blockOf({ restrictPublicBuckets: UNKNOWN });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['a public policy shuts other accounts out', { caller: FAR, bucket: blocked() }, 'denied: block-public-access!'],
    ['… and those that it names', { caller: FAR, bucket: blocked({ policy: mixed }) }, 'denied: block-public-access!'],
    ['… and anonymous callers', { caller: ANONYMOUS, bucket: blocked() }, 'denied: block-public-access!'],
    ['… but not the owner\'s principals', { caller: ABLE, bucket: blocked() }, 'allowed'],
    ['… nor AWS services', { caller: SERVICE, bucket: blocked() }, 'allowed'],
    ['a public policy is open to all where the flag is off', { caller: FAR, bucket: blocked({ block: blockOf() }) }, 'allowed'],
    ['the other flags do not matter to it', { caller: FAR, bucket: blocked({ block: blockOf({ blockPublicPolicy: seen(true), blockPublicAcls: seen(true), ignorePublicAcls: seen(true) }) }) }, 'allowed'],
    ['a policy that is not public is left alone', { caller: FAR, bucket: blocked({ policy: named }) }, 'allowed'],
    ['AWS\'s own word that the policy is public counts', { caller: FAR, bucket: blocked({ policy: named, policyIsPublic: seen(true) }) }, 'denied: block-public-access!'],
    ['… and its word that it is not (I.16)', { caller: FAR, bucket: blocked({ policyIsPublic: seen(false) }) }, 'allowed'],
    ['flags that nobody could read make it unknown', { caller: FAR, bucket: blocked({ block: hiddenFlags }) }, 'unknown'],
    ['… save for the owner', { caller: ABLE, bucket: blocked({ block: hiddenFlags }) }, 'allowed'],
    ['… and where the policy is not public', { caller: FAR, bucket: blocked({ policy: named, block: hiddenFlags }) }, 'allowed'],
    ['a policy that nobody could read may be public', { caller: FAR, bucket: blocked({ policy: hidden('p') }) }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('names the statement that makes the policy public', () => {
    const { blockers } = decision({ caller: FAR, bucket: blocked() });
    expect(blockers[0]?.statement).toMatchObject({ document: 'arn:aws:s3:::b#policy', path: '/Statement/0' });
  });
});

describe('RestrictPublicBuckets through an access point (semantics.md C.7, C.8)', () => {
  const delegating = bucketPolicy(
    allow({ Principal: '*', Condition: { StringEquals: { 's3:DataAccessPointAccount': OTHER } } }),
  );
  const pointPolicy = (...statements: readonly StatementText[]) =>
    document(`${POINT}#policy`, 'resource', ...statements);
  const through = (
    point: Parameters<typeof accessPoint>[0],
    over: Partial<BucketFacts> = {},
  ): Partial<S3Question> => ({
    bucket: bucket({ policy: delegating, ...over }),
    via: { ...ANYWHERE, accessPoint: accessPoint({ account: account(OTHER), ...point }) },
  });
  const open = pointPolicy(allow({ Principal: '*' }));
  const ofThird = pointPolicy(allow({ Principal: { AWS: '777788889999' } }));
  const byArn = pointPolicy(
    allow({ Principal: '*', Condition: { ArnLike: { 's3:DataAccessPointArn': POINT } } }),
  );
  const direct = { policy: TO_ALL };

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['a public point policy, the bucket\'s flag', { caller: THIRD, ...through({ policy: open }, { block: RESTRICTED }) }, 'denied: block-public-access!'],
    ['a public point policy, the point\'s flag', { caller: THIRD, ...through({ policy: open, block: RESTRICTED }) }, 'denied: block-public-access!'],
    ['a public bucket policy, the point\'s flag', { caller: THIRD, ...through({ policy: ofThird, block: RESTRICTED }, direct) }, 'denied: block-public-access!'],
    ['no flag at all', { caller: THIRD, ...through({ policy: open }) }, 'allowed'],
    ['neither policy is public', { caller: THIRD, ...through({ policy: ofThird, block: RESTRICTED }, { block: RESTRICTED }) }, 'allowed'],
    ['principals of the point\'s owner pass', { caller: FAR, ...through({ policy: open, block: RESTRICTED }) }, 'allowed'],
    ['… and those of the bucket\'s', { caller: ABLE, ...through({ policy: open, block: RESTRICTED }) }, 'allowed'],
    ['a point of a VPC is never public', { caller: THIRD, ...through({ policy: open, block: RESTRICTED, networkOrigin: 'VPC', vpcId: 'vpc-1' }) }, 'from vpc-1'],
    ['a point policy by s3:DataAccessPointArn is public', { caller: THIRD, ...through({ policy: byArn, block: RESTRICTED }) }, 'denied: block-public-access!'],
    ['… where AWS does not say otherwise', { caller: THIRD, ...through({ policy: byArn, block: RESTRICTED, policyIsPublic: seen(false) }) }, 'allowed'],
    ['a bucket policy by s3:DataAccessPointArn is not', { caller: THIRD, ...through({ policy: ofThird, block: RESTRICTED }, { policy: bucketPolicy(allow({ Principal: '*', Condition: { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/*` } } })) }) }, 'allowed'],
    ['flags of the point that nobody could read', { caller: THIRD, ...through({ policy: open, block: blockOf({ restrictPublicBuckets: UNKNOWN }) }) }, 'unknown'],
    ['an origin that nobody could read', { caller: THIRD, ...through({ policy: open, block: RESTRICTED, networkOrigin: undefined }) }, 'unknown'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('the flag that could not be read is named by the point', () => {
    const { missing } = decision({
      caller: THIRD,
      ...through({ policy: open, block: blockOf({ restrictPublicBuckets: UNKNOWN }) }),
    });
    expect(missing).toEqual([{ document: `${POINT}#public-access-block`, reason: 'AccessDenied' }]);
  });
});

describe('BlockPublicAcls (semantics.md C.7)', () => {
  const ofFlag = (blockPublicAcls: EffectiveBlock['blockPublicAcls']): BucketFacts =>
    bucket({ ownership: seen('ObjectWriter'), block: blockOf({ blockPublicAcls }) });
  const put = { caller: ABLE, action: 's3:PutObject', bucket: ofFlag(seen(true)) } as const;
  const sends = (acl: string): Pick<S3Question, 'context'> => ({ context: { 's3:x-amz-acl': [acl] } });
  const onBucket = { ...put, action: 's3:PutBucketAcl', objects: { kind: 'bucket' } } as const;
  const grantsAll = { 's3:x-amz-grant-read': ['uri="http://acs.amazonaws.com/groups/global/AllUsers"'] };
  const wantsPublic = identity(allow({ Condition: { StringEquals: { 's3:x-amz-acl': 'public-read' } } }));

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['an upload with a public ACL', { ...put, ...sends('public-read') }, 'denied: block-public-access!'],
    ['… whichever', { ...put, ...sends('public-read-write') }, 'denied: block-public-access!'],
    ['… authenticated-read is public too', { ...put, ...sends('authenticated-read') }, 'denied: block-public-access!'],
    ['an upload with a private ACL', { ...put, ...sends('bucket-owner-full-control') }, 'allowed'],
    ['an upload of which nothing is said', put, 'allowed'],
    ['a grant to everybody', { ...put, context: grantsAll }, 'denied: block-public-access!'],
    ['an ACL of the bucket', { ...onBucket, ...sends('public-read') }, 'denied: block-public-access!'],
    ['an ACL of an object', { ...put, action: 's3:PutObjectAcl', ...sends('public-read') }, 'denied: block-public-access!'],
    ['the flag is off', { ...put, bucket: ofFlag(seen(false)), ...sends('public-read') }, 'allowed'],
    ['the flag could not be read', { ...put, bucket: ofFlag(UNKNOWN), ...sends('public-read') }, 'unknown'],
    ['… which matters to public ACLs only', { ...put, bucket: ofFlag(UNKNOWN), ...sends('private') }, 'allowed'],
    ['reading is not writing', { ...put, action: 's3:GetObject', ...sends('public-read') }, 'allowed'],
    ['a policy that demands the ACL that is refused', { ...put, caller: caller(ROLE, { identity: wantsPublic }) }, 'denied: identity block-public-access!'],
    ['the flag of the access point on the way', { ...put, bucket: ofFlag(seen(false)), ...sends('public-read'), via: { ...ANYWHERE, accessPoint: accessPoint({ block: blockOf({ blockPublicAcls: seen(true) }) }) } }, 'denied: block-public-access!'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('an upload of which nothing is said is assumed to set no public ACL', () => {
    expect(decision(put).assumptions).toContain('the request sets no public ACL');
  });
});

test('BlockPublicPolicy is a note: no request holds the policy that it would refuse (semantics.md C.7)', () => {
  const answer = decision({
    caller: ABLE,
    action: 's3:PutBucketPolicy',
    objects: { kind: 'bucket' },
    bucket: bucket({ block: blockOf({ blockPublicPolicy: seen(true) }) }),
  });
  expect(answer.verdict).toBe('allowed');
  const row = answer.layers.find(({ layer }) => layer === 'block-public-access');
  expect(row?.note).toBe('BlockPublicPolicy is on: a policy that is public is refused');
});

test('IgnorePublicAcls of the access point hides public grants of the bucket (semantics.md C.7)', () => {
  const everybody = {
    grantee: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers',
    permission: 'READ',
  };
  const policy = document(`${POINT}#policy`, 'resource', allow({ Principal: '*' }));
  const list = (ignorePublicAcls: boolean): string =>
    answerOf({
      caller: FAR,
      action: 's3:ListBucket',
      objects: { kind: 'bucket' },
      bucket: bucket({ ownership: seen('ObjectWriter'), acl: seen([everybody]) }),
      via: {
        ...ANYWHERE,
        accessPoint: accessPoint({ policy, block: blockOf({ ignorePublicAcls: seen(ignorePublicAcls) }) }),
      },
    });
  expect([list(false), list(true)]).toEqual(['allowed', 'denied: block-public-access']);
});
