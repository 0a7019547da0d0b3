import { expressionSchema } from '@denyscope/model';
import { parseTemplate } from '../compile/template.ts';
import { parseGlob } from '../compile/glob.ts';
import type { ValueTest } from '../condition/compare.ts';
import { WHOLE_TYPE } from '../condition/whole-type.ts';
import type { Atom } from './atom.ts';
import { bool, equals, like, present, relation, some, unreadable, within } from './atoms.fixture.ts';
import { createExpressions, type Node } from './expressions.ts';
import { expressionJson } from './render.ts';
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

// prettier-ignore
test.each<readonly [string, Node]>([
  ['always', x.yes],
  ['never', x.no],
  ['through vpce-1', is(equals('aws:sourcevpce', 'vpce-1'))],
  ['not through vpce-1', not(equals('aws:sourcevpce', 'vpce-1'))],
  ['through a VPC endpoint', is(present('aws:sourcevpce'))],
  ['not from a public address', not(present('aws:sourceip'))],
  ['from 10.0.0.0/8', is(within('aws:sourceip', '10.0.0.0/8'))],
  ['over TLS', is(TLS)],
  ['without TLS', not(TLS)],
  ['with MFA', is(bool(MFA))],
  ['without MFA', not(bool(MFA))],
  // What is not false may be absent, as it is for long-term keys.
  ['with temporary credentials without MFA', is(bool(MFA, 'false'))],
  ['with MFA or with long-term credentials', not(bool(MFA, 'false'))],
  ['objects raw/* only', is(like('key', 'raw/*'))],
  ['not objects raw/*', not(like('key', 'raw/*'))],
  ['listing prefix nothing only', is(equals('s3:prefix', ''))],
  ['session jane only', is(equals('session-name', 'jane'))],
  ['aws:UserAgent is like curl*', is(like('aws:useragent', 'curl*'))],
  ['aws:UserAgent is absent', not(present('aws:useragent'))],
  ['s3:TlsVersion is below 1.2', is(tested('s3:tlsversion', 'numeric-less', '1.2'))],
  ['s3:TlsVersion is not below 1.2', not(tested('s3:tlsversion', 'numeric-less', '1.2'))],
  ['aws:TokenIssueTime is after 2026-01-01', not(tested('aws:tokenissuetime', 'date-less-or-equal', '2026-01-01'))],
  ['aws:Referer is an ARN', is(tested('aws:referer', 'arn-like', WHOLE_TYPE.arn.value.text))],
  ['aws:Referer is not a number', not(tested('aws:referer', 'numeric-less-or-equal', WHOLE_TYPE.number.value.text))],
  ['some aws:PrincipalOrgPaths is like o-1/* or o-2/*', is(some('aws:principalorgpaths', ['o-1/*', 'o-2/*']))],
  ['no aws:PrincipalOrgPaths is like o-1/*', not(some('aws:principalorgpaths', ['o-1/*']))],
  ['some aws:PrincipalOrgPaths is not like o-1/*', is(some('aws:principalorgpaths', ['o-1/*'], true))],
  ['every aws:PrincipalOrgPaths is like o-1/*', not(some('aws:principalorgpaths', ['o-1/*'], true))],
  ['key is like home/${aws:username}/*', is(relation('key', 'home/${aws:username}/*'))],
  ['key is not like home/${aws:username}/*', not(relation('key', 'home/${aws:username}/*'))],
  ['depending on d, which could not be read', is(unreadable('d'))],
  ['depending on d, which could not be read', not(unreadable('d', 'deny'))],
  ['depending on d, which could not be read', is(unreadable('d', 'matter'))],
  ['for KMS: from a VPC', is({ ...present('aws:sourcevpc'), leg: 'kms' })],
  ['through vpce-1 or vpce-2', x.any([is(equals('aws:sourcevpce', 'vpce-1')), is(equals('aws:sourcevpce', 'vpce-2'))])],
  ['not through vpce-1 nor vpce-2', x.all([not(equals('aws:sourcevpce', 'vpce-1')), not(equals('aws:sourcevpce', 'vpce-2'))])],
  ['through vpce-1, over TLS, objects raw/* only', x.all([is(equals('aws:sourcevpce', 'vpce-1')), is(TLS), is(like('key', 'raw/*'))])],
  ['over TLS, (from 10.0.0.0/8 or with MFA)', x.all([is(TLS), x.any([is(bool(MFA)), is(within('aws:sourceip', '10.0.0.0/8'))])])],
  ['without TLS or (through vpce-1, with MFA)', x.any([not(TLS), x.all([is(equals('aws:sourcevpce', 'vpce-1')), is(bool(MFA))])])],
])('%s', (expected, node) => {
  const parts = expressionText(node).split(', ');
  expect(parts.toSorted()).toEqual(expected.split(', ').toSorted());
  expect(expressionSchema.safeParse(expressionJson(node)).success).toBe(true);
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
  ['a list', is(some('aws:tagkeys', ['a'], true)), { leg: 's3', key: 'aws:tagkeys', quantifier: 'some', test: 'like', values: ['a'], negated: true }],
  ['a relation', is(relation('key', '${aws:username}/*', 'b/')), { relation: { left: 'b/${key}', operator: 'like', right: '${aws:username}/*', leg: 's3' } }],
  ['a fixed text against open keys', is({ kind: 'relation', leg: 'kms', prefix: 'a', key: undefined, operator: 'equals', template: parseTemplate('${aws:username}', true) }), { relation: { left: 'a', operator: 'equals', right: '${aws:username}', leg: 'kms' } }],
  ['a document', is(unreadable('d')), { unreadable: { document: 'd' } }],
  ['both', x.all([is(TLS), is(unreadable('d'))]), { all: [{ leg: 's3', key: 'aws:SecureTransport', quantifier: 'one', test: 'bool', values: ['true'] }, { unreadable: { document: 'd' } }] }],
])('the JSON form of %s', (_, node, expected) => {
  expect(expressionJson(node)).toEqual(expected);
});
