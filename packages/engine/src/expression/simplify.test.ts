import fc from 'fast-check';
import { bool, build, equals, formulas, like, present, within, type Formula } from './atoms.fixture.ts';
import { createExpressions, type Expressions, type Node } from './expressions.ts';
import { contradicts } from './dead.ts';
import { simplified } from './simplify.ts';
import { createSolver } from './solver.ts';
import { expressionText } from './text.ts';

const MFA = 'aws:multifactorauthpresent';

function simple(make: (x: Expressions) => Node): string {
  const x = createExpressions();
  return expressionText(simplified(make(x), { x, satisfiable: createSolver(x).satisfiable }));
}

describe('what follows from the rest is not said', () => {
  // prettier-ignore
  test.each<readonly [string, (x: Expressions) => Node]>([
    ['with MFA', (x) => x.all([x.atom(present(MFA)), x.atom(bool(MFA))])],
    ['with MFA', (x) => x.all([x.atom(present(MFA)), x.any([x.not(x.atom(present(MFA))), x.atom(bool(MFA))])])],
    ['objects under raw/a/ only', (x) => x.all([x.atom(like('key', 'raw/*')), x.atom(like('key', 'raw/a/*'))])],
    ['objects under raw/ only', (x) => x.any([x.atom(like('key', 'raw/*')), x.atom(like('key', 'raw/a/*'))])],
    ['through vpce-1', (x) => x.all([x.atom(equals('aws:sourcevpce', 'vpce-1')), x.not(x.atom(within('aws:sourceip', '10.0.0.0/8')))])],
    ['from 10.0.0.0/8', (x) => x.all([x.atom(within('aws:sourceip', '10.0.0.0/8')), x.any([x.atom(within('aws:sourceip', '10.0.0.0/7')), x.atom(bool('aws:securetransport'))])])],
    ['never', (x) => x.all([x.atom(equals('aws:sourcevpce', 'a')), x.atom(within('aws:sourceip', '10.0.0.0/8'))])],
    ['over TLS, with MFA', (x) => x.all([x.atom(bool('aws:securetransport')), x.atom(bool(MFA))])],
  ])('%s', (expected, make) => {
    expect(simple(make)).toBe(expected);
  });

  test('what is left is equivalent', () => {
    const atoms = [
      bool(MFA),
      present(MFA),
      equals('aws:sourcevpce', 'a'),
      within('aws:sourceip', '10.0.0.0/8'),
      like('key', 'raw/*'),
      like('key', '*/a'),
    ];
    fc.assert(
      fc.property(formulas(atoms), (formula: Formula) => {
        const x = createExpressions();
        const node = build(formula, x);
        const { satisfiable, equivalent } = createSolver(x);
        expect(equivalent(simplified(node, { x, satisfiable }), node)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('conditions that contradict one another', () => {
  const x = createExpressions();
  const is = (...atoms: readonly Parameters<Expressions['atom']>[0][]): Node =>
    x.any(atoms.map((atom) => x.atom(atom)));
  const VPCE = 'aws:sourcevpce';

  // prettier-ignore
  test.each<readonly [string, boolean, readonly Node[]]>([
    ['two lists of endpoints without a common one', true, [is(equals(VPCE, 'a'), equals(VPCE, 'b')), is(equals(VPCE, 'c'))]],
    ['two lists with a common one', false, [is(equals(VPCE, 'a'), equals(VPCE, 'b')), is(equals(VPCE, 'b'))]],
    ['absent, and equal to something', true, [x.not(is(present(VPCE))), is(equals(VPCE, 'a'))]],
    // AWS (A.8): a negated operator holds where the key is absent.
    ['absent, and not equal to something', false, [x.not(is(present(VPCE))), x.not(is(equals(VPCE, 'a')))]],
    ['an endpoint and a public address', true, [is(equals(VPCE, 'a')), is(within('aws:sourceip', '10.0.0.0/8'))]],
    ['an endpoint and TLS', false, [is(equals(VPCE, 'a')), is(bool('aws:securetransport'))]],
    ['one condition', false, [is(equals(VPCE, 'a'))]],
  ])('%s: %s', (_, expected, parts) => {
    expect(contradicts(parts, x, [])).toBe(expected);
  });

  test('a key that is always there cannot be absent', () => {
    const parts = [x.not(is(bool('aws:securetransport'))), x.not(is(present('aws:securetransport')))];
    expect(contradicts(parts, x, [])).toBe(false);
    expect(contradicts(parts, x, [{ leg: 's3', key: 'aws:securetransport' }])).toBe(true);
  });
});
