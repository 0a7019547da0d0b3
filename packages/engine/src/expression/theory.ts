import { keyType, type KeyType } from '../catalogue/index.ts';
import { globMatches, literalGlob, parseGlob, type Glob } from '../compile/glob.ts';
import {
  arnGlobs,
  compare,
  parseDate,
  parseNumber,
  parseRange,
  type ValueTest,
} from '../condition/compare.ts';
import type { Demand } from '../condition/residual.ts';
import type { TestAtom } from './atom.ts';
import { findText, type GlobDemand } from './automaton.ts';
import { candidates } from './candidates.ts';

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
export function solveKey(key: string, literals: readonly Literal[]): Solved {
  const type = keyType(key);
  const fits = (value: string): boolean =>
    isOfKey(key, value) && literals.every((literal) => passes(literal, value));
  const value = candidates(key, literals).find(fits);
  if (value !== undefined) return { kind: 'value', value };
  if (type === 'bool' || isExhausted(type, literals) || isImpossible(key, literals)) return { kind: 'none' };
  if (literals.some(({ test }) => natureOf(test) !== 'string')) return { kind: 'undecided' };
  const found = findText([...literals.flatMap(demandsOf), ...shapeOf(key, literals)]);
  if (found.kind !== 'text')
    return found.kind === 'none' && literals.some(isLoose) ? { kind: 'undecided' } : found;
  return fits(found.text) ? { kind: 'value', value: found.text } : { kind: 'undecided' };
}

/** A value of the key, of which nothing is asked. */
export function sampleOf(key: string): string {
  return candidates(key, [])[0] ?? '';
}

/** Does the value meet the literal? A value that is not of the test's type fails the test. */
export function passes({ test, value, positive }: Literal, actual: string): boolean {
  return (compare(test, actual, value) === true) === positive;
}

/** Is the key to equal what no request can carry under it: a range as an address, a pattern as a session's name? */
function isImpossible(key: string, literals: readonly Literal[]): boolean {
  const equalities = literals.filter(
    ({ test, positive }) => positive && /^equals(-ignore-case)?$/.test(test),
  );
  return equalities.some(({ value }) => !isOfKey(key, value.text));
}

/** Were all the values tried that matter? So it is for tests of one ordered nature on a key that can hold it. */
function isExhausted(type: KeyType, literals: readonly Literal[]): boolean {
  const natures = new Set(literals.map(({ test }) => natureOf(test)));
  const [nature] = natures;
  return natures.size === 1 && nature !== 'string' && (type === 'string' || type === nature);
}

type Nature = 'string' | 'ip' | 'number' | 'date' | 'binary';

function natureOf(test: ValueTest): Nature {
  if (test.startsWith('numeric')) return 'number';
  if (test.startsWith('date')) return 'date';
  if (test === 'binary-equals') return 'binary';
  return test === 'in' ? 'ip' : 'string';
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
  switch (test) {
    case 'like':
      return [{ glob: value.glob, mode: 'plain', matches: positive }];
    case 'arn-like': {
      const glob = arnShaped(value.glob);
      if (glob) return [{ glob, mode: 'arn', matches: positive }];
      return positive ? IMPOSSIBLE : [];
    }
    case 'equals-ignore-case':
    case 'bool':
      return [{ glob: literalGlob(value.text), mode: 'ignore-case', matches: positive }];
    case 'equals':
    case 'binary-equals':
      return [{ glob: literalGlob(value.text), mode: 'plain', matches: positive }];
    case 'in':
    case 'numeric-equals':
    case 'numeric-less':
    case 'numeric-less-or-equal':
    case 'date-equals':
    case 'date-less':
    case 'date-less-or-equal':
      return [];
  }
}

const IMPOSSIBLE: readonly GlobDemand[] = [
  { glob: literalGlob(''), mode: 'plain', matches: true },
  { glob: literalGlob(''), mode: 'plain', matches: false },
];

/** AWS (A.8): only ARNs match, which all begin alike; undefined where the pattern begins otherwise. */
function arnShaped(glob: Glob): Glob | undefined {
  const [first, ...rest] = arnGlobs(glob) ?? [];
  if (!first || !globMatches(first, 'arn')) return undefined;
  return [...literalGlob('arn'), ...rest.flatMap((part) => [...literalGlob(':'), ...part])];
}

/** Folding case character by character says less than folding the whole text, beyond ASCII. */
function isLoose({ test, value }: Literal): boolean {
  // eslint-disable-next-line no-control-regex -- the range is the point: all of ASCII
  return test === 'equals-ignore-case' && !/^[\x00-\x7f]*$/.test(value.text);
}
