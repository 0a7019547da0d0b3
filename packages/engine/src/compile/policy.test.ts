import { allow, closedVerdict, identity } from '../question.fixture.ts';
import { compilePolicy, matchesAction } from './policy.ts';
import type { PolicyType } from './statement.ts';

test.each([
  ['variables', { Resource: 'arn:aws:s3:::b/${aws:username}' }, 0],
  ['variables in a condition', { Condition: { StringLike: { a: '${aws:username}' } } }, 0],
  ['none', {}, 1],
])('of a version that there is not, a statement with %s counts as read or not: %j', (_, elements, read) => {
  const text = JSON.stringify({ Version: '2020-01-01', Statement: allow(elements) });
  const { statements, broken, issues } = compilePolicy(text, 'identity');
  expect([statements.length, broken.length]).toEqual([read, 1 - read]);
  expect(issues[0]?.path).toBe('/Version');
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
      JSON.stringify({ Statement: allow({ Resource: pattern }) }),
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
