import { seen, unreadable } from '@denyscope/model';
import type { AccessPointFacts, EndpointFacts, S3Question } from '../../index.ts';
import {
  accessPoint,
  account,
  allow,
  answerOf,
  ANYWHERE,
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
  node,
  OTHER,
  OWNER,
  POINT,
  ROLE,
  ROOT,
  USER,
  type StatementText,
} from '../../question.fixture.ts';

const OBJECTS = `${POINT}/object/*`;
const ABLE = caller(ROLE, { identity: identity(allow()) });
const FAR = caller(FAR_ROLE, { identity: identity(allow()) });
const ON_POINT = identity(allow({ Resource: [POINT, OBJECTS] }));
const ON_BUCKET = identity(allow({ Resource: [BUCKET, `${BUCKET}/*`] }));

const point = (
  over: Partial<AccessPointFacts> = {},
  ...statements: readonly StatementText[]
): S3Question['via'] => ({
  ...ANYWHERE,
  accessPoint: accessPoint({ policy: document(`${POINT}#policy`, 'resource', ...statements), ...over }),
});
const through = (key: string, value: string) => ({ Condition: { StringEquals: { [key]: value } } });
const delegating = bucket({
  policy: bucketPolicy(allow({ Principal: '*', ...through('s3:DataAccessPointAccount', OWNER) })),
});
const toFar = allow({ Principal: { AWS: FAR_ROLE }, Resource: OBJECTS });
const endpoint = (vpcId: string | undefined, ...statements: readonly StatementText[]): EndpointFacts => ({
  id: 'vpce-1',
  vpcId,
  account: account(OWNER),
  policies: [
    document('e', 'endpoint', ...(statements.length > 0 ? statements : [allow({ Principal: '*' })])),
  ],
});

describe('both the access point and the bucket permit (semantics.md C.8)', () => {
  const far = { caller: FAR, bucket: delegating } as const;
  const farByPoint = { ...far, caller: caller(FAR_ROLE, { identity: ON_POINT }) };
  const bucketTo = (...statements: readonly StatementText[]) =>
    bucket({ policy: bucketPolicy(...statements) });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['the point, and a bucket that delegates to its account', { ...far, via: point({}, toFar) }, 'allowed'],
    ['… or to its ARN', { ...far, bucket: bucketTo(allow({ Principal: '*', ...through('s3:DataAccessPointArn', POINT) })), via: point({}, toFar) }, 'allowed'],
    ['… or names the caller', { ...far, bucket: bucketTo(allow({ Principal: { AWS: FAR_ROLE } })), via: point({}, toFar) }, 'allowed'],
    ['… or its account', { ...far, bucket: bucketTo(allow({ Principal: { AWS: OTHER } })), via: point({}, toFar) }, 'allowed'],
    ['… or delegates to another account', { ...far, bucket: bucketTo(allow({ Principal: '*', ...through('s3:DataAccessPointAccount', OTHER) })), via: point({}, toFar) }, 'denied: bucket-policy'],
    ['the bucket delegates nothing to those who come directly', far, 'denied: bucket-policy'],
    ['the point alone is not enough', { caller: FAR, via: point({}, toFar) }, 'denied: bucket-policy'],
    ['the bucket alone is not enough', { ...far, via: point() }, 'denied: access-point'],
    ['a caller of another account names the point alone', { ...farByPoint, via: point({}, toFar) }, 'allowed'],
    ['… and not the bucket alone', { ...far, caller: caller(FAR_ROLE, { identity: ON_BUCKET }), via: point({}, toFar) }, 'denied: identity'],
    ['… or nothing at all', { ...far, caller: caller(FAR_ROLE), via: point({}, toFar) }, 'denied: identity'],
    ['a policy on the point that names the bucket grants nothing', { ...far, via: point({}, allow({ Principal: '*', Resource: `${BUCKET}/*` })) }, 'denied: access-point'],
    ['a policy on the point for other keys', { ...far, via: point({}, allow({ Principal: '*', Resource: `${POINT}/object/raw/*` })) }, 'objects under raw/ only'],
    ['an object by its key', { ...far, objects: { kind: 'key', key: 'raw/a' }, via: point({}, allow({ Principal: '*', Resource: `${POINT}/object/raw/*` })) }, 'allowed'],
    ['a listing is asked about the point itself', { ...far, action: 's3:ListBucket', objects: { kind: 'bucket' }, via: point({}, allow({ Principal: '*', Resource: POINT })) }, 'allowed'],
    ['… and not about its objects', { ...far, action: 's3:ListBucket', objects: { kind: 'bucket' }, via: point({}, allow({ Principal: '*', Resource: OBJECTS })) }, 'denied: access-point'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe("a caller of the owner's account (semantics.md C.8, B.4)", () => {
  const only = (policies: S3Question['caller']['identity'], text = ROLE) =>
    caller(text, { identity: policies });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['an Allow on everything', { caller: ABLE, via: point() }, 'allowed'],
    ['an Allow on both ARNs', { caller: only([...ON_POINT, ...ON_BUCKET]), via: point() }, 'allowed'],
    ['an Allow on the point, and a bucket that delegates', { caller: only(ON_POINT), bucket: delegating, via: point() }, 'allowed'],
    ['an Allow on the point, and a bucket that names the account', { caller: only(ON_POINT), bucket: bucket({ policy: bucketPolicy(allow({ Principal: { AWS: OWNER } })) }), via: point() }, 'allowed'],
    ['an Allow on the point only', { caller: only(ON_POINT), via: point() }, 'denied: identity'],
    ['an Allow on the bucket only', { caller: only(ON_BUCKET), via: point() }, 'denied: identity'],
    ['a point that names the role, and a bucket that delegates', { caller: caller(ROLE), bucket: delegating, via: point({}, allow({ Principal: { AWS: ROLE } })) }, 'allowed'],
    ['a point that names the account alone', { caller: caller(ROLE), bucket: delegating, via: point({}, allow({ Principal: { AWS: OWNER } })) }, 'denied: identity'],
    ['the root user', { caller: caller(ROOT), via: point() }, 'allowed'],
    ['a boundary that names the point alone, and a bucket that delegates', { caller: caller(ROLE, { identity: identity(allow()), boundary: ON_POINT }), bucket: delegating, via: point() }, 'allowed'],
    ['a boundary that names the point alone, and no bucket policy', { caller: caller(ROLE, { identity: identity(allow()), boundary: ON_POINT }), via: point() }, 'denied: identity'],
    ['a boundary that names the bucket alone', { caller: caller(ROLE, { identity: identity(allow()), boundary: ON_BUCKET }), bucket: delegating, via: point() }, 'denied: boundary'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('a Deny anywhere counts (semantics.md C.8)', () => {
  const able = { caller: ABLE, bucket: delegating, via: point() } as const;
  const denying = (Resource: string) => identity(allow(), deny({ Resource }));
  const onBucketPolicy = (over: StatementText) =>
    bucket({ policy: bucketPolicy(deny({ Principal: '*', ...over })) });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['in the point\'s policy', { ...able, via: point({}, deny({ Principal: '*' })) }, 'denied: access-point!'],
    ['… which is only for those who come through it', { ...able, via: ANYWHERE }, 'allowed'],
    ['in the bucket\'s policy', { ...able, bucket: onBucketPolicy({}) }, 'denied: bucket-policy!'],
    ['… for whoever does not come through the point', { ...able, bucket: onBucketPolicy({ Condition: { StringNotEquals: { 's3:DataAccessPointArn': POINT } } }) }, 'allowed'],
    ['… who comes directly', { ...able, via: ANYWHERE, bucket: onBucketPolicy({ Condition: { StringNotEquals: { 's3:DataAccessPointArn': POINT } } }) }, 'denied: bucket-policy!'],
    ['in an identity policy, on the point', { ...able, caller: caller(ROLE, { identity: denying('arn:aws:s3:*:*:accesspoint/*') }) }, 'denied: identity!'],
    ['in an identity policy, on the bucket', { ...able, caller: caller(ROLE, { identity: denying(`${BUCKET}/*`) }) }, 'denied: identity!'],
    ['in an SCP, on the point', { ...able, caller: caller(ROLE, { identity: identity(allow()), scps: [node('r', allow(), deny({ Resource: 'arn:aws:s3:*:*:accesspoint/*' }))] }) }, 'denied: scp!'],
    ['in an SCP, on the bucket', { ...able, caller: caller(ROLE, { identity: identity(allow()), scps: [node('r', allow(), deny({ Resource: `${BUCKET}/*` }))] }) }, 'denied: scp!'],
    ['in an RCP of the point\'s account', { ...able, via: point({ rcps: [node('r', allow(), deny({ Resource: OBJECTS }))] }) }, 'denied: rcp!'],
    ['in an RCP of the bucket\'s account', { ...able, bucket: bucket({ rcps: [node('r', allow(), deny({ Resource: `${BUCKET}/*` }))] }) }, 'denied: rcp!'],
    ['in the endpoint\'s policy, on the bucket', { ...able, via: { ...point(), endpoint: endpoint('vpc-1', allow({ Principal: '*' }), deny({ Principal: '*', Resource: `${BUCKET}/*` })) } }, 'denied: vpc-endpoint!'],
    ['an endpoint must allow the point and the bucket', { ...able, via: { ...point(), endpoint: endpoint('vpc-1', allow({ Principal: '*', Resource: [OBJECTS, `${BUCKET}/*`] })) } }, 'allowed'],
    ['… and not the bucket alone', { ...able, via: { ...point(), endpoint: endpoint('vpc-1', allow({ Principal: '*', Resource: `${BUCKET}/*` })) } }, 'denied: vpc-endpoint'],
    ['… nor the point alone', { ...able, via: { ...point(), endpoint: endpoint('vpc-1', allow({ Principal: '*', Resource: OBJECTS })) } }, 'denied: vpc-endpoint'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe("an access point of another account than the bucket's (semantics.md C.8, B.5)", () => {
  const theirs = { account: account(OTHER) } as const;
  const open = bucket({
    policy: bucketPolicy(allow({ Principal: '*', ...through('s3:DataAccessPointAccount', OTHER) })),
  });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['a caller of the point\'s account', { caller: FAR, bucket: open, via: point(theirs) }, 'allowed'],
    ['… where the bucket permits nothing', { caller: FAR, via: point(theirs) }, 'denied: bucket-policy'],
    ['a caller of the bucket\'s account, whom the point does not name', { caller: ABLE, bucket: open, via: point(theirs) }, 'denied: access-point'],
    ['… whom it names', { caller: ABLE, via: point(theirs, allow({ Principal: { AWS: OWNER } })) }, 'allowed'],
    ['an RCP of the bucket\'s account does not see the point', { caller: FAR, bucket: { ...open, rcps: [node('r', allow(), deny({ Resource: OBJECTS }))] }, via: point(theirs) }, 'allowed'],
    ['aws:ResourceAccount is the point\'s owner there, and the bucket\'s here', { caller: caller(FAR_ROLE, { identity: identity(allow(), deny(through('aws:ResourceAccount', OWNER))) }), bucket: open, via: point(theirs) }, 'denied: identity!'],
    ['… and both are seen', { caller: caller(FAR_ROLE, { identity: identity(allow(), deny(through('aws:ResourceAccount', OTHER))) }), bucket: open, via: point(theirs) }, 'denied: identity!'],
    ['a suspended account of the point', { caller: FAR, bucket: open, via: point({ account: { ...account(OTHER), state: 'SUSPENDED' } }) }, 'denied: account-state'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });
});

describe('what access points refuse by themselves (semantics.md C.8)', () => {
  const vpc = { networkOrigin: 'VPC', vpcId: 'vpc-1' } as const;
  const unseenVpc = { networkOrigin: 'VPC', vpcId: undefined } as const;
  const able = { caller: ABLE, via: point() } as const;
  const onBucket = { objects: { kind: 'bucket' } } as const;
  const toAll = bucket({ policy: bucketPolicy(allow({ Principal: '*' })) });

  // prettier-ignore
  test.each<readonly [string, Partial<S3Question>, string]>([
    ['an anonymous caller', { caller: caller('anonymous'), bucket: toAll, via: point({}, allow({ Principal: '*' })) }, 'denied: access-point'],
    ['a point of a VPC, from wherever', { ...able, via: point(vpc) }, 'from vpc-1'],
    ['… from the internet', { ...able, via: { ...point(vpc), internet: true } }, 'denied: access-point'],
    ['… from a public address', { ...able, via: { ...point(vpc), sourceIp: '203.0.113.1' } }, 'denied: access-point'],
    ['… through its endpoint', { ...able, via: { ...point(vpc), endpoint: endpoint('vpc-1') } }, 'allowed'],
    ['… through another\'s', { ...able, via: { ...point(vpc), endpoint: endpoint('vpc-2') } }, 'denied: access-point'],
    ['… through an endpoint of which nobody knows the VPC', { ...able, via: { ...point(vpc), endpoint: endpoint(undefined) } }, 'unknown'],
    ['… of which nobody knows the VPC', { ...able, via: point(unseenVpc) }, 'unknown'],
    ['… which the internet is not', { ...able, via: { ...point(unseenVpc), internet: true } }, 'denied: access-point'],
    ['an origin that nobody could read', { ...able, via: point({ networkOrigin: undefined, vpcId: 'vpc-1' }) }, 'unknown'],
    ['… through the endpoint of its VPC', { ...able, via: { ...point({ networkOrigin: undefined, vpcId: 'vpc-1' }), endpoint: endpoint('vpc-1') } }, 'allowed'],
    ['the VPC closed by the asker', { ...able, via: point(vpc), context: { 'aws:SourceVpc': ['vpc-2'] } }, 'denied: access-point'],
    ['plain HTTP', { ...able, context: { 'aws:SecureTransport': ['false'] } }, 'denied: access-point'],
    ['HTTPS', { ...able, context: { 'aws:SecureTransport': ['true'] } }, 'allowed'],
    ['an old signature', { ...able, context: { 's3:signatureversion': ['AWS'] } }, 'denied: access-point'],
    ['a signature of version 4', { ...able, context: { 's3:signatureversion': ['AWS4-HMAC-SHA256'] } }, 'allowed'],
    ['an identity that allows plain HTTP only', { caller: caller(ROLE, { identity: identity(allow({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } })) }), via: point() }, 'denied: identity access-point'],
    ['an action that it does not carry', { ...able, ...onBucket, action: 's3:PutBucketPolicy' }, 'denied: access-point'],
    ['… nor this', { ...able, ...onBucket, action: 's3:PutBucketAcl' }, 'denied: access-point ownership'],
    ['… nor this, of objects', { ...able, action: 's3:ReplicateObject' }, 'denied: access-point'],
    ['an action on the bucket that it carries', { ...able, ...onBucket, action: 's3:ListBucket' }, 'allowed'],
    ['… by the list of operations alone', { ...able, ...onBucket, action: 's3:ListBucketMultipartUploads' }, 'allowed'],
    ['tagging by ARN', { ...able, ...onBucket, action: 's3:TagResource' }, 'denied: access-point'],
  ])('%s', (_, over, expected) => {
    expect(answerOf(over)).toBe(expected);
  });

  test('what is open is assumed to be as access points demand', () => {
    expect(decision(able).assumptions).toEqual(
      expect.arrayContaining(['over HTTPS, which access points demand', 'signed with Signature Version 4']),
    );
  });
});

describe('keys of a request through an access point (semantics.md C.8, C.12)', () => {
  const where = (Condition: unknown, over: Partial<AccessPointFacts> = {}): string =>
    answerOf({ caller: caller(USER, { identity: identity(allow({ Condition })) }), via: point(over) });
  const tagged = { tags: seen(new Map([['team', 'data']])) };

  // prettier-ignore
  test.each<readonly [string, string, string]>([
    ['its ARN', where({ ArnEquals: { 's3:DataAccessPointArn': POINT } }), 'allowed'],
    ['its account', where({ StringEquals: { 's3:DataAccessPointAccount': OTHER } }), 'denied: identity'],
    ['its origin', where({ StringEquals: { 's3:AccessPointNetworkOrigin': 'Internet' } }), 'allowed'],
    ['another origin', where({ StringEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } }), 'denied: identity'],
    ['an origin that nobody could read', where({ StringEquals: { 's3:AccessPointNetworkOrigin': 'Internet' } }, { networkOrigin: undefined, vpcId: 'vpc-1' }), 'unknown'],
    ['a tag', where({ StringEquals: { 's3:AccessPointTag/team': 'data' } }, tagged), 'allowed'],
    ['a tag that it lacks', where({ StringEquals: { 's3:AccessPointTag/team': 'data' } }), 'denied: identity'],
    ['tags that nobody could read', where({ StringEquals: { 's3:AccessPointTag/team': 'data' } }, { tags: unreadable('NotCollected') }), 'unknown'],
['its tags are not the resource\'s, which is the bucket', where({ StringEquals: { 'aws:ResourceTag/team': 'data' } }, tagged), 'denied: identity'],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});

describe('what could not be read', () => {
  test('a policy of the point matters where it decides', () => {
    const via = point({ policy: hidden(`${POINT}#policy`) });
    const answer = decision({ caller: FAR, bucket: delegating, via });
    expect([answer.verdict, answer.missing]).toEqual([
      'unknown',
      [{ document: `${POINT}#policy`, reason: 'AccessDenied' }],
    ]);
    expect(answerOf({ caller: caller(FAR_ROLE), bucket: delegating, via })).toBe('denied: identity');
  });

  test('a bucket policy matters where nothing else permits', () => {
    const via = point({}, toFar);
    expect(answerOf({ caller: FAR, bucket: bucket({ policy: hidden('p') }), via })).toBe('unknown');
  });
});

test('the rows of the answer tell what each side says', () => {
  const { layers } = decision({
    caller: caller(FAR_ROLE, { identity: ON_POINT }),
    bucket: delegating,
    via: point({}, toFar),
  });
  const outcome = (layer: string) => layers.filter((row) => row.layer === layer).map((row) => row.outcome);
  expect([outcome('identity'), outcome('access-point'), outcome('bucket-policy')]).toEqual([
    ['allowed'],
    ['allowed'],
    ['allowed'],
  ]);
});
