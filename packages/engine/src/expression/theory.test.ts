import fc from 'fast-check';
import { literalGlob, parseGlob } from '../compile/glob.ts';
import type { ValueTest } from '../condition/compare.ts';
import { passes, sampleOf, solveKey, type Literal } from './theory.ts';

function literal(test: ValueTest, text: string, positive: boolean): Literal {
  const isGlob = test === 'like' || test === 'arn-like';
  return { test, value: { text, glob: isGlob ? parseGlob(text) : literalGlob(text) }, positive };
}

const is = (test: ValueTest, text: string): Literal => literal(test, text, true);
const isNot = (test: ValueTest, text: string): Literal => literal(test, text, false);

// prettier-ignore
test.each<readonly [string, string, readonly Literal[], 'value' | 'none']>([
  ['two different values', 'aws:referer', [is('equals', 'a'), is('equals', 'b')], 'none'],
  ['a value outside its pattern', 'aws:referer', [is('equals', 'a'), is('like', 'b*')], 'none'],
  ['a pattern within another', 'aws:referer', [is('like', 'ab*'), isNot('like', 'a*')], 'none'],
  ['a pattern around another', 'aws:referer', [is('like', 'a*'), isNot('like', 'ab*')], 'value'],
  ['one spelling of a word', 'aws:referer', [is('equals-ignore-case', 'ab'), isNot('equals', 'ab')], 'value'],
  ['neither true nor false', 'aws:securetransport', [isNot('bool', 'true'), isNot('bool', 'false')], 'none'],
  ['true as text', 'aws:securetransport', [is('bool', 'true'), isNot('equals', 'true')], 'none'],
  ['no object key at all', 'key', [isNot('like', '?*')], 'none'],
  ['a range within another', 'aws:sourceip', [is('in', '10.1.0.0/16'), isNot('in', '10.0.0.0/8')], 'none'],
  ['a range around another', 'aws:sourceip', [is('in', '10.0.0.0/8'), isNot('in', '10.1.0.0/16')], 'value'],
  ['all of IPv4 but its first', 'aws:sourceip', [is('in', '0.0.0.0/0'), isNot('in', '0.0.0.0')], 'value'],
  ['the last IPv4 address', 'aws:sourceip', [is('in', '255.255.255.254/31'), isNot('in', '255.255.255.254')], 'value'],
  ['no IPv4 address', 'aws:vpcsourceip', [isNot('in', '0.0.0.0/0')], 'value'],
  ['no address', 'aws:vpcsourceip', [isNot('in', '0.0.0.0/0'), isNot('in', '::/0')], 'none'],
  ['IPv6 within IPv4', 'aws:sourceip', [is('in', '0.0.0.0/0'), is('in', '::/0')], 'none'],
  ['between two numbers', 's3:max-keys', [isNot('numeric-less-or-equal', '1'), is('numeric-less', '1.0005')], 'value'],
  ['above the largest number', 's3:max-keys', [isNot('numeric-less-or-equal', '1' + '0'.repeat(300))], 'value'],
  ['no number at all', 's3:max-keys', [is('numeric-less', '5'), isNot('numeric-less', '6')], 'none'],
  ['between two dates', 'aws:tokenissuetime', [isNot('date-less-or-equal', '2026-01-01T00:00:00Z'), is('date-less', '2026-01-01T00:00:01Z')], 'value'],
  ['before a date and after', 'aws:tokenissuetime', [is('date-less', '2026-01-01'), isNot('date-less', '2026-01-02')], 'none'],
  ['after the year 9999', 'aws:tokenissuetime', [isNot('date-less-or-equal', '9999-12-31T23:59:59Z')], 'value'],
  ['before the year 0', 'aws:tokenissuetime', [is('date-less', '0000-01-01T00:00:00+23:59')], 'none'],
  ['an ARN of another service', 'aws:sourcearn', [is('arn-like', 'arn:aws:s3:*:*:*'), is('arn-like', 'arn:aws:sns:*:*:*')], 'none'],
  ['no ARN, under a key of ARNs', 'aws:sourcearn', [isNot('arn-like', 'arn:*:*:*:*:*')], 'none'],
  ['no ARN, under a key of texts', 'aws:referer', [isNot('arn-like', 'arn:*:*:*:*:*')], 'value'],
  ['an ARN that begins otherwise', 'aws:referer', [is('arn-like', 'x:*:*:*:*:*')], 'none'],
  ['base64 that is not itself', 'aws:referer', [is('binary-equals', 'QQ=='), isNot('binary-equals', 'QQ==')], 'none'],
  ['other base64', 'aws:referer', [isNot('binary-equals', 'QQ==')], 'value'],
])('%s (%s)', (_, key, literals, expected) => {
  const solved = solveKey(key, literals);
  expect(solved.kind).toBe(expected);
  if (solved.kind === 'value') {
    expect(literals.every((each) => passes(each, solved.value))).toBe(true);
  }
});

test('tests of different natures on one key find a value or stay undecided', () => {
  expect(solveKey('aws:referer', [is('numeric-less', '5'), is('like', '1*')]).kind).not.toBe('none');
  expect(solveKey('aws:sourceip', [is('in', '10.0.0.0/8'), is('like', '10.7.*')]).kind).not.toBe('none');
  expect(solveKey('aws:referer', [is('binary-equals', 'QQ=='), is('like', 'Q?')]).kind).not.toBe('none');
});

test('beyond ASCII, case that folds to several letters is never read as none', () => {
  expect(solveKey('aws:referer', [is('equals-ignore-case', 'İ'), is('like', 'i*')]).kind).not.toBe('none');
});

const TESTS = [
  'like',
  'equals',
  'equals-ignore-case',
  'arn-like',
  'in',
  'numeric-less',
  'date-less',
  'bool',
] as const;
const VALUES = [
  '',
  'a',
  'A*',
  'true',
  'arn:aws:s3:::b',
  'arn:*:*:*:*:*',
  '10.0.0.0/8',
  '::/0',
  '5',
  '2026-01-01',
  '1e999',
];
const KEYS = [
  'aws:referer',
  'aws:sourceip',
  'aws:tokenissuetime',
  's3:max-keys',
  'aws:securetransport',
  'aws:sourcearn',
  'key',
];

const anyLiteral = fc
  .tuple(fc.constantFrom(...TESTS), fc.constantFrom(...VALUES), fc.boolean())
  .map(([test, text, positive]) => literal(test, text, positive));

test('a value that meets all tests of a key is never ruled out', () => {
  const pool = [
    ...VALUES,
    'b',
    'A',
    'False',
    'false',
    '10.1.2.3',
    '2001:db8::1',
    '4',
    '2025-12-31T00:00:00Z',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...KEYS), fc.array(anyLiteral, { maxLength: 3 }), (key, literals) => {
      const solved = solveKey(key, literals);
      if (solved.kind === 'value') expect(literals.every((each) => passes(each, solved.value))).toBe(true);
      if (solved.kind === 'none') {
        const typed = pool.filter((value) => solveKey(key, [is('equals', value)]).kind === 'value');
        expect(typed.filter((value) => literals.every((each) => passes(each, value)))).toEqual([]);
      }
    }),
    { numRuns: 3000 },
  );
});

test.each([
  ['aws:sourcevpce', 'vpce-0123456789abcdef0'],
  ['aws:sourceip', '203.0.113.10'],
  ['aws:securetransport', 'true'],
  ['constructor', 'example'],
  ['__proto__', 'example'],
])('a witness shows %s as %s', (key, value) => {
  expect(sampleOf(key)).toBe(value);
});
