import type { ClosedQuestion, PolicySource } from '../index.ts';
import { seen } from '@denyscope/model';
import { compilePolicy, decideClosed, verdictClosed } from '../index.ts';
import {
  allow,
  blockersOf,
  BUCKET,
  bucketPolicy,
  closedQuestion,
  closedVerdict,
  deny,
  document,
  FAR_ROLE,
  FAR_ROOT,
  FEDERATED,
  identity,
  KEY,
  keyPolicy,
  node,
  OTHER,
  OWNER,
  principalOf,
  ROLE,
  ROOT,
  SESSION,
  USER,
} from '../question.fixture.ts';

/** A layer that allows, is there and silent, or is not there. */
type Layer = 'allow' | 'silent' | 'none';

function layer(state: Layer): readonly PolicySource[] | undefined {
  return state === 'none' ? undefined : identity(...(state === 'allow' ? [allow()] : []));
}

interface Row {
  readonly caller: string;
  readonly named?: unknown;
  readonly identity?: Layer;
  readonly boundary?: Layer;
  readonly session?: Layer;
  readonly owner?: string;
}

function rowQuestion(row: Row): ClosedQuestion {
  return closedQuestion({
    principal: principalOf(row.caller),
    resourceAccountId: row.owner ?? OWNER,
    identity: layer(row.identity ?? 'none') ?? [],
    boundary: layer(row.boundary ?? 'none'),
    session: layer(row.session ?? 'none'),
    resourcePolicy: row.named === undefined ? undefined : bucketPolicy(allow({ Principal: row.named })),
  });
}

function answerOf(row: Row): string {
  const decision = decideClosed(rowQuestion(row));
  expect(verdictClosed(rowQuestion(row))).toBe(decision.verdict);
  return decision.verdict === 'allowed' ? 'allowed' : `denied: ${blockersOf(decision).join(' ')}`;
}

describe('same account (semantics.md B.4)', () => {
  // prettier-ignore
  test.each<readonly [string, Row, string]>([
    ['a user that the bucket names needs no identity policy', { caller: USER, named: { AWS: USER } }, 'allowed'],
    ['… and no boundary limits that grant', { caller: USER, named: { AWS: USER }, boundary: 'silent' }, 'allowed'],
    ['… nor one to everyone', { caller: USER, named: '*', boundary: 'silent' }, 'allowed'],
    ['a user whose account is named needs its own Allow', { caller: USER, named: { AWS: ROOT } }, 'denied: identity'],
    ['a user with an Allow is limited by its boundary', { caller: USER, identity: 'allow', boundary: 'silent' }, 'denied: boundary'],
    ['a role that the bucket names needs no identity policy', { caller: ROLE, named: { AWS: ROLE } }, 'allowed'],
    ['… within a boundary and session policy that allow', { caller: ROLE, named: { AWS: ROLE }, boundary: 'allow', session: 'allow' }, 'allowed'],
    ['… but its boundary limits', { caller: ROLE, named: { AWS: ROLE }, identity: 'allow', boundary: 'silent' }, 'denied: boundary'],
    ['… and its session policy limits', { caller: SESSION, named: { AWS: ROLE }, identity: 'allow', session: 'silent' }, 'denied: session'],
    ['an exact session is not limited (I.1)', { caller: SESSION, named: { AWS: SESSION }, boundary: 'silent', session: 'silent' }, 'allowed'],
    ['nor is a role let in as everyone', { caller: SESSION, named: '*', boundary: 'silent', session: 'silent' }, 'allowed'],
    ['a role whose account is named uses its own Allow', { caller: ROLE, named: { AWS: OWNER }, identity: 'allow' }, 'allowed'],
    ['a role with an Allow needs no bucket policy', { caller: ROLE, identity: 'allow' }, 'allowed'],
    ['a role with nothing', { caller: ROLE }, 'denied: identity'],
    ['a federated session that the bucket names', { caller: FEDERATED, named: { AWS: FEDERATED }, boundary: 'silent', session: 'silent' }, 'allowed'],
    ['a federated session whose user is named is limited', { caller: FEDERATED, named: { AWS: USER }, session: 'silent' }, 'denied: session'],
    ['a federated session without a session policy gets nothing', { caller: FEDERATED, identity: 'allow' }, 'denied: session'],
    ['a federated session with one that allows', { caller: FEDERATED, identity: 'allow', session: 'allow' }, 'allowed'],
    ['the root user needs nobody', { caller: ROOT }, 'allowed'],
    ['a boundary and an Allow meet', { caller: ROLE, identity: 'allow', boundary: 'allow', session: 'allow' }, 'allowed'],
  ])('%s', (_, row, expected) => {
    expect(answerOf(row)).toBe(expected);
  });
});

describe('across accounts (semantics.md B.5)', () => {
  // prettier-ignore
  test.each<readonly [string, Row, string]>([
    ['both sides allow', { caller: FAR_ROLE, named: { AWS: FAR_ROLE }, identity: 'allow' }, 'allowed'],
    ['the account is named', { caller: FAR_ROLE, named: { AWS: OTHER }, identity: 'allow' }, 'allowed'],
    ['everyone is named', { caller: FAR_ROLE, named: '*', identity: 'allow' }, 'allowed'],
    ['the bucket is silent', { caller: FAR_ROLE, identity: 'allow' }, 'denied: bucket-policy'],
    ["the caller's account is silent", { caller: FAR_ROLE, named: { AWS: FAR_ROLE } }, 'denied: identity'],
    ["everyone is named, the caller's account is silent", { caller: FAR_ROLE, named: '*' }, 'denied: identity'],
    ['naming everyone lifts no boundary', { caller: FAR_ROLE, named: '*', identity: 'allow', boundary: 'silent' }, 'denied: boundary'],
    ['both are silent', { caller: FAR_ROLE }, 'denied: identity bucket-policy'],
    ['a root user needs no identity policy', { caller: FAR_ROOT, named: { AWS: OTHER } }, 'allowed'],
    ['a root user needs the bucket', { caller: FAR_ROOT }, 'denied: bucket-policy'],
  ])('%s', (_, row, expected) => {
    expect(answerOf(row)).toBe(expected);
  });

  test.each(['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'])(
    '%s ends at the border',
    (action) => {
      const over = {
        action,
        resource: BUCKET,
        principal: principalOf(FAR_ROLE),
        identity: identity(allow()),
      };
      expect(closedVerdict({ ...over, resourcePolicy: bucketPolicy(allow({ Principal: '*' })) })).toBe(
        'denied',
      );
    },
  );
});

describe('callers without an account (semantics.md B.6)', () => {
  // prettier-ignore
  test.each<readonly [string, Row, string]>([
    ['anonymous callers need a grant to everyone', { caller: 'anonymous', named: '*' }, 'allowed'],
    ['anonymous callers are of no account', { caller: 'anonymous', named: { AWS: OWNER } }, 'denied: bucket-policy'],
    ['a service that is named', { caller: 'logs.amazonaws.com', named: { Service: 'logs.amazonaws.com' } }, 'allowed'],
    ['a service has no identity policy', { caller: 'logs.amazonaws.com', identity: 'allow' }, 'denied: bucket-policy'],
  ])('%s', (_, row, expected) => {
    expect(answerOf(row)).toBe(expected);
  });

  test("the owner's root user can mend a bucket policy that denies it, and nobody else can", () => {
    const over = {
      action: 's3:PutBucketPolicy',
      resource: BUCKET,
      resourcePolicy: bucketPolicy(deny({ Principal: '*' })),
    };
    expect(closedVerdict({ ...over, principal: principalOf(ROOT) })).toBe('allowed');
    expect(closedVerdict({ ...over, principal: principalOf(ROLE), identity: identity(allow()) })).toBe(
      'denied',
    );
    expect(closedVerdict({ ...over, action: 's3:GetObject', principal: principalOf(ROOT) })).toBe('denied');
  });
});

describe('an explicit Deny of any layer wins', () => {
  const everywhere = {
    identity: identity(allow()),
    boundary: identity(allow()),
    session: identity(allow()),
    scps: [node('r', allow()), node('a', allow())],
    rcps: [node('r', allow({ Principal: '*' }))],
    endpoint: [document('endpoint', 'endpoint', allow({ Principal: '*' }))],
    resourcePolicy: bucketPolicy(allow({ Principal: '*' })),
  } satisfies Partial<ClosedQuestion>;
  const denyAll = deny({ Principal: '*' });

  test('where nothing denies, it is allowed', () => {
    expect(closedVerdict(everywhere)).toBe('allowed');
  });

  test.each<readonly [string, Partial<ClosedQuestion>]>([
    ['identity!', { identity: identity(allow(), deny()) }],
    ['boundary!', { boundary: identity(allow(), deny()) }],
    ['session!', { session: identity(allow(), deny()) }],
    ['scp!', { scps: [node('r', allow()), node('a', allow(), deny())] }],
    ['rcp!', { rcps: [node('r', allow({ Principal: '*' }), denyAll)] }],
    ['vpc-endpoint!', { endpoint: [document('e', 'endpoint', allow({ Principal: '*' }), denyAll)] }],
    ['bucket-policy!', { resourcePolicy: bucketPolicy(allow({ Principal: '*' }), denyAll) }],
  ])('%s', (blocker, over) => {
    expect(blockersOf(decideClosed(closedQuestion({ ...everywhere, ...over })))).toEqual([blocker]);
  });

  test.each<readonly [string, Partial<ClosedQuestion>]>([
    ['scp', { scps: [node('r', allow()), node('ou'), node('a', allow())] }],
    ['rcp', { rcps: [node('r')] }],
    ['vpc-endpoint', { endpoint: [document('e', 'endpoint')] }],
  ])('and so does the silence of a layer that must allow: %s', (blocker, over) => {
    expect(blockersOf(decideClosed(closedQuestion({ ...everywhere, ...over })))).toEqual([blocker]);
  });

  test('several endpoint policies are a union', () => {
    const endpoint = [document('e', 'endpoint'), document('f', 'endpoint', allow({ Principal: '*' }))];
    expect(closedVerdict({ ...everywhere, endpoint })).toBe('allowed');
  });
});

describe('keys must take part themselves (semantics.md B.4, D.4)', () => {
  const kms = { action: 'kms:Decrypt', resource: KEY } as const;
  const trusting = keyPolicy(allow({ Principal: { AWS: ROOT } }));

  // prettier-ignore
  test.each<readonly [string, Partial<ClosedQuestion>, string]>([
    ['an identity Allow alone is nothing', { identity: identity(allow()) }, 'denied'],
    ['the key trusts the account, and the caller has an Allow', { identity: identity(allow()), resourcePolicy: trusting }, 'allowed'],
    ['the key trusts the account, the caller has none', { resourcePolicy: trusting }, 'denied'],
    ['the key names the role', { resourcePolicy: keyPolicy(allow({ Principal: { AWS: ROLE } })) }, 'allowed'],
    ['the key trusts the account with other actions only', { identity: identity(allow()), resourcePolicy: keyPolicy(allow({ Principal: { AWS: ROOT }, Action: 'kms:Describe*' })) }, 'denied'],
    ['an identity Deny counts, delegated or not', { identity: identity(deny()), resourcePolicy: keyPolicy(allow({ Principal: { AWS: ROLE } })) }, 'denied'],
    ['not even the root user comes past its key', { principal: principalOf(ROOT) }, 'denied'],
    ['the root user of an account that is trusted', { principal: principalOf(ROOT), resourcePolicy: trusting }, 'allowed'],
    ['across accounts both sides allow', { principal: principalOf(FAR_ROLE), identity: identity(allow()), resourcePolicy: keyPolicy(allow({ Principal: { AWS: OTHER } })) }, 'allowed'],
    ['across accounts the key alone', { principal: principalOf(FAR_ROLE), resourcePolicy: keyPolicy(allow({ Principal: { AWS: FAR_ROLE } })) }, 'denied'],
  ])('%s', (_, over, expected) => {
    expect(closedVerdict({ ...kms, ...over })).toBe(expected);
  });

  test('administration of a key ends at the border', () => {
    const over = {
      action: 'kms:PutKeyPolicy',
      resource: KEY,
      principal: principalOf(FAR_ROLE),
      identity: identity(allow()),
    };
    expect(closedVerdict({ ...over, resourcePolicy: keyPolicy(allow({ Principal: '*' })) })).toBe('denied');
  });
});

describe("AWS's own test vectors (semantics.md B.7)", () => {
  const objects = { Resource: `${BUCKET}/*` };
  const orgOnly = {
    StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-x' },
    BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  };
  const rcps = [node('r', allow({ Principal: '*' }), deny({ Principal: '*', Condition: orgOnly }))];
  const outsideNetwork = deny({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } });
  const noMfa = (operator: string): Readonly<Record<string, unknown>> =>
    deny({ Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } } });
  const scps = [
    node('r', allow({ Action: '*' })),
    node('ou', allow({ Action: 's3:*' })),
    node('a', allow({ Action: '*' })),
  ];
  const open = bucketPolicy(allow({ Principal: '*' }));

  // prettier-ignore
  test.each<readonly [string, Partial<ClosedQuestion>, string]>([
    ['1', { identity: identity(allow({ Action: 's3:GetObject', ...objects })) }, 'allowed'],
    ['2', { identity: identity(allow(objects)), resourceAccountId: OTHER }, 'denied: bucket-policy'],
    ['3', { resourcePolicy: bucketPolicy(allow({ Principal: { AWS: ROLE } })) }, 'allowed'],
    ['4', { principal: principalOf(FAR_ROLE), resourcePolicy: bucketPolicy(allow({ Principal: { AWS: FAR_ROLE } })) }, 'denied: identity'],
    ['5', { resourcePolicy: bucketPolicy(allow({ Principal: { AWS: OWNER } })) }, 'denied: identity'],
    ['6', { resourcePolicy: open }, 'allowed'],
    ['6 with a boundary', { resourcePolicy: open, boundary: identity(allow({ Action: 'ec2:*' })) }, 'allowed'],
    ['7', { resourcePolicy: bucketPolicy(allow({ Principal: { AWS: ROLE } })), boundary: identity(allow({ Action: 'ec2:*' })) }, 'denied: boundary'],
    ['8', { identity: identity(allow()), scps }, 'allowed'],
    ['8 for a key', { action: 'kms:Decrypt', resource: KEY, identity: identity(allow()), scps, resourcePolicy: keyPolicy(allow({ Principal: { AWS: ROOT } })) }, 'denied: kms:scp'],
    ['10, of the organization', { identity: identity(allow()), rcps, context: { 'aws:PrincipalOrgID': ['o-x'], 'aws:PrincipalIsAWSService': ['false'] } }, 'allowed'],
    ['10, an outsider', { principal: principalOf(FAR_ROLE), identity: identity(allow()), resourcePolicy: open, rcps, context: { 'aws:PrincipalOrgID': ['o-y'], 'aws:PrincipalIsAWSService': ['false'] } }, 'denied: rcp!'],
    ['10, CloudTrail', { principal: principalOf('cloudtrail.amazonaws.com'), resourcePolicy: open, rcps, context: { 'aws:PrincipalIsAWSService': ['true'] } }, 'allowed'],
    ['10, anonymous', { principal: principalOf('anonymous'), resourcePolicy: open, rcps }, 'denied: rcp!'],
    ['11', { identity: identity(allow(), outsideNetwork), context: { 'aws:SourceVpce': ['vpce-1'] } }, 'denied: identity!'],
    ['12', { identity: identity(allow({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } })), context: { 'aws:SourceVpce': ['vpce-1'] } }, 'denied: identity'],
    ['13, long-term key', { identity: identity(allow(), noMfa('Bool')) }, 'allowed'],
    ['13, role session', { identity: identity(allow(), noMfa('Bool')), context: { 'aws:MultiFactorAuthPresent': ['false'] } }, 'denied: identity!'],
    ['14', { identity: identity(allow(), noMfa('BoolIfExists')) }, 'denied: identity!'],
    ['15', { action: 's3:ListBucket', resource: BUCKET, identity: identity(allow({ Condition: { StringEquals: { 's3:prefix': 'home/*' } } })), context: { 's3:prefix': ['home/x'] } }, 'denied: identity'],
    ['16', { action: 's3:PutObject', identity: identity(allow(), deny({ Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } } })) }, 'denied: identity!'],
    ['17', { resourcePolicy: bucketPolicy(allow({ Principal: { AWS: 'AROAEXAMPLEEXAMPLE' } })) }, 'denied: identity'],
    ['19, another account', { principal: principalOf(FAR_ROLE), identity: identity(allow()), restrictPublicBuckets: true, resourcePolicy: bucketPolicy(allow({ Principal: '*' }), allow({ Principal: { AWS: OTHER } })) }, 'denied: block-public-access!'],
    ['19, the own role', { identity: identity(allow()), restrictPublicBuckets: true, resourcePolicy: open }, 'allowed'],
  ])('%s', (_, over, expected) => {
    const decision = decideClosed(closedQuestion(over));
    const answer = decision.verdict === 'allowed' ? 'allowed' : `denied: ${blockersOf(decision).join(' ')}`;
    expect(answer).toBe(expected);
  });

  test.each([
    ['2012-10-17', `${BUCKET}/jane`, 'allowed'],
    ['2008-10-17', `${BUCKET}/jane`, 'denied'],
    ['2008-10-17', `${BUCKET}/\${aws:username}`, 'allowed'],
    [undefined, `${BUCKET}/jane`, 'denied'],
  ])('18: under version %s a variable in a resource covers %s: %s', (version, resource, expected) => {
    const statement = allow({ Resource: `${BUCKET}/\${aws:username}` });
    const policy = compilePolicy(JSON.stringify({ Version: version, Statement: statement }), 'identity');
    const source = { document: 'd', attachedTo: 'd', policy: seen(policy) };
    expect(closedVerdict({ resource, identity: [source], context: { 'aws:username': ['jane'] } })).toBe(
      expected,
    );
  });
});

test('the tags of a bucket are no condition keys without attribute-based access control (C.11)', () => {
  const tagged = {
    identity: identity(allow({ Condition: { StringEquals: { 'aws:ResourceTag/a': 'b' } } })),
    context: { 'aws:ResourceTag/a': ['b'] },
  };
  expect(closedVerdict(tagged)).toBe('denied');
  expect(closedVerdict({ ...tagged, bucketAbacEnabled: true })).toBe('allowed');
});
