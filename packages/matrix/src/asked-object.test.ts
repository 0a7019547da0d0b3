import type { ExplainRequest } from '@denyscope/model';
import { whoCan } from './index.ts';
import {
  FAR_ROLE,
  KEY,
  OTHER,
  OWN,
  OWNER,
  ROLE,
  SCAN,
  allow,
  answerOf,
  bucket,
  encrypted,
  estate,
  key,
  policy,
  problemOf,
  role,
  shared,
} from './small-world.fixture.ts';

describe('what the asker says of the object', () => {
  const object = (said: NonNullable<ExplainRequest['object']>) => ({ object: said });
  const CANONICAL = 'c'.repeat(64);

  test('names its owner by account or by canonical user id', () => {
    const known = [
      ...OWN,
      { kind: 'account', data: { Id: OTHER, CanonicalUserId: CANONICAL } },
      { kind: 'account', data: { Id: OWNER, CanonicalUserId: 'd'.repeat(64) } },
    ];
    expect(answerOf(known, object({ owner: OTHER })).verdict).toBe('denied');
    expect(answerOf(known, object({ owner: CANONICAL })).verdict).toBe('denied');
    expect(answerOf(known, object({ owner: 'd'.repeat(64) })).verdict).toBe('allowed');
    expect(answerOf(known, object({ owner: 'e'.repeat(64) })).blockers).toMatchObject([
      { layer: 'ownership' },
    ]);
  });

  test('is refused where it says nothing that can be looked up', () => {
    expect(problemOf(OWN, object({ owner: CANONICAL }))).toBe(
      `object: /owner: whose canonical user id \`${CANONICAL}\` is, this scan does not know: give the account's id`,
    );
    const grants = [{ Grantee: { Type: 'AmazonCustomerByEmail' }, Permission: 'READ' }];
    expect(problemOf(OWN, object({ grants }))).toBe('object: /grants/0/Grantee: expected ID or URI');
  });

  test('holds its lock and its encryption', () => {
    const locked = [
      role(OWNER, 's3:*'),
      bucket({ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }),
    ];
    const held = { ...object({ lock: { legalHold: true } }), action: 's3:DeleteObjectVersion' };
    expect(answerOf(locked, held).blockers).toMatchObject([{ layer: 'object-lock' }]);
    const kms = object({
      encryption: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY, BucketKeyEnabled: true },
    });
    const withKey = [role(OWNER, 's3:*'), bucket(), key()];
    expect(answerOf(withKey, kms).blockers).toMatchObject([{ leg: 'kms', layer: 'kms-identity' }]);
    expect(
      answerOf(withKey, object({ encryption: { SSEAlgorithm: 'AES256' } })).assumptions.join(),
    ).not.toContain('encrypted');
  });
});

describe('session policies of the question', () => {
  const given = (statement: unknown) => ({
    sessionPolicies: [{ name: 'inline', policy: { Version: '2012-10-17', Statement: [statement] } }],
  });

  test('limit the session, and are cited by name', () => {
    expect(answerOf(OWN, given(allow('ec2:*'))).blockers).toMatchObject([
      { layer: 'session', statement: null },
    ]);
    const denied = answerOf(OWN, given({ ...allow('s3:*'), Effect: 'Deny', Sid: 'no' }));
    expect(denied.blockers[0]?.statement).toMatchObject({ document: `${ROLE}#session/inline`, sid: 'no' });
    expect(answerOf(OWN, given(allow('s3:*'))).assumptions).not.toContain('no session policy');
    expect(answerOf(OWN, { sessionPolicies: [] }).assumptions).toContain('no session policy');
  });

  test('may be text', () => {
    const text = JSON.stringify(policy(allow('s3:*')));
    expect(answerOf(OWN, { sessionPolicies: [{ name: 't', policy: text }] }).verdict).toBe('allowed');
  });

  test.each([
    [
      { name: 'x', policy: { Statement: [{ Effect: 'Maybe', Action: '*', Resource: '*' }] } },
      '/0/policy/Statement/0/Effect: ',
    ],
    [{ name: 'x', policy: 'not JSON' }, '/0/policy'],
    [{ name: 'x', policy: undefined }, '/0/policy: expected an object'],
  ])('that do not parse are refused with the place: %j', (given_, message) => {
    expect(problemOf(OWN, { sessionPolicies: [given_] })).toContain(`sessionPolicies: ${message}`);
  });

  test('come with sessions alone', () => {
    const principal = `arn:aws:iam::${OWNER}:root`;
    expect(problemOf(OWN, { ...given(allow('s3:*')), principal })).toContain('has no session');
  });
});

describe('a multipart upload', () => {
  const LIMITED = [role(OWNER, 's3:*', 'kms:GenerateDataKey'), bucket(encrypted(KEY)), key()];

  test('is asked for by its operation, which the answer repeats', () => {
    const put = { action: 's3:PutObject' } as const;
    expect(answerOf(LIMITED, put)).not.toHaveProperty('operation');
    expect(answerOf(LIMITED, put).verdict).toBe('allowed');
    expect(answerOf(LIMITED, { ...put, operation: 'multipart' })).toMatchObject({
      operation: 'multipart',
      verdict: 'denied',
    });
    expect(problemOf(LIMITED, { operation: 'multipart' })).toBe(
      'operation: s3:GetObject is no multipart upload: only s3:PutObject is',
    );
  });

  test('is a second row of who can write, where the writer may decrypt too', () => {
    const usesOf = (lines: readonly object[], query: object) => {
      const found = whoCan(estate(lines), { bucket: 'data', ...query }, SCAN);
      if (!found.ok) throw new Error(found.problem.message);
      return found.answer.principals.map(({ action, operation, principal }) => [
        principal,
        action,
        operation,
      ]);
    };
    const root = `arn:aws:iam::${OWNER}:root`;
    expect(usesOf(LIMITED, { access: 'write' })).toEqual([
      [ROLE, 's3:PutObject', undefined],
      [root, 's3:PutObject', undefined],
      [root, 's3:PutObject', 'multipart'],
    ]);
    const able = [role(OWNER, 's3:*', 'kms:*'), bucket(encrypted(KEY)), key()];
    expect(usesOf(able, { access: 'write' })).toContainEqual([ROLE, 's3:PutObject', 'multipart']);
    expect(usesOf(able, { action: 's3:PutObject' }).map(([, , operation]) => operation)).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('has a place of its own between two pages', () => {
    const lines = [role(OWNER, 's3:*', 'kms:*'), bucket()];
    const uses: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = whoCan(estate(lines), { bucket: 'data', access: 'write', limit: 1, cursor }, SCAN);
      if (!page.ok) throw new Error(page.problem.message);
      uses.push(
        ...page.answer.principals.map(
          ({ principal, operation }) => `${principal} ${operation ?? 'one part'}`,
        ),
      );
      cursor = page.answer.next ?? undefined;
    } while (cursor !== undefined);
    const root = `arn:aws:iam::${OWNER}:root`;
    expect(uses).toEqual([`${ROLE} one part`, `${ROLE} multipart`, `${root} one part`, `${root} multipart`]);
  });
});

describe('callers', () => {
  test('a session has the policies of its role, whatever the path', () => {
    const principal = `arn:aws:sts::${OWNER}:assumed-role/app/jane`;
    expect(answerOf(OWN, { principal }).verdict).toBe('allowed');
  });

  test('a federated session of a user that nobody knows is unknown, not wrong', () => {
    const principal = `arn:aws:sts::${OWNER}:federated-user/jane`;
    const sessionPolicies = [{ name: 's', policy: policy(allow('s3:*')) }];
    expect(answerOf(OWN, { principal, sessionPolicies }).verdict).toBe('unknown');
    expect(answerOf(OWN, { principal }).blockers).toMatchObject([{ layer: 'session' }]);
  });

  test('a role of an account that was not scanned is unknown, by name', () => {
    const { verdict, missing } = answerOf([bucket(shared)], { principal: FAR_ROLE });
    expect(verdict).toBe('unknown');
    expect(missing.map(({ document }) => document)).toContain(`identity-based policies of ${FAR_ROLE}`);
  });

  test('a service-linked role is under no SCP, even where it was not scanned', () => {
    const organization = [
      {
        kind: 'organization',
        data: { Id: 'o-1', MasterAccountId: '999999999999', EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY'] },
      },
      { kind: 'root', data: { Id: 'r-1' } },
      { kind: 'account', data: { Id: OTHER, ParentId: 'r-1' } },
    ];
    const named = (principal: string) => [
      bucket({ Policy: policy(allow('s3:*', { Principal: { AWS: principal } })) }),
      ...organization,
    ];
    const rowOf = (principal: string) =>
      answerOf(named(principal), { principal }).layers.find(({ layer }) => layer === 'scp')?.outcome;
    expect(rowOf(`arn:aws:iam::${OTHER}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`)).toBe(
      'not-applicable',
    );
    expect(rowOf(FAR_ROLE)).toBe('unknown');
  });
});
