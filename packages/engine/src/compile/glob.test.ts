import fc from 'fast-check';
import {
  globMatches,
  globTest,
  globText,
  isStar,
  literalGlob,
  literalOf,
  parseGlob,
  residualGlobs,
} from './glob.ts';

/** The same question by the most naive reading: try every length of every star. */
function matchesNaively(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*')
    return text.some((_, at) => matchesNaively(rest, text.slice(at))) || matchesNaively(rest, []);
  return text.length > 0 && (first === '?' || first === text[0]) && matchesNaively(rest, text.slice(1));
}

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '/'), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '😀'), maxLength: 10 });

test.each([
  ['*', '', true],
  ['*', 'a/b:c\nd', true],
  ['b/*', 'b/', true],
  ['b/*', 'b', false],
  ['b*', 'bx/any/key', true],
  ['b/*/t/*', 'b/1/2/t/x', true],
  ['b/?', 'b/😀', true],
  ['b/?', 'b/', false],
  ['B', 'b', false],
  ['b/* ', 'b/x', false],
  ['b/* ', 'b/x ', true],
  ['a.c', 'abc', false],
  ['ab*ba', 'aba', false],
  ['a*b*a', 'aa', false],
  ['a*b*b', 'abb', true],
  ['a*b*b', 'ab', false],
])('`%s` over `%s`: %s', (glob, value, expected) => {
  expect(globMatches(parseGlob(glob), value)).toBe(expected);
  expect(globTest(parseGlob(glob))(value)).toBe(expected);
});

test('a pattern matches what a naive reading of it matches', () => {
  fc.assert(
    fc.property(pattern, text, (glob, value) => {
      const matches = matchesNaively([...glob], [...value]);
      expect(globMatches(parseGlob(glob), value)).toBe(matches);
      expect(globTest(parseGlob(glob))(value)).toBe(matches);
    }),
    { numRuns: 2000 },
  );
});

test('what a prefix leaves of a pattern matches exactly what may follow the prefix', () => {
  fc.assert(
    fc.property(pattern, text, text, (glob, prefix, rest) => {
      const residuals = residualGlobs(parseGlob(glob), prefix);
      expect(residuals.some((residual) => globMatches(residual, rest))).toBe(
        globMatches(parseGlob(glob), prefix + rest),
      );
    }),
    { numRuns: 2000 },
  );
});

test('a pattern built to backtrack is answered at once', () => {
  const glob = parseGlob(`${'*a'.repeat(500)}b`);
  expect(globMatches(glob, 'a'.repeat(20_000))).toBe(false);
  expect(residualGlobs(glob, 'a'.repeat(1_000)).length).toBeGreaterThan(0);
});

test('literal text holds no wildcards, and is written so that a policy would read it back', () => {
  expect(globMatches(literalGlob('a*'), 'ab')).toBe(false);
  expect(globMatches(literalGlob('a*'), 'a*')).toBe(true);
  expect(globText(literalGlob('a*?'))).toBe('a${*}${?}');
  expect(literalOf(parseGlob('abc'))).toBe('abc');
  expect(literalOf(parseGlob('ab?'))).toBeUndefined();
  expect(isStar(parseGlob('**'))).toBe(true);
});
