import { assert, constantFrom, property, string } from 'fast-check';
import { bySegment, glob, literal, matches } from './pattern.ts';

/** The definition, letter for letter: what a pattern matches, by what its first token can take. */
function naive(pattern: string, text: string): boolean {
  const [head, ...rest] = pattern;
  const tail = rest.join('');
  if (head === undefined) return text === '';
  if (head === '*') return naive(tail, text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && naive(tail, text.slice(1));
}

const LETTERS = ['a', 'b', 'z'];

function textsUpTo(length: number): readonly string[] {
  const shorter = length === 0 ? [] : textsUpTo(length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return length === 0
    ? ['']
    : [...shorter, ...longest.flatMap((text) => LETTERS.map((letter) => text + letter))];
}

const TEXTS = textsUpTo(6);
const pattern = string({ unit: constantFrom('a', 'b', '*', '?'), maxLength: 3 });

test('a pattern matches what its definition says', () => {
  assert(
    property(pattern, constantFrom(...TEXTS), (wild, text) => {
      expect(matches(glob(wild), text)).toBe(naive(wild, text));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['arn:aws:s3:::b*', 'arn:aws:s3:::b/x:y', true],
  ['arn:*:b', 'arn:aws:s3:::b', undefined],
  ['arn:*:*:::b', 'arn:aws:s3:::b', true],
  ['arn:aws:?:::b', 'arn:aws::::b', false],
  ['arn:aws:s3:::b\n*', 'arn:aws:s3:::b\n\nx', true],
])('A.5: by segment, %j and %j: %s', (wild, text, expected) => {
  const segments = bySegment(glob(wild));
  expect(segments && matches(segments, text)).toBe(expected);
});

test('a literal star matches a star only', () => {
  expect([matches(literal('a*'), 'a*'), matches(literal('a*'), 'ab')]).toEqual([true, false]);
});

test('a pattern of many runs is read in no time', () => {
  expect(matches(glob(`${'*a'.repeat(40)}b`), 'a'.repeat(256))).toBe(false);
});
