import fc from 'fast-check';
import { lintPolicy } from './lint.ts';
import { saidOf } from './lint.fixture.ts';
import { RULES } from './rules.ts';
import type { LintType } from './subject.ts';

const TYPES: readonly LintType[] = [
  'identity',
  'resource',
  'bucket',
  'key',
  'trust',
  'endpoint',
  'scp',
  'rcp',
  'boundary',
];

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" },
    {
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:HeadObject"],
      "Resource": "arn:aws:s3:::b/* ",
      "Condition": { "StringEqual": { "aws:PrincipalOrgID": "o-a" } }
    }
  ]
}`;

test('issues come in the order of the text, with their lines, rules and rows', () => {
  const issues = lintPolicy(POLICY, { type: 'identity' });
  expect(
    issues.map(({ line, path, rule, severity, source }) => [line, path, rule, severity, source]),
  ).toEqual([
    [7, '/Statement/1/Action/1', 'unknown-action', 'error', 'A.4'],
    [8, '/Statement/1/Resource', 'whitespace-in-arn', 'error', 'A.5'],
    [9, '/Statement/1/Condition/StringEqual/aws:PrincipalOrgID', 'grammar', 'error', 'A.1'],
  ]);
});

test('what is missing is told where it should stand', () => {
  const [issue] = lintPolicy('{\n"Statement": [\n{"Action": "*", "Resource": "*"}]}', { type: 'identity' });
  expect(issue).toMatchObject({ path: '/Statement/0/Effect', line: 3, rule: 'grammar' });
});

test('text on one line has no line numbers', () => {
  const [issue] = lintPolicy('{"Statement": {}}', { type: 'identity' });
  expect(issue).not.toHaveProperty('line');
});

test('text, percent-encoded text and an object are the same document', () => {
  const plain = (input: unknown): unknown =>
    lintPolicy(input, { type: 'identity' }).map(({ path, rule, message }) => [path, rule, message]);
  expect(plain(encodeURIComponent(POLICY))).toEqual(plain(POLICY));
  expect(plain(JSON.parse(POLICY))).toEqual(plain(POLICY));
});

test('what does not parse is said once', () => {
  const text = '{"Statement":[{"Effect":"Allow","Effect":"Deny","Action":"*","Resource":"*"}]}';
  expect(saidOf(text)).toEqual(['grammar error /Statement/0/Effect']);
  expect(saidOf('')).toEqual(['grammar error ']);
  expect(saidOf(undefined)).toEqual(['grammar error ']);
});

test('names of rules are unique slugs, and each names its row', () => {
  const names = RULES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, source } of RULES) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source).toMatch(/^[A-I](\.\d+)?$/);
  }
});

/** Real policies with a part broken out, doubled, or put in another place. */
const mangled = fc
  .record({ from: fc.nat(POLICY.length), length: fc.nat(40), to: fc.nat(POLICY.length), cut: fc.boolean() })
  .map(({ from, length, to, cut }) => {
    const part = POLICY.slice(from, from + length);
    const rest = cut ? POLICY.slice(0, from) + POLICY.slice(from + length) : POLICY;
    return rest.slice(0, to) + part + rest.slice(to);
  });

const bytes = fc.uint8Array({ maxLength: 200 });

test('no text, no bytes and no value make the linter throw', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPES),
      fc.oneof(
        fc.jsonValue(),
        fc.json(),
        fc.anything(),
        mangled,
        mangled.map(encodeURIComponent),
        bytes.map((given) => new TextDecoder('utf-8').decode(given)),
        bytes.map((given) => new TextDecoder('latin1').decode(given)),
        bytes.map((given) => `{"Statement":${new TextDecoder('latin1').decode(given)}}`),
      ),
      (type, input) => {
        for (const issue of lintPolicy(input, { type })) expect(issue.message).not.toBe('');
      },
    ),
    { numRuns: 1000 },
  );
});
