import { expressionSchema } from '@denyscope/model';
import fc from 'fast-check';
import { parseTemplate } from '../compile/template.ts';
import { parseGlob } from '../compile/glob.ts';
import type { ValueTest } from '../condition/compare.ts';
import { WHOLE_TYPE } from '../condition/whole-type.ts';
import type { Atom } from './atom.ts';
import {
  bool,
  build,
  equals,
  formulas,
  like,
  present,
  relation,
  some,
  unreadable,
  within,
} from './atoms.fixture.ts';
import { createExpressions, type Node } from './expressions.ts';
import { expressionOf } from './json.fixture.ts';
import { expressionJson } from './render.ts';
import { createSolver } from './solver.ts';
import { expressionText } from './text.ts';

const x = createExpressions();
const is = (atom: Atom): Node => x.atom(atom);
const not = (atom: Atom): Node => x.not(x.atom(atom));
const tested = (key: string, test: ValueTest, value: string): Atom => ({
  kind: 'test',
  leg: 's3',
  key,
  test,
  value,
  glob: test === 'arn-like' ? parseGlob(value) : undefined,
});

const TLS = bool('aws:securetransport');
const MFA = 'aws:multifactorauthpresent';
const VPCE = 'aws:sourcevpce';
const SERVICE = bool('aws:viaawsservice');
const SSE = 's3:x-amz-server-side-encryption';
const endpoints = (count: number): readonly Node[] =>
  Array.from({ length: count }, (_, at) => is(equals(VPCE, `vpce-${at + 1}`)));

describe('one test in words', () => {
  // prettier-ignore
  test.each<readonly [string, Node]>([
    ['always', x.yes],
    ['never', x.no],
    ['through vpce-1', is(equals(VPCE, 'vpce-1'))],
    ['not through vpce-1', not(equals(VPCE, 'vpce-1'))],
    ['through a VPC endpoint', is(present(VPCE))],
    ['not from a public address', not(present('aws:sourceip'))],
    ['from 10.0.0.0/8', is(within('aws:sourceip', '10.0.0.0/8'))],
    ['over TLS', is(TLS)],
    ['without TLS', not(TLS)],
    ['with MFA', is(bool(MFA))],
    ['without MFA', not(bool(MFA))],
    ['with TLS older than 1.2', is(tested('s3:tlsversion', 'numeric-less', '1.2'))],
    // Without TLS there is no version to be old.
    ['not with TLS older than 1.2', not(tested('s3:tlsversion', 'numeric-less', '1.2'))],
    ['objects under raw/ only', is(like('key', 'raw/*'))],
    ['objects beginning with raw only', is(like('key', 'raw*'))],
    ['objects matching *.csv only', is(like('key', '*.csv'))],
    ['objects named a.csv only', is(equals('key', 'a.csv'))],
    ['no objects under raw/', not(like('key', 'raw/*'))],
    ['objects with the tag class = public only', is(equals('s3:existingobjecttag/class', 'public'))],
    ['listing below raw/', is(like('s3:prefix', 'raw/*'))],
    ['listing the prefix raw/', is(equals('s3:prefix', 'raw/'))],
    ['listing with an empty prefix', is(equals('s3:prefix', ''))],
    ['in the session jane', is(equals('session-name', 'jane'))],
    ['not in a session from before 1 October 2026', not(tested('aws:tokenissuetime', 'date-less', '2026-10-01T00:00:00Z'))],
    ['before 3 May 2027', is(tested('aws:currenttime', 'date-less', '2027-05-03'))],
    ['until 3 May 2027 14:30 UTC', is(tested('aws:currenttime', 'date-less-or-equal', '2027-05-03T14:30:00Z'))],
    ['with MFA within the last hour', is(tested('aws:multifactorauthage', 'numeric-less', '3600'))],
    ['with a signature of the last 10 minutes', is(tested('s3:signatureage', 'numeric-less', '600000'))],
    ['by a presigned URL', is(equals('s3:authtype', 'REST-QUERY-STRING'))],
    ['with the header x-amz-request-payer: requester', is(equals('x-amz-request-payer', 'requester'))],
    ['without the header x-amz-server-side-encryption', not(present(SSE))],
    ['not with the header x-amz-server-side-encryption: aws:kms', not(equals(SSE, 'aws:kms'))],
    ['on behalf of account 111122223333', is(equals('aws:sourceaccount', '111122223333'))],
    ['through athena.amazonaws.com', is(some('aws:calledvia', ['athena.amazonaws.com']))],
    ['with the user agent curl*', is(like('aws:useragent', 'curl*'))],
    ['where aws:UserAgent is absent', not(present('aws:useragent'))],
    ['where aws:Referer is an ARN', is(tested('aws:referer', 'arn-like', WHOLE_TYPE.arn.value.text))],
    ['where aws:Referer is not a number', not(tested('aws:referer', 'numeric-less-or-equal', WHOLE_TYPE.number.value.text))],
    ['where s3:LocationConstraint is EU', is(equals('s3:LocationConstraint', 'EU'))],
    ['where some aws:Unheard is like o-1/* or o-2/*', is(some('aws:Unheard', ['o-1/*', 'o-2/*']))],
    ['for callers outside o-1/*', not(some('aws:principalorgpaths', ['o-1/*']))],
    ['where some aws:PrincipalOrgPaths is not like o-1/*', is(some('aws:principalorgpaths', ['o-1/*'], true))],
    ['where every aws:PrincipalOrgPaths is like o-1/*', not(some('aws:principalorgpaths', ['o-1/*'], true))],
    ['objects under home/${aws:username}/ only', is(relation('key', 'home/${aws:username}/*'))],
    ['no objects under home/${aws:username}/', not(relation('key', 'home/${aws:username}/*'))],
    ['objects under home/AROA1:<session name>/ only', is(relation('key', 'b/home/AROA1:${session-name}/*', 'b/'))],
    ['depending on d, which could not be read', is(unreadable('d'))],
    ['depending on d, which could not be read', not(unreadable('d', 'deny'))],
    ['depending on d, which could not be read', x.all([is(unreadable('d')), not(unreadable('d', 'deny'))])],
    ['depending on c and d, which could not be read', x.all([is(unreadable('d')), is(unreadable('c'))])],
    ['from a VPC in the call to KMS', is({ ...present('aws:sourcevpc'), leg: 'kms' })],
    ['where the encryption context has project = x', is({ ...equals('kms:encryptioncontext:project', 'x'), leg: 'kms' })],
  ])('%s', (expected, node) => {
    expect(expressionText(node)).toBe(expected);
    expect(expressionSchema.safeParse(expressionJson(node)).success).toBe(true);
  });
});

describe('tests together', () => {
  const OFFICE = is(within('aws:sourceip', '203.0.113.0/24'));
  // prettier-ignore
  test.each<readonly [string, Node]>([
    ['through vpce-1 or vpce-2', x.any(endpoints(2))],
    ['through vpce-1, vpce-2 or vpce-3', x.any(endpoints(3))],
    ['through one of 12 endpoints (vpce-1, vpce-10, vpce-11, …)', x.any(endpoints(12))],
    ['not through any of 12 endpoints (vpce-1, vpce-10, vpce-11, …)', x.all(endpoints(12).map((node) => x.not(node)))],
    ['not through vpce-1 or vpce-2', x.all(endpoints(2).map((node) => x.not(node)))],
    ['through a VPC endpoint other than vpce-1', x.all([is(present(VPCE)), not(equals(VPCE, 'vpce-1'))])],
    ['with TLS 1.2 or newer', x.all([is(present('s3:tlsversion')), not(tested('s3:tlsversion', 'numeric-less', '1.2'))])],
    ['with temporary credentials without MFA', x.all([is(present(MFA)), not(bool(MFA))])],
    ['with a header x-amz-server-side-encryption other than AES256', x.all([is(present(SSE)), not(equals(SSE, 'AES256'))])],
    ['listing below raw/ or the prefix raw', x.any([is(like('s3:prefix', 'raw/*')), is(equals('s3:prefix', 'raw'))])],
    ['objects under raw/ or tmp/ or named a only', x.any([is(like('key', 'raw/*')), is(equals('key', 'a')), is(like('key', 'tmp/*'))])],
    ['through vpce-1, over TLS, objects under raw/ only', x.all([is(like('key', 'raw/*')), is(TLS), is(equals(VPCE, 'vpce-1'))])],
    ['over TLS, and either from 203.0.113.0/24 or through an AWS service', x.all([is(TLS), x.any([is(SERVICE), OFFICE])])],
    ['either from 203.0.113.0/24 or through an AWS service, and either over TLS or with MFA', x.all([x.any([is(SERVICE), OFFICE]), x.any([is(TLS), is(bool(MFA))])])],
    ['without TLS, or through vpce-1 and with MFA', x.any([not(TLS), x.all([is(equals(VPCE, 'vpce-1')), is(bool(MFA))])])],
    ['over TLS, and either with MFA or (from 203.0.113.0/24 and through an AWS service)', x.all([is(TLS), x.any([is(bool(MFA)), x.all([OFFICE, is(SERVICE)])])])],
    ['over TLS or depending on d, which could not be read', x.any([is(TLS), is(unreadable('d'))])],
  ])('%s', (expected, node) => {
    expect(expressionText(node)).toBe(expected);
  });

  test('what is said does not depend on the order in which it was built', () => {
    const y = createExpressions();
    const parts = [bool('aws:securetransport'), like('key', 'b*'), like('key', 'a*'), equals(VPCE, 'v')];
    const texts = [parts, parts.toReversed()].map((atoms) => {
      const z = createExpressions();
      return expressionText(z.any(atoms.map((atom) => z.atom(atom))));
    });
    expect(new Set(texts).size).toBe(1);
    expect(expressionText(y.all(parts.map((atom) => y.atom(atom))))).toMatch(/^through v, over TLS, /);
  });

  test('many ways, and many conditions, are counted', () => {
    const ways = Array.from({ length: 9 }, (_, at) =>
      x.all([is(equals(`a${at}`, 'v')), is(equals('b', `v${at}`))]),
    );
    expect(expressionText(x.any(ways))).toMatch(/, or in 3 more ways$/);
    const conditions = Array.from({ length: 14 }, (_, at) => is(equals(`k${at}`, 'v')));
    expect(expressionText(x.all(conditions))).toMatch(/, and 4 more conditions$/);
  });
});

const ATOMS: readonly Atom[] = [
  TLS,
  bool(MFA),
  present(VPCE),
  equals(VPCE, 'vpce-1'),
  like('key', 'raw/*'),
  within('aws:sourceip', '10.0.0.0/8'),
  some('aws:calledvia', ['athena*', 'glue*']),
  some('aws:tagkeys', [], true),
  relation('key', 'b/${aws:username}/*', 'b/'),
  tested('aws:tokenissuetime', 'date-less', '2026-01-01T00:00:00Z'),
  tested('s3:max-keys', 'numeric-less-or-equal', '10'),
  { ...equals('kms:encryptioncontext:a', ''), leg: 'kms' },
  equals('{}', '{name} $& *'),
];

test('no condition is without words', () => {
  fc.assert(
    fc.property(formulas([...ATOMS, unreadable('d')]), (formula) => {
      const text = expressionText(build(formula, createExpressions()));
      expect(text.trim()).not.toBe('');
      expect(text).not.toMatch(/undefined|\[object/);
    }),
    { numRuns: 2000 },
  );
});

test('any key, test and value is said', () => {
  const tests = ['equals', 'like', 'in', 'date-less', 'numeric-less', 'bool', 'arn-like'] as const;
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom(...tests),
      fc.string(),
      fc.boolean(),
      (key, test, value, positive) => {
        const y = createExpressions();
        const node = y.atom({ kind: 'test', leg: 's3', key, test, value, glob: parseGlob(value) });
        expect(expressionText(positive ? node : y.not(node)).trim()).not.toBe('');
      },
    ),
  );
});

test('the JSON form says the same as the expression', () => {
  fc.assert(
    fc.property(formulas(ATOMS), (formula) => {
      const y = createExpressions();
      const node = build(formula, y);
      const read = expressionOf(expressionJson(node), y);
      expect(createSolver(y).equivalent(node, read)).not.toBe(false);
    }),
    { numRuns: 500 },
  );
});

const test1 = { leg: 's3', key: 'aws:SourceVpce', quantifier: 'one', test: 'equals' };

// prettier-ignore
test.each<readonly [string, Node, unknown]>([
  ['always', x.yes, true],
  ['one test', is(equals('aws:sourcevpce', 'vpce-1')), { ...test1, values: ['vpce-1'] }],
  ['its negation', not(equals('aws:sourcevpce', 'vpce-1')), { not: { ...test1, values: ['vpce-1'] } }],
  ['alternatives on one key', x.any([is(equals('aws:sourcevpce', 'a')), is(equals('aws:sourcevpce', 'b'))]), { ...test1, values: ['a', 'b'] }],
  ['none of several', x.all([not(equals('aws:sourcevpce', 'a')), not(equals('aws:sourcevpce', 'b'))]), { not: { ...test1, values: ['a', 'b'] } }],
  ['presence', is(present('aws:sourcevpce')), { ...test1, test: 'present', values: [] }],
  ['a number', is(tested('s3:max-keys', 'numeric-less', '5')), { leg: 's3', key: 's3:max-keys', quantifier: 'one', test: 'less', type: 'number', values: ['5'] }],
  ['a list', is(some('aws:tagkeys', ['a'], true)), { leg: 's3', key: 'aws:TagKeys', quantifier: 'some', test: 'like', values: ['a'], negated: true }],
  ['a relation', is(relation('key', '${aws:username}/*', 'b/')), { relation: { left: 'b/${key}', operator: 'like', right: '${aws:username}/*', leg: 's3' } }],
  ['a fixed text against open keys', is({ kind: 'relation', leg: 'kms', prefix: 'a', key: undefined, operator: 'equals', template: parseTemplate('${aws:username}', true) }), { relation: { left: 'a', operator: 'equals', right: '${aws:username}', leg: 'kms' } }],
  ['a document', is(unreadable('d')), { unreadable: { document: 'd' } }],
  ['both', x.all([is(TLS), is(unreadable('d'))]), { all: [{ leg: 's3', key: 'aws:SecureTransport', quantifier: 'one', test: 'bool', values: ['true'] }, { unreadable: { document: 'd' } }] }],
])('the JSON form of %s', (_, node, expected) => {
  expect(expressionJson(node)).toEqual(expected);
});
