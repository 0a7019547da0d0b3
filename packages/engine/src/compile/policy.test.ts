import fc from 'fast-check';
import { seen } from '@denyscope/model';
import { decideClosed, decideS3, isPublicPolicy } from '../index.ts';
import {
  allow,
  closedQuestion,
  closedVerdict,
  identity,
  question,
  caller,
  ROLE,
} from '../question.fixture.ts';
import type { PolicyType } from './document.ts';
import { compilePolicy, matchesAction } from './policy.ts';

const TYPES: readonly PolicyType[] = ['identity', 'resource', 'organization', 'endpoint', 'key', 'trust'];

/** Compiles the text, and asks all that is asked of a policy. */
function useWhole(text: string, type: PolicyType): void {
  const policy = compilePolicy(text, type);
  const source = { document: 'd', attachedTo: 'd', policy: seen(policy) };
  isPublicPolicy(policy);
  decideClosed(
    closedQuestion({ identity: [source], resourcePolicy: source, context: { 'aws:sourceip': ['10.0.0.1'] } }),
  );
  decideS3(question({ caller: caller(ROLE, { identity: [source] }) }));
}

const STRANGE = [
  '__proto__',
  'constructor',
  'toString',
  'aws:SourceIp',
  '*',
  '',
  '${',
  '10.0.0.0/99',
  'arn:',
  '١٢',
];
const WORDS = fc.constantFrom(
  ...STRANGE,
  'Allow',
  'Deny',
  'StringEquals',
  'Null',
  'ForAllValues:IpAddressIfExists',
);

const anyValue = fc.oneof(
  WORDS,
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
);
const conditions = fc.dictionary(
  fc.constantFrom(
    'StringEquals',
    'StringLike',
    'IpAddress',
    'NotIpAddress',
    'NumericLessThan',
    'NumericGreaterThan',
    'DateGreaterThan',
    'Bool',
    'BinaryEquals',
    'ArnNotLike',
    'ForAnyValue:StringNotLike',
    'ForAllValues:ArnLike',
    'Null',
    'x',
  ),
  fc.dictionary(
    fc.oneof(
      WORDS,
      fc.constantFrom(
        'aws:TokenIssueTime',
        's3:max-keys',
        'aws:PrincipalOrgPaths',
        'aws:TagKeys',
        'aws:Referer',
      ),
    ),
    fc.oneof(anyValue, fc.array(anyValue, { maxLength: 3 })),
    { maxKeys: 2 },
  ),
  { maxKeys: 2 },
);
const statement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Deny', 1),
    Action: fc.oneof(fc.constantFrom('*', 's3:*', ['s3:GetObject']), anyValue),
    NotAction: anyValue,
    Resource: fc.oneof(fc.constantFrom('*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b/${aws:Referer}'), anyValue),
    NotResource: anyValue,
    Principal: fc.oneof(fc.constantFrom('*', { AWS: '*' }), anyValue),
    NotPrincipal: anyValue,
    Condition: fc.oneof({ weight: 4, arbitrary: conditions }, { weight: 1, arbitrary: anyValue }),
  },
  { requiredKeys: ['Effect', 'Action', 'Resource'] },
);

test('no statement, however strange, makes the engine throw', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), fc.array(statement, { maxLength: 3 }), (type, statements) => {
      useWhole(JSON.stringify({ Version: '2012-10-17', Statement: statements }), type);
    }),
    { numRuns: 500 },
  );
});

test('no JSON, no text and no bytes make the engine throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      fc.oneof(fc.json(), fc.string(), fc.string({ unit: 'binary' })),
      (type, text) => {
        useWhole(text, type);
        useWhole(`%7B${text}`, type);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  ['a date beyond time itself', { DateLessThan: { 'aws:TokenIssueTime': '99999999999999' } }],
  ['a number beyond numbers', { NumericLessThan: { 's3:max-keys': '1'.repeat(400) } }],
  ["a key named as an object's prototype", { StringEquals: { ['__proto__']: 'x' } }],
  ["a key named as an object's constructor", { StringEquals: { constructor: 'x' } }],
])('%s in a condition is answered', (_, condition) => {
  const text = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":${JSON.stringify(condition)}}}`;
  expect(() => useWhole(text, 'resource')).not.toThrow();
});

test.each([
  ['s3:GetObject', 'S3:getobject', true],
  ['s3:Get*', 's3:GetObjectAcl', true],
  ['s3:Get?bject', 's3:GetObject', true],
  ['*', 'iam:PassRole', true],
  ['s3:Get', 's3:GetObject', false],
  ['s3:*', 'kms:Decrypt', false],
])('action `%s` matches %s: %s', (pattern, action, expected) => {
  const [compiled] = compilePolicy(
    JSON.stringify({ Statement: allow({ Action: pattern }) }),
    'identity',
  ).statements;
  expect(compiled && matchesAction(compiled, action)).toBe(expected);
});

test('NotAction matches every action of every service but those listed', () => {
  const text = JSON.stringify({
    Statement: { Effect: 'Allow', NotAction: ['s3:Get*', 'iam:*'], Resource: '*' },
  });
  const [compiled] = compilePolicy(text, 'identity').statements;
  const matched = ['s3:GetObject', 's3:PutObject', 'IAM:PassRole', 'kms:Decrypt'].filter(
    (action) => compiled && matchesAction(compiled, action),
  );
  expect(matched).toEqual(['s3:PutObject', 'kms:Decrypt']);
});

// prettier-ignore
test.each([
  ['an operator that does not exist', { StringIs: { a: 'b' } }, '/Statement/Condition/StringIs/a'],
  ['Null with IfExists, which there is not', { NullIfExists: { a: 'true' } }, '/Statement/Condition/NullIfExists/a'],
])('%s makes its statement unreadable, since it may apply or not', (_, condition, path) => {
  const { statements, broken, issues } = compilePolicy(
    JSON.stringify({ Statement: allow({ Condition: condition }) }),
    'identity',
  );
  expect(statements).toEqual([]);
  expect(broken.map((issue) => issue.path)).toEqual([path]);
  expect(issues).toEqual(broken);
});

describe('resources (A.5)', () => {
  test.each<readonly [string, string, string, boolean]>([
    ['the bucket', 'arn:aws:s3:::b', 'arn:aws:s3:::b', true],
    ['the bucket is no object', 'arn:aws:s3:::b', 'arn:aws:s3:::b/k', false],
    ['objects are not the bucket', 'arn:aws:s3:::b/*', 'arn:aws:s3:::b', false],
    ['a star spans slashes', 'arn:aws:s3:::b/*/t/*', 'arn:aws:s3:::b/1/2/t/x', true],
    ['a star spans bucket names', 'arn:aws:s3:::b*', 'arn:aws:s3:::bx/any/key', true],
    ['one character', 'arn:aws:s3:::b/?', 'arn:aws:s3:::b/k', true],
    ['another account', 'arn:aws:kms:*:1:key/*', 'arn:aws:kms:eu-west-1:2:key/k', false],
    ['a star does not cross the leading colons', 'arn:aws:*', 'arn:aws:s3:::b', true],
    ['a wildcard in place of the partition', 'arn:*:s3:::b', 'arn:aws:s3:::b', true],
    ['a space counts', 'arn:aws:s3:::b/* ', 'arn:aws:s3:::b/k', false],
    ['names are case-sensitive', 'arn:aws:s3:::B', 'arn:aws:s3:::b', false],
  ])('%s: `%s` covers %s: %s', (_, pattern, resource, expected) => {
    const verdict = closedVerdict({ identity: identity(allow({ Resource: pattern })), resource });
    expect(verdict).toBe(expected ? 'allowed' : 'denied');
  });

  test.each<readonly [PolicyType, string, boolean]>([
    ['identity', 'arn:aws:s3', true],
    ['identity', 'arn:aws:s3:::*', true],
    ['resource', 'arn:aws:s3', false],
    ['resource', 'arn:aws:s*', true],
    ['resource', 'arn:aws:s?', true],
    ['organization', 'arn:aws:s*', false],
  ])('in a %s policy the ARN `%s` matches: %s', (type, pattern, expected) => {
    const [compiled] = compilePolicy(
      JSON.stringify({ Statement: allow({ Resource: pattern, Principal: '*' }) }),
      type,
    ).statements;
    const [first] = compiled?.resources?.patterns ?? [];
    expect(first?.kind === 'arn').toBe(expected);
  });

  test('an action without a resource type is authorised against everything, and nothing narrower', () => {
    const ask = (pattern: string): string =>
      closedVerdict({
        action: 's3:ListAllMyBuckets',
        wildcardOnlyAction: true,
        resource: '*',
        identity: identity(allow({ Resource: pattern })),
      });
    expect(ask('*')).toBe('allowed');
    expect(ask('arn:aws:s3:::*')).toBe('allowed');
    expect(ask('arn:aws:s3:::b')).toBe('denied');
  });

  test('a request for many objects is allowed where one grant covers all, and denied where a Deny touches one', () => {
    const ask = (...statements: readonly Readonly<Record<string, unknown>>[]): string =>
      closedVerdict({ resource: 'arn:aws:s3:::b/logs/*', identity: identity(...statements) });
    expect(ask(allow({ Resource: 'arn:aws:s3:::b/*' }))).toBe('allowed');
    expect(ask(allow({ Resource: 'arn:aws:s3:::b/logs/a*' }))).toBe('denied');
    expect(ask(allow(), { ...allow({ Resource: 'arn:aws:s3:::b/logs/a*' }), Effect: 'Deny' })).toBe('denied');
    expect(ask(allow(), { ...allow({ Resource: 'arn:aws:s3:::b/raw/*' }), Effect: 'Deny' })).toBe('allowed');
  });
});
