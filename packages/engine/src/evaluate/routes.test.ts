import { seen } from '@denyscope/model';
import { decideRoutes, type BucketFacts, type S3Question } from '../index.ts';
import {
  accessPoint,
  allow,
  ANYWHERE,
  blockOf,
  blockersOf,
  bucket,
  bucketPolicy,
  caller,
  deny,
  document,
  FAR_ROLE,
  hidden,
  identity,
  inWords,
  kmsKey,
  keyPolicy,
  OWNER,
  question,
  ROLE,
} from '../question.fixture.ts';

const MRAP = `arn:aws:s3::${OWNER}:accesspoint/mfzwi23gnjvgw.mrap`;
const OBJECTS = `${MRAP}/object/*`;
const TO_ALL = document(`${MRAP}#policy`, 'resource', allow({ Principal: '*', Resource: OBJECTS }));
const DELEGATES = bucketPolicy(
  allow({ Principal: '*', Condition: { StringEquals: { 's3:DataAccessPointArn': MRAP } } }),
);
const FAR = caller(FAR_ROLE, { identity: identity(allow({ Resource: OBJECTS })) });

type Buckets = Readonly<Record<string, Partial<BucketFacts>>>;

function decisionOf(buckets: Buckets, over: Partial<S3Question> = {}) {
  const point = accessPoint({ arn: MRAP, isMultiRegion: true, policy: TO_ALL });
  return decideRoutes(
    Object.entries(buckets).map(([bucketName, facts]) => ({
      bucketName,
      question: question({
        caller: FAR,
        via: { ...ANYWHERE, accessPoint: point },
        bucket: bucket({ arn: `arn:aws:s3:::${bucketName}`, policy: DELEGATES, ...facts }),
        ...over,
      }),
    })),
  );
}

const answerOf = (buckets: Buckets, over: Partial<S3Question> = {}): string =>
  inWords(decisionOf(buckets, over));

describe('a multi-Region access point (semantics.md C.8)', () => {
  const silent = { policy: bucketPolicy() };
  const point = (over: Parameters<typeof accessPoint>[0]): Partial<S3Question> => ({
    via: {
      ...ANYWHERE,
      accessPoint: accessPoint({ arn: MRAP, isMultiRegion: true, policy: TO_ALL, ...over }),
    },
  });
  const byMfa = bucketPolicy(
    allow({ Principal: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
  );
  const inIreland = {
    caller: caller(FAR_ROLE, {
      identity: identity(allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })),
    }),
  };
  const restricted = { block: blockOf({ restrictPublicBuckets: seen(true) }) };

  // prettier-ignore
  test.each<readonly [string, Buckets, Partial<S3Question>, string]>([
    ['every bucket permits', { one: {}, two: {} }, {}, 'allowed'],
    ['one bucket does not', { one: {}, two: silent }, {}, 'when routed to one'],
    ['one of three does not', { one: {}, two: silent, three: {} }, {}, 'when routed to one or three'],
    ['two of three do not', { one: silent, two: silent, three: {} }, {}, 'when routed to three'],
    ['no bucket does', { one: silent, two: silent }, {}, 'denied: bucket-policy'],
    ['one bucket permits on a condition', { one: {}, two: { policy: byMfa } }, {}, 'with MFA or when routed to one'],
    ['all buckets permit on one condition', { one: { policy: byMfa }, two: { policy: byMfa } }, {}, 'with MFA'],
    ['a single bucket', { one: {} }, {}, 'allowed'],
    ['its own policy does not permit', { one: {}, two: {} }, point({ policy: document('p', 'resource') }), 'denied: access-point'],
    ['the identity names the buckets alone', { one: {}, two: {} }, { caller: caller(FAR_ROLE, { identity: identity(allow({ Resource: 'arn:aws:s3:::*' })) }) }, 'denied: identity'],
    ['a Deny of one bucket', { one: {}, two: { policy: bucketPolicy(deny({ Principal: '*' })) } }, {}, 'when routed to one'],
    ['a Region of one bucket', { one: { region: 'eu-west-1' }, two: { region: 'us-east-1' } }, inIreland, 'when routed to one'],
    ['its Block Public Access', { one: {}, two: {} }, point(restricted), 'denied: block-public-access!'],
    ['Block Public Access of one bucket', { one: {}, two: restricted }, {}, 'when routed to one'],
    ['a bucket policy that nobody could read', { one: {}, two: { policy: hidden('p') } }, {}, 'unknown'],
    ['… and another bucket that does not permit', { one: silent, two: { policy: hidden('p') } }, {}, 'unknown'],
    ['an anonymous caller', { one: {}, two: {} }, { caller: caller('anonymous') }, 'denied: access-point'],
    ['a signature of version 4 that is not 4A', { one: {}, two: {} }, { context: { 's3:signatureversion': ['AWS4-HMAC-SHA256'] } }, 'denied: access-point'],
    ['a signature of version 4A', { one: {}, two: {} }, { context: { 's3:signatureversion': ['AWS4-ECDSA-P256-SHA256'] } }, 'allowed'],
    ['a caller of the owner\'s account, by its identity policy alone', { one: { policy: bucketPolicy() }, two: {} }, { caller: caller(ROLE, { identity: identity(allow()) }) }, 'allowed'],
  ])('%s', (_, buckets, over, expected) => {
    expect(answerOf(buckets, over)).toBe(expected);
  });

  test('a witness says which way it goes', () => {
    const { witness } = decisionOf({ one: silent, two: {} });
    expect(witness?.['routed-to']).toEqual(['two']);
  });

  test('a key of one bucket only is asked on that way only', () => {
    const shut = kmsKey({ policy: keyPolicy() });
    const encrypted: Partial<BucketFacts> = {
      encryption: seen({ kind: 'kms', key: shut, bucketKey: false }),
    };
    const answer = decisionOf(
      { one: encrypted, two: {} },
      { caller: caller(FAR_ROLE, { identity: identity(allow()) }) },
    );
    expect(inWords(answer)).toBe('when routed to two');
    expect(blockersOf(answer)).toEqual(['kms:kms-key-policy']);
  });

  test('one statement that refuses on every way is one blocker, and lifting it lifts it everywhere', () => {
    const scps = [{ node: 'r', policies: [document('scp', 'organization', allow(), deny())] }];
    const { blockers } = decisionOf({ one: {}, two: {} }, { caller: { ...FAR, scps } });
    expect(blockers).toMatchObject([{ layer: 'scp', explicit: true, liftingGives: 'allowed' }]);
  });

  test('each layer has one row', () => {
    const { layers } = decisionOf({ one: silent, two: {} });
    const names = layers.map(({ leg, layer }) => `${leg} ${layer}`);
    expect(names).toEqual([...new Set(names)]);
    expect(layers.find(({ layer }) => layer === 'bucket-policy')?.outcome).toBe('conditional');
  });
});
