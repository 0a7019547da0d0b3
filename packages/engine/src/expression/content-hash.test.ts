import type { Expression } from '@denyscope/model';
import { bool, equals, like } from './atoms.fixture.ts';
import { expressionHash } from './content-hash.ts';
import { createExpressions } from './expressions.ts';
import { expressionJson } from './render.ts';

const PARTS = [bool('aws:securetransport'), equals('aws:sourcevpce', 'b'), equals('aws:sourcevpce', 'a')];

function hashOf(kind: 'all' | 'any', parts: typeof PARTS): string {
  const x = createExpressions();
  return expressionHash(expressionJson(x[kind](parts.map((part) => x.atom(part)))));
}

test('the hash does not depend on the order in which an expression was built', () => {
  expect(hashOf('any', PARTS)).toBe(hashOf('any', PARTS.toReversed()));
  expect(hashOf('all', PARTS)).not.toBe(hashOf('any', PARTS));
});

test('the hash is of this form: a change of it makes every stored one another', () => {
  expect(expressionHash(true)).toBe('b5bea41b6c623f7c09f1bf24dcae58ebab3c0cdd90ad966bc43a45b44867e12b');
});

const A: Expression = { unreadable: { document: 'a' } };
const B: Expression = { unreadable: { document: 'b' } };

test.each<readonly [string, Expression, Expression]>([
  ['nesting', { all: [A, { all: [B, A] }] }, { all: [B, A] }],
  ['a single part', { any: [{ not: A }] }, { not: A }],
])('the hash does not depend on %s', (_, a, b) => {
  expect(expressionHash(a)).toBe(expressionHash(b));
});

test('another value is another hash', () => {
  const x = createExpressions();
  const [a, b] = ['raw/*', 'tmp/*'].map((value) =>
    expressionHash(expressionJson(x.atom(like('key', value)))),
  );
  expect(a).not.toBe(b);
});
