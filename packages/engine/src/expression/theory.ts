import { keyType, type KeyType } from '../catalogue/index.ts';
import { globMatches, literalGlob, parseGlob } from '../compile/glob.ts';
import { parseDate, parseNumber, parseRange } from '../condition/compare.ts';
import { rulesOf } from '../condition/operators.ts';
import type { Demand } from '../condition/residual.ts';
import type { TestAtom } from './atom.ts';
import { findText, type Found, type GlobDemand, type Work } from './automaton.ts';
import { candidates } from './candidates.ts';
import { joinGlobs } from './glob-join.ts';

/** A demand that must hold, or must not. */
export interface Literal extends Demand {
  readonly positive: boolean;
}

/** A value that meets what was asked of a key; none; or the theory cannot tell. */
export type Solved =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' };

/** A test atom, or its negation, as a demand on its key's value. */
export function literalOfTest({ test, value, glob }: TestAtom, positive: boolean): Literal {
  return { test, value: { text: value, glob: glob ?? literalGlob(value) }, positive };
}

/**
 * A value of a single-valued key that meets every literal. Exact for strings (by automata), ranges, numbers, dates
 * and booleans; where tests of different natures meet on one key, a value is found or the answer is undecided.
 */
export function solveKey(key: string, literals: readonly Literal[], work?: Work): Solved {
  const type = keyType(key);
  const tests = literals.map((literal) => testOf(literal));
  const fits = (value: string): boolean => isOfKey(key, value) && tests.every((test) => test(value));
  const value = candidates(key, literals).find(fits);
  if (value !== undefined) return { kind: 'value', value };
  if (type === 'bool' || isExhausted(type, literals) || isFixed(key, literals)) return { kind: 'none' };
  if (literals.some(({ test }) => rulesOf(test).nature !== 'string')) return { kind: 'undecided' };
  const found = searchText([...literals.flatMap(demandsOf), ...shapeOf(key, literals)], fits, work);
  if (found.kind !== 'text')
    return found.kind === 'none' && literals.some(isLoose) ? { kind: 'undecided' } : found;
  return fits(found.text) ? { kind: 'value', value: found.text } : { kind: 'undecided' };
}

/** A text that meets the demands: pieced together where that fits, else by walking the automata. */
function searchText(
  demands: readonly GlobDemand[],
  fits: (value: string) => boolean,
  work: Work | undefined,
): Found {
  const wanted = demands.filter(({ mode, matches }) => mode === 'plain' && matches);
  const joined = joinGlobs(wanted.map(({ glob }) => glob));
  return joined && (joined.kind === 'none' || fits(joined.text)) ? joined : findText(demands, work);
}

/** A value of the key, of which nothing is asked. */
export function sampleOf(key: string): string {
  return candidates(key, [])[0] ?? '';
}

/** Does the value meet the literal? */
export function passes(literal: Literal, actual: string): boolean {
  return testOf(literal)(actual);
}

/** The literal, ready for many values. One that is not of the test's type fails the test. */
function testOf({ test, value, positive }: Literal): (actual: string) => boolean {
  const compare = rulesOf(test).comparing(value);
  return (actual) => (compare(actual) === true) === positive;
}

/** Must the key equal one text, which was tried, or what no request can carry under it? */
function isFixed(key: string, literals: readonly Literal[]): boolean {
  return literals.some(({ test, value, positive }) => {
    if (!positive) return false;
    return test === 'equals' || (test === 'equals-ignore-case' && !isOfKey(key, value.text));
  });
}

/** Were all the values tried that matter? So it is for tests of one ordered nature on a key that can hold it. */
function isExhausted(type: KeyType, literals: readonly Literal[]): boolean {
  const natures = new Set(literals.map(({ test }) => rulesOf(test).nature));
  const [nature] = natures;
  return natures.size === 1 && nature !== 'string' && (type === 'string' || type === nature);
}

/** Is this a value that a request can carry under the key? */
function isOfKey(key: string, value: string): boolean {
  switch (keyType(key)) {
    case 'bool':
      return value === 'true' || value === 'false';
    case 'number':
      return parseNumber(value) !== undefined;
    case 'date':
      return parseDate(value) !== undefined;
    case 'ip':
      return parseRange(value) !== undefined && !value.includes('/');
    case 'arn':
      return globMatches(ARN, value);
    case 'string':
      if (key === 'session-name') return SESSION_NAME.test(value);
      return key !== 'key' || value !== '';
  }
}

const ARN = parseGlob('arn:*:*:*:*:*');

/** AWS (STS AssumeRole): what a session's name is made of. */
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** An object's key is never empty; a session's name has two characters at least, and none of those that STS refuses. */
function shapeOf(key: string, literals: readonly Literal[]): readonly GlobDemand[] {
  if (keyType(key) === 'arn') return [{ glob: ARN, mode: 'arn', matches: true }];
  if (key === 'key') return [{ glob: parseGlob('?*'), mode: 'plain', matches: true }];
  if (key !== 'session-name') return [];
  const named = literals
    .flatMap(({ value }) => value.glob)
    .flatMap((token) => (token.kind === 'char' ? [token] : []));
  const refused = named.filter(({ char }) => !/[\w+=,.@-]/.test(char));
  return [
    { glob: parseGlob('??*'), mode: 'plain', matches: true },
    ...refused.map((token): GlobDemand => ({ glob: [STAR, token, STAR], mode: 'plain', matches: false })),
  ];
}

const STAR = { kind: 'star' } as const;

/** The literal as a glob; a negated one that no text can meet demands nothing. */
function demandsOf({ test, value, positive }: Literal): readonly GlobDemand[] {
  const form = rulesOf(test).textForm(value);
  if (!form) return [];
  if (form.kind === 'glob') return [{ glob: form.glob, mode: form.mode, matches: positive }];
  return positive ? IMPOSSIBLE : [];
}

const IMPOSSIBLE: readonly GlobDemand[] = [
  { glob: literalGlob(''), mode: 'plain', matches: true },
  { glob: literalGlob(''), mode: 'plain', matches: false },
];

/** Folding case character by character says less than folding the whole text, beyond ASCII. */
function isLoose({ test, value }: Literal): boolean {
  // eslint-disable-next-line no-control-regex -- the range is the point: all of ASCII
  return test === 'equals-ignore-case' && !/^[\x00-\x7f]*$/.test(value.text);
}
