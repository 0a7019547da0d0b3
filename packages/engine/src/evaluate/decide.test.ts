import { absent, seen, unreadable, type Decision } from '@denyscope/model';
import { accessS3, type S3Question } from '../index.ts';
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
  node,
  OWNER,
  question,
  ROLE,
  USER,
  type StatementText,
} from '../question.fixture.ts';

const able = (...more: readonly StatementText[]): S3Question['caller'] =>
  caller(ROLE, { identity: identity(allow(), ...more) });
const overTls = deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
const TLS_ONLY = { ...overTls, Principal: '*' };
const onlyVia = (endpoint: string): StatementText =>
  deny({ Condition: { StringNotEquals: { 'aws:SourceVpce': endpoint } } });
const onlyFrom = (range: string): StatementText =>
  deny({ Condition: { NotIpAddress: { 'aws:SourceIp': range } } });

function lifting({ blockers }: Decision): readonly string[] {
  return blockers.map(({ layer, liftingGives }) => `${layer} → ${liftingGives}`);
}

describe('blockers', () => {
  test('are all that refuse, each with what lifting it alone gives', () => {
    const one = decision({ caller: able(deny()) });
    expect([blockersOf(one), lifting(one)]).toEqual([['identity!'], ['identity → allowed']]);
    const two = decision({
      caller: able(deny()),
      bucket: bucket({ policy: bucketPolicy(deny({ Principal: '*' })) }),
    });
    expect(lifting(two)).toEqual(['identity → denied', 'bucket-policy → denied']);
  });

  test('say what else the request then needs', () => {
    const answer = decision({ caller: able(deny()), bucket: bucket({ policy: bucketPolicy(TLS_ONLY) }) });
    expect(lifting(answer)).toEqual(['identity → conditional']);
    const hiddenToo = decision({
      caller: caller(ROLE, { identity: [...identity(deny(), allow()), hidden('h')] }),
    });
    expect(lifting(hiddenToo)).toEqual(['identity → unknown']);
  });

  test('that refuse only together are the fewest that do', () => {
    const answer = decision({
      caller: able(onlyVia('vpce-1'), overTls),
      bucket: bucket({ policy: bucketPolicy({ ...onlyFrom('10.0.0.0/8'), Principal: '*' }) }),
    });
    expect(answer.verdict).toBe('denied');
    expect(lifting(answer)).toEqual(['identity → conditional', 'bucket-policy → conditional']);
    expect(answer.blockers.map(({ statement }) => statement?.path)).toEqual(['/Statement/1', '/Statement/0']);
  });

  test('that refuse together show behind one that refuses alone', () => {
    const answer = decision({
      caller: able(onlyVia('vpce-1')),
      bucket: bucket({
        policy: bucketPolicy(deny({ Principal: '*' }), { ...onlyVia('vpce-2'), Principal: '*' }),
      }),
    });
    expect(lifting(answer)).toEqual([
      'bucket-policy → denied',
      'identity → denied',
      'bucket-policy → denied',
    ]);
  });

  test('of several contradictions each stands when one is lifted', () => {
    const ids = Array.from({ length: 40 }, (_, id) => onlyVia(`vpce-${id}`));
    const answer = decision({ caller: able(...ids) });
    expect(new Set(lifting(answer))).toEqual(new Set(['identity → denied']));
    // The last two go together, then the two before them.
    const paths = answer.blockers.map(({ statement }) => statement?.path);
    expect([paths.length, ...paths.slice(0, 4)]).toEqual([
      40,
      ...[39, 40, 37, 38].map((id) => `/Statement/${id}`),
    ]);
  });

  test('of many that only all together refuse are all of them', () => {
    const apart = Array.from({ length: 30 }, (_, id) =>
      deny({ Condition: { StringLike: { 'aws:UserAgent': `a${id}-*` } } }),
    );
    const agents = Array.from({ length: 30 }, (_, id) => `a${id}-*`);
    const others = deny({ Condition: { StringNotLike: { 'aws:UserAgent': agents } } });
    const answer = decision({ caller: able(...apart, others, onlyFrom('10.0.0.0/8')) });
    expect(lifting(answer)).toEqual(Array.from({ length: 31 }, () => 'identity → conditional'));
  });

  test('of a conditional answer are the constraints that some request fails', () => {
    const answer = decision({ caller: able(), bucket: bucket({ policy: bucketPolicy(TLS_ONLY) }) });
    expect([answer.verdict, lifting(answer)]).toEqual(['conditional', ['bucket-policy → allowed']]);
    expect(answer.blockers[0]?.statement).toEqual({
      document: `${BUCKET}#policy`,
      layer: 'bucket-policy',
      effect: 'Deny',
      sid: null,
      path: '/Statement/0',
      attachedTo: `${BUCKET}#policy`,
    });
  });

  test('of an allowed request there are none', () => {
    expect(decision({ caller: able() }).blockers).toEqual([]);
  });

  test('stand once for a statement that refuses several parts of a request', () => {
    const key = kmsKey({ policy: keyPolicy(allow({ Principal: { AWS: ROLE } })) });
    const encrypted = bucket({ encryption: seen({ kind: 'kms', key, bucketKey: false }) });
    const answer = decision({ caller: able(deny({ Action: ['s3:*', 'kms:*'] })), bucket: encrypted });
    expect(blockersOf(answer)).toEqual(['identity!', 'kms:kms-identity!']);
  });
});

describe('a decision', () => {
  test('without conditions does not change under any context', () => {
    const contexts: readonly S3Question['context'][] = [
      { 'aws:SecureTransport': ['false'] },
      { 'aws:SourceIp': ['10.0.0.1'], 'aws:MultiFactorAuthPresent': null },
      { 'aws:SourceVpce': ['vpce-1'], 's3:prefix': [] },
    ];
    for (const context of contexts) {
      expect(decision({ caller: able(), context }).verdict).toBe('allowed');
      expect(decision({ caller: able(deny()), context }).verdict).toBe('denied');
    }
  });

  test('shows a whole request that is allowed', () => {
    expect(decision({ caller: able() }).witness).toEqual({
      key: ['example-object'],
      'session-name': ['example-session'],
      'aws:SecureTransport': ['true'],
      'aws:ViaAWSService': ['false'],
      'aws:MultiFactorAuthPresent': ['false'],
      'aws:TokenIssueTime': ['2026-01-01T00:00:00Z'],
    });
  });

  test('shows with an endpoint all that comes with it', () => {
    const { witness } = decision({ caller: able(onlyVia('vpce-1')) });
    expect(witness).toMatchObject({
      'aws:SourceVpce': ['vpce-1'],
      'aws:SourceVpc': [expect.any(String)],
      'aws:VpcSourceIp': [expect.any(String)],
    });
    expect(witness).not.toHaveProperty('aws:SourceIp');
  });

  test('shows an object of those asked about', () => {
    const answer = decision({ caller: able(), objects: { kind: 'like', pattern: 'raw/*.csv' } });
    expect(answer.witness?.['key']).toEqual(['raw/x.csv']);
    expect(decision({ caller: able(deny()) }).witness).toBeNull();
  });

  test('names the statements that grant, each once', () => {
    const answer = decision({
      caller: able(allow({ Sid: 'Again' })),
      bucket: bucket({ policy: bucketPolicy(allow({ Principal: '*' })) }),
    });
    expect(answer.grantedBy.map(({ layer, path, sid }) => [layer, path, sid])).toEqual([
      ['identity', '/Statement/0', null],
      ['identity', '/Statement/1', 'Again'],
      ['bucket-policy', '/Statement/0', null],
    ]);
  });

  test('lists every layer in its order, and what each says by itself', () => {
    const answer = decision({
      caller: caller(ROLE, {
        identity: identity(allow(), onlyVia('vpce-1')),
        scps: [node('r', allow()), node('ou-1')],
        boundary: identity(allow(), deny()),
      }),
      bucket: bucket({ policy: hidden(`${BUCKET}#policy`) }),
    });
    expect(answer.layers.map(({ leg, layer, outcome }) => `${leg} ${layer} ${outcome}`)).toEqual([
      's3 account-state not-applicable',
      's3 scp implicitly-denied',
      's3 rcp not-applicable',
      's3 identity conditional',
      's3 boundary explicitly-denied',
      's3 session not-applicable',
      's3 bucket-policy unknown',
      's3 acl not-applicable',
      's3 block-public-access allowed',
      's3 vpc-endpoint not-applicable',
      's3 requester-pays not-applicable',
    ]);
    expect(answer.layers.find(({ layer }) => layer === 'scp')?.note).toBe('no Allow at ou-1');
  });

  test('states what it takes for granted', () => {
    expect(decision({ caller: able() }).assumptions).toEqual([
      'no session policy',
      'no session tags',
      'not through an access point',
      'a VPC endpoint on the way, if any, lets the request pass',
      'object encrypted with the bucket default',
    ]);
    const listing = decision({
      caller: caller(USER),
      action: 's3:ListBucket',
      objects: { kind: 'bucket' },
      via: { ...ANYWHERE, internet: true },
    });
    expect(listing.assumptions).toEqual(['not through an access point']);
  });

  test('of an organization reads its keys, and knows who is outside one', () => {
    const inOrg = { ...account(OWNER), organization: seen({ id: 'o-x', path: 'o-x/r-1/' }) };
    const policy = bucketPolicy(
      deny({ Principal: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-x' } } }),
      allow({ Principal: '*' }),
    );
    const ask = (text: string, over: Partial<S3Question['caller']>): string =>
      decision({ caller: caller(text, { identity: identity(allow()), ...over }), bucket: bucket({ policy }) })
        .verdict;
    expect(ask(ROLE, { account: inOrg })).toBe('allowed');
    expect(ask(FAR_ROLE, {})).toBe('denied');
    expect(ask(ROLE, { account: { ...inOrg, organization: unreadable('AccessDenied') } })).toBe('unknown');
  });

  test("about a bucket's tags waits for attribute-based access control (semantics.md C.11)", () => {
    const tagged = {
      caller: caller(ROLE, {
        identity: identity(allow({ Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })),
      }),
    };
    const tags = seen(new Map([['a', 'b']]));
    expect(decision({ ...tagged, bucket: bucket({ tags }) }).verdict).toBe('denied');
    expect(decision({ ...tagged, bucket: bucket({ tags, abacEnabled: seen(true) }) }).verdict).toBe(
      'allowed',
    );
    expect(
      decision({ ...tagged, bucket: bucket({ tags, abacEnabled: unreadable('AccessDenied') }) }).verdict,
    ).toBe('unknown');
    expect(decision({ ...tagged, bucket: bucket({ tags, abacEnabled: absent() }) }).verdict).toBe('denied');
  });
});

describe('access without its explanation', () => {
  test('is the same answer', () => {
    const questions = [
      question({ caller: able() }),
      question({ caller: able(onlyVia('vpce-1')) }),
      question({ caller: caller(ROLE, { identity: [hidden('h')] }) }),
    ];
    for (const one of questions) {
      const { verdict, condition, conditionText, grantedBy, keys, missing } = decision(one);
      expect(accessS3(one)).toEqual({ verdict, condition, conditionText, grantedBy, keys, missing });
    }
  });

  test('is nothing where access is denied', () => {
    expect(accessS3(question())).toBeUndefined();
  });
});

test('the anonymous caller of an open bucket needs no identity, and passes no identity layer', () => {
  const answer = decision({
    caller: caller('anonymous'),
    bucket: bucket({ policy: document('d', 'resource', allow({ Principal: '*' })) }),
  });
  expect(answer.verdict).toBe('allowed');
  expect(answer.layers.find(({ layer }) => layer === 'identity')?.outcome).toBe('not-applicable');
});
