import fc from 'fast-check';
import { globMatches, literalGlob, parseGlob } from '../compile/glob.ts';
import { arnMatches } from '../condition/compare.ts';
import { covers, findText, intersects, type GlobDemand } from './automaton.ts';

const LETTERS = ['a', 'b', 'c'];
const MAX_LENGTH = 5;

/** Every text of up to five letters, which is longer than any shortest text of the drawn demands. */
function* texts(): Generator<string> {
  let front = [''];
  for (let length = 0; length <= MAX_LENGTH; length++) {
    yield* front;
    front = front.flatMap((start) => LETTERS.map((letter) => start + letter));
  }
}

const demand = fc.record({
  glob: fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 }).map(parseGlob),
  mode: fc.constant('plain' as const),
  matches: fc.boolean(),
});

function meets(text: string, demands: readonly GlobDemand[]): boolean {
  return demands.every(({ glob, matches }) => globMatches(glob, text) === matches);
}

test('a text that is found meets all demands, and none is missed', () => {
  fc.assert(
    fc.property(fc.array(demand, { maxLength: 3 }), (demands) => {
      const found = findText(demands);
      if (found.kind === 'text') expect(meets(found.text, demands)).toBe(true);
      if (found.kind === 'none') expect([...texts()].some((text) => meets(text, demands))).toBe(false);
      expect(found.kind).not.toBe('undecided');
    }),
    { numRuns: 400 },
  );
});

test('a pattern too hard to compare is undecided, never none', () => {
  const hard = (char: string): GlobDemand => ({
    glob: parseGlob(`*${char}${'?'.repeat(14)}`),
    mode: 'plain',
    matches: true,
  });
  expect(findText([hard('a'), hard('b'), { ...hard('c'), matches: false }]).kind).not.toBe('none');
});

test.each([
  ['a*', 'ab*', true, true],
  ['ab*', 'a*', false, true],
  ['a*', 'b*', false, false],
  ['*', '?', true, true],
  ['??*', '?*', false, true],
])('`%s` covers `%s`: %s; they meet: %s', (outer, inner, covered, met) => {
  expect(covers(parseGlob(outer), parseGlob(inner))).toBe(covered);
  expect(intersects(parseGlob(outer), parseGlob(inner))).toBe(met);
});

test('case is ignored where the demand says so', () => {
  const any: GlobDemand = { glob: literalGlob('Ab'), mode: 'ignore-case', matches: true };
  const found = findText([any, { glob: parseGlob('a*'), mode: 'plain', matches: false }]);
  expect(found.kind === 'text' && found.text).toMatch(/^A[bB]$/);
});

test('in an ARN a wildcard does not cross the first five colons', () => {
  const arn: GlobDemand = { glob: parseGlob('arn:*:s3:::b*'), mode: 'arn', matches: true };
  const found = findText([arn]);
  expect(found.kind === 'text' && arnMatches(parseGlob('arn:*:s3:::b*'), found.text)).toBe(true);
  const crossing: GlobDemand = { glob: parseGlob('arn:a:b:s3:::b'), mode: 'plain', matches: true };
  expect(findText([arn, crossing])).toEqual({ kind: 'none' });
});
