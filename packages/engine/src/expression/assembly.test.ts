import { relation } from './atoms.fixture.ts';
import { createExpressions } from './expressions.ts';
import { createSolver } from './solver.ts';

test('a witness holds the keys that every request carries, where a comparison names them', () => {
  const x = createExpressions();
  const node = x.not(x.atom(relation('key', 'home/${session-name}/*')));
  const always = new Set(['key', 'session-name']);
  const answer = createSolver(x, (_, key) => always.has(key)).satisfiable(node);
  expect(answer.kind === 'yes' && [...answer.witness.keys()].toSorted()).toEqual([
    's3 key',
    's3 session-name',
  ]);
});
