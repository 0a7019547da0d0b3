import fc from 'fast-check';
import type { Atom } from './atom.ts';
import { build, bool, formulas, like, present, relation, some, truth, unreadable } from './atoms.fixture.ts';
import { atomsOf, createExpressions, type Node } from './expressions.ts';

const A = bool('a');
const B = bool('b');
const C = bool('c');

/** The truth of a node for an assignment of its atoms. */
function nodeTruth(node: Node, holds: (atom: Atom) => boolean): boolean {
  switch (node.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'literal':
      return holds(node.atom) === node.positive;
    case 'all':
      return node.parts.every((part) => nodeTruth(part, holds));
    case 'any':
      return node.parts.some((part) => nodeTruth(part, holds));
  }
}

/** Every way in which the three atoms can be true or false. */
const ASSIGNMENTS = Array.from({ length: 8 }, (_, bits) => (atom: Atom) => {
  return (bits & (atom.kind === 'test' ? ({ a: 1, b: 2, c: 4 }[atom.key] ?? 0) : 0)) !== 0;
});

test('a built expression says what its formula says', () => {
  fc.assert(
    fc.property(formulas([A, B, C]), (formula) => {
      const node = build(formula, createExpressions());
      for (const holds of ASSIGNMENTS) expect(nodeTruth(node, holds)).toBe(truth(formula, holds));
    }),
    { numRuns: 1000 },
  );
});

describe('equal expressions are one node', () => {
  const x = createExpressions();
  const [a, b, c] = [x.atom(A), x.atom(B), x.atom(C)];

  test.each<readonly [string, Node, Node]>([
    ['order does not matter', x.all([a, b, c]), x.all([c, a, b])],
    ['duplicates do not matter', x.any([a, b, a]), x.any([a, b])],
    ['nesting does not matter', x.all([a, x.all([b, c])]), x.all([a, b, c])],
    ['twice not is nothing', x.not(x.not(x.any([a, x.all([b, c])]))), x.any([a, x.all([b, c])])],
    ['not goes inside', x.not(x.all([a, b])), x.any([x.not(a), x.not(b)])],
    ['a and (a or b) is a', x.all([a, x.any([a, b])]), a],
    ['a or (a and b) is a', x.any([a, x.all([a, b])]), a],
    ['a and not a is never', x.all([a, b, x.not(a)]), x.no],
    ['a or not a is always', x.any([a, b, x.not(a)]), x.yes],
    ['nothing to hold is always', x.all([]), x.yes],
    ['nothing to choose is never', x.any([]), x.no],
    ['always changes no "all"', x.all([a, x.yes]), a],
    ['never changes no "any"', x.any([a, x.no]), a],
    ['never settles "all"', x.all([a, x.no]), x.no],
    ['not always is never', x.not(x.yes), x.no],
    ['an equal atom is the same atom', x.atom(bool('a')), a],
  ])('%s', (_, left, right) => {
    expect(left).toBe(right);
  });
});

test('an assignment puts truths in the place of atoms, and leaves the rest', () => {
  const x = createExpressions();
  const [a, b, c] = [x.atom(A), x.atom(B), x.atom(C)];
  const node = x.all([x.any([a, b]), x.not(c)]);
  const given = (wanted: Node, value: boolean) => (atom: Atom) =>
    wanted.kind === 'literal' && wanted.atom === atom ? value : undefined;
  expect(x.assign(node, given(a, true))).toBe(x.not(c));
  expect(x.assign(node, given(c, true))).toBe(x.no);
  expect(x.assign(node, () => undefined)).toBe(node);
});

test('atoms that differ in anything that counts are different atoms', () => {
  const x = createExpressions();
  const atoms: readonly Atom[] = [
    present('k'),
    bool('k'),
    bool('k', 'false'),
    like('k', 'a'),
    { ...present('k'), leg: 'kms' },
    some('k', ['a', 'b']),
    some('k', ['a,b']),
    some('k', ['a', 'b'], true),
    relation('k', 'x/${aws:userid}'),
    relation('k', 'x/${aws:userid}', 'p'),
    unreadable('d'),
    unreadable('d', 'deny'),
    { ...unreadable('d', 'matter'), about: 'one question' },
    { ...unreadable('d', 'matter'), about: 'another' },
  ];
  expect(atomsOf(x.all(atoms.map((atom) => x.atom(atom)))).size).toBe(atoms.length);
});
