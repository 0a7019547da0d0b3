import fc from 'fast-check';
import { seen, type Verdict } from '@denyscope/model';
import type { S3Question } from './index.ts';
import {
  allow,
  bucket,
  BUCKET,
  bucketPolicy,
  caller,
  closedVerdict,
  decision,
  FAR_ROLE,
  hidden,
  identity,
  keyPolicy,
  kmsKey,
  node,
  OTHER,
  principalOf,
  ROLE,
  SESSION,
  USER,
  type StatementText,
} from './question.fixture.ts';

const CONDITIONS: readonly unknown[] = [
  undefined,
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { StringEquals: { 'aws:SourceVpce': ['vpce-1', 'vpce-2'] } },
  { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { Null: { 'aws:SourceVpc': 'true' } },
  { StringLike: { 'aws:userid': '*:jane' } },
  { StringLike: { 'aws:Referer': 'https://${aws:userid}/*' } },
  { NumericLessThan: { 's3:TlsVersion': '1.2' } },
];

const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    Action: fc.constantFrom('s3:*', 's3:Get*', '*', 's3:PutObject', 'kms:*'),
    Resource: fc.constantFrom('*', `${BUCKET}/*`, `${BUCKET}/raw/*`, `${BUCKET}/\${aws:userid}/*`, BUCKET),
    Condition: fc.constantFrom(...CONDITIONS),
  })
  .map((fields): StatementText =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  );
const statements = fc.array(statement, { maxLength: 4 });
const named = fc
  .tuple(
    statement,
    fc.constantFrom<unknown>('*', { AWS: ROLE }, { AWS: OTHER }, { AWS: SESSION }, { AWS: USER }),
  )
  .map(([text, Principal]): StatementText => ({ ...text, Principal }));
const namedStatements = fc.array(named, { maxLength: 3 });

interface World {
  readonly who: string;
  readonly own: readonly StatementText[];
  readonly boundary: readonly StatementText[] | undefined;
  readonly scp: readonly StatementText[] | undefined;
  readonly onBucket: readonly StatementText[];
  readonly onKey: readonly StatementText[] | undefined;
}

const world: fc.Arbitrary<World> = fc.record({
  who: fc.constantFrom(ROLE, SESSION, USER, FAR_ROLE),
  own: statements,
  boundary: fc.option(statements, { nil: undefined, freq: 1 }),
  scp: fc.option(statements, { nil: undefined, freq: 1 }),
  onBucket: namedStatements,
  onKey: fc.option(namedStatements, { nil: undefined, freq: 1 }),
});

function questionOf({ who, own, boundary, scp, onBucket, onKey }: World): Partial<S3Question> {
  const key = onKey && kmsKey({ policy: keyPolicy(...onKey) });
  return {
    caller: caller(who, {
      identity: identity(...own),
      boundary: boundary && identity(...boundary),
      scps: scp && [node('r', allow({ Action: '*' })), node('a', ...scp)],
    }),
    bucket: bucket({
      policy: bucketPolicy(...onBucket),
      encryption: seen(key ? { kind: 'kms', key, bucketKey: false } : { kind: 'sse-s3' }),
    }),
  };
}

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, unknown: 1, conditional: 1, allowed: 2 };

test('the order and the duplicates of statements do not matter', () => {
  fc.assert(
    fc.property(world, (given) => {
      const shuffled = (list: readonly StatementText[]): readonly StatementText[] => [
        ...list.toReversed(),
        ...list,
      ];
      const before = decision(questionOf(given));
      const after = decision(
        questionOf({ ...given, own: shuffled(given.own), onBucket: shuffled(given.onBucket) }),
      );
      expect(after.verdict).toBe(before.verdict);
    }),
    { numRuns: 200 },
  );
});

function withoutPrincipal(text: StatementText): StatementText {
  return Object.fromEntries(Object.entries(text).filter(([name]) => name !== 'Principal'));
}

test('adding a Deny never adds access', () => {
  fc.assert(
    fc.property(world, named, (given, text) => {
      const unnamed = { ...withoutPrincipal(text), Effect: 'Deny' };
      const before = decision(questionOf(given)).verdict;
      const own = decision(questionOf({ ...given, own: [...given.own, unnamed] })).verdict;
      const onBucket = decision(
        questionOf({ ...given, onBucket: [...given.onBucket, { ...text, Effect: 'Deny' }] }),
      ).verdict;
      expect(RANK[own]).toBeLessThanOrEqual(RANK[before]);
      expect(RANK[onBucket]).toBeLessThanOrEqual(RANK[before]);
    }),
    { numRuns: 200 },
  );
});

test('adding an Allow never takes access away', () => {
  fc.assert(
    fc.property(world, statement, (given, text) => {
      const before = decision(questionOf(given)).verdict;
      const after = decision(
        questionOf({ ...given, own: [...given.own, { ...text, Effect: 'Allow' }] }),
      ).verdict;
      expect(RANK[after]).toBeGreaterThanOrEqual(RANK[before]);
    }),
    { numRuns: 200 },
  );
});

/** Requests that can be: through an endpoint without a public address, or from one. */
const contexts: fc.Arbitrary<Readonly<Record<string, readonly string[] | null>>> = fc
  .record({
    network: fc.constantFrom<Readonly<Record<string, readonly string[] | null>>>(
      { 'aws:SourceVpce': ['vpce-1'], 'aws:SourceVpc': ['vpc-1'], 'aws:SourceIp': null },
      { 'aws:SourceIp': ['203.0.113.9'], 'aws:SourceVpce': null, 'aws:SourceVpc': null },
      { 'aws:SourceIp': ['198.51.100.1'], 'aws:SourceVpce': null, 'aws:SourceVpc': null },
    ),
    tls: fc.constantFrom(['true'], ['false']),
    mfa: fc.constantFrom(['true'], ['false']),
    version: fc.constantFrom(['1.1'], ['1.3']),
    referer: fc.constantFrom(null, ['https://x']),
  })
  .map(({ network, tls, mfa, version, referer }) => ({
    ...network,
    'aws:SecureTransport': tls,
    'aws:MultiFactorAuthPresent': mfa,
    's3:TlsVersion': version,
    'aws:Referer': referer,
  }));

test('a decision without conditions does not change under any context', () => {
  fc.assert(
    fc.property(world, contexts, (given, context) => {
      const open = decision(questionOf(given)).verdict;
      if (open !== 'allowed' && open !== 'denied') return;
      expect(decision({ ...questionOf(given), context }).verdict).toBe(open);
    }),
    { numRuns: 400 },
  );
});

test('a witness is a request that is allowed', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { verdict, witness } = decision(questionOf(given));
      if (verdict === 'denied' || !witness) return;
      const { key, 'session-name': session, ...context } = witness;
      const isRole = given.who === ROLE || given.who === FAR_ROLE;
      const who = isRole
        ? given.who.replace(/:iam::(\d+):role/, ':sts::$1:assumed-role') + `/${session?.[0] ?? ''}`
        : given.who;
      const absent = [
        'aws:SourceIp',
        'aws:SourceVpce',
        'aws:SourceVpc',
        'aws:VpcSourceIp',
        'aws:Referer',
        's3:TlsVersion',
        'aws:MultiFactorAuthPresent',
      ];
      const closed = { ...Object.fromEntries(absent.map((name) => [name, null])), ...context };
      const asked = questionOf({ ...given, who });
      const answer = decision({ ...asked, objects: { kind: 'key', key: key?.[0] ?? 'k' }, context: closed });
      expect(answer.verdict).toBe('allowed');
    }),
    { numRuns: 400 },
  );
});

test('unknown lies between what the missing document could make of it', () => {
  fc.assert(
    fc.property(world, (given) => {
      const asked = questionOf(given);
      const { caller: who } = asked;
      if (!who) return;
      const without = decision(asked).verdict;
      const answer = decision({ ...asked, caller: { ...who, identity: [...who.identity, hidden('h')] } });
      if (answer.verdict !== 'unknown')
        expect(answer.verdict === 'denied' || answer.verdict === 'conditional').toBe(true);
      expect(RANK[answer.bounds?.worst ?? 'denied']).toBeLessThanOrEqual(RANK[without]);
      if (answer.bounds) expect(RANK[answer.bounds.best]).toBeGreaterThanOrEqual(RANK[answer.bounds.worst]);
    }),
    { numRuns: 200 },
  );
});

test('a closed request is never conditional', () => {
  fc.assert(
    fc.property(statements, namedStatements, contexts, (own, onBucket, context) => {
      const given = Object.fromEntries(
        Object.entries(context).flatMap(([key, values]) => (values ? [[key, values]] : [])),
      );
      const verdict = closedVerdict({
        principal: principalOf(SESSION),
        identity: identity(...own),
        resourcePolicy: bucketPolicy(...onBucket),
        context: given,
      });
      expect(['allowed', 'denied']).toContain(verdict);
    }),
    { numRuns: 300 },
  );
});
