import type { Leg } from '@denyscope/model';
import type { Template } from '../compile/template.ts';
import { policyValue } from '../condition/policy-value.ts';
import type { Atom, SomeAtom } from './atom.ts';
import type { Work } from './automaton.ts';
import { literalOfTest, solveKey, type Literal } from './theory.ts';

/** An atom that must hold, or must not. */
export interface Choice {
  readonly atom: Atom;
  readonly positive: boolean;
}

/** All that is asked of one key. */
export interface KeyQuery {
  readonly leg: Leg;
  readonly key: string;
  /** Every request carries it: its absence is no way out. */
  readonly isAlwaysPresent: boolean;
  /** Atoms on this key, none of which speaks of another. */
  readonly choices: readonly Choice[];
  /** What the search may still cost. */
  readonly work: Work;
}

/** The values of one key that meet what was asked; none; or the theory cannot tell. */
export type KeyValues =
  /** An empty list where the key is best absent. */
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' };

const NONE: KeyValues = { kind: 'none' };

/** Values of one key that meet all choices. */
export function solveValues(query: KeyQuery): KeyValues {
  const { choices } = query;
  const mustBeThere =
    query.isAlwaysPresent || choices.some(({ atom, positive }) => atom.kind === 'present' && positive);
  const mustBeAbsent = choices.some(({ atom, positive }) => atom.kind === 'present' && !positive);
  if (mustBeThere && mustBeAbsent) return NONE;
  const some = choices.flatMap(({ atom, positive }) => (atom.kind === 'some' ? [{ atom, positive }] : []));
  const tests = choices.flatMap(({ atom, positive }) =>
    atom.kind === 'test' ? [literalOfTest(atom, positive)] : [],
  );
  const needsValue = [...some, ...tests].some(({ positive }) => positive);
  if (mustBeAbsent && needsValue) return NONE;
  if (!mustBeThere && !needsValue) return { kind: 'values', values: [] };
  return some.length > 0 ? solveList(query, some) : solveOne(query, tests);
}

function solveOne({ key, work }: KeyQuery, tests: readonly Literal[]): KeyValues {
  const solved = solveKey(key, tests, work);
  return solved.kind === 'value' ? { kind: 'values', values: [solved.value] } : solved;
}

interface SomeChoice {
  readonly atom: SomeAtom;
  readonly positive: boolean;
}

/** A list of values: each positive `some` brings its own value, and every value must escape the negative ones. */
function solveList(query: KeyQuery, some: readonly SomeChoice[]): KeyValues {
  const everyValue = some.flatMap(({ atom, positive }) =>
    positive ? [] : [elementOptions(atom, atom.negated)],
  );
  const wanted = some.flatMap(({ atom, positive }) =>
    positive ? [elementOptions(atom, !atom.negated)] : [],
  );
  const solved = (wanted.length > 0 ? wanted : [[[]]]).map((options) =>
    solveElement(query, [options, ...everyValue]),
  );
  const failed = solved.find((element) => element.kind !== 'values');
  if (failed) return solved.find((element) => element.kind === 'none') ?? failed;
  const values = solved.flatMap((element) => (element.kind === 'values' ? element.values : []));
  return { kind: 'values', values: [...new Set(values)] };
}

/** Alternatives, each of literals that one value must meet together. */
type Options = readonly (readonly Literal[])[];

/** What a value must meet to pass the test for one of the atom's values, or for none of them. */
function elementOptions({ test, values }: SomeAtom, hits: boolean): Options {
  const literals = values.map((template: Template): Literal => {
    return { test, value: policyValue(test, template), positive: hits };
  });
  return hits ? literals.map((literal) => [literal]) : [literals];
}

/** Combinations beyond which a list is undecided. */
const COMBINATION_BUDGET = 256;

function solveElement(query: KeyQuery, choices: readonly Options[]): KeyValues {
  const count = choices.reduce((product, options) => product * options.length, 1);
  if (count > COMBINATION_BUDGET) return { kind: 'undecided' };
  const combinations = choices.reduce<Options>(
    (sets, options) => sets.flatMap((set) => options.map((option) => [...set, ...option])),
    [[]],
  );
  let result: KeyValues = NONE;
  for (const combination of combinations) {
    const solved = solveOne(query, combination);
    if (solved.kind === 'values') return solved;
    if (solved.kind === 'undecided') result = solved;
  }
  return result;
}
