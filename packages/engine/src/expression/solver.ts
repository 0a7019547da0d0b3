import type { Leg } from '@denyscope/model';
import { assemble, groupByKey, type KeySolver } from './assembly.ts';
import type { Atom } from './atom.ts';
import type { Work } from './automaton.ts';
import { axiomsFor } from './axioms.ts';
import type { Expressions, LiteralNode, Node } from './expressions.ts';
import { solveValues, type Choice, type KeyValues } from './key-values.ts';
import type { Witness } from './point.ts';

/** Whether some request makes an expression true. */
export type Satisfiable =
  | { readonly kind: 'yes'; readonly witness: Witness }
  | { readonly kind: 'no' }
  /** The budget ran out, or the theory cannot tell: never read as no. */
  | { readonly kind: 'undecided' };

/** Answers questions about the expressions of one builder, and remembers its answers. */
export interface Solver {
  readonly satisfiable: (node: Node) => Satisfiable;
  /** Do both hold for the same requests, of those for which `under` holds? Undefined where that is too hard. */
  readonly equivalent: (a: Node, b: Node, under?: Node) => boolean | undefined;
}

/** Steps of one search beyond which it is undecided. */
const STEP_BUDGET = 3000;

/** Steps that one search may spend on texts that several patterns must match. */
const TEXT_BUDGET = 400_000;

type Presence = (leg: Leg, key: string) => boolean;

/** A solver; `isAlwaysPresent` tells keys that every request carries, whose absence is no way out. */
export function createSolver(x: Expressions, isAlwaysPresent: Presence = () => false): Solver {
  const work: Work = { left: 0 };
  const keys = rememberingKeys(isAlwaysPresent, work);
  const answers = new Map<number, Satisfiable>();
  const satisfiable = (node: Node): Satisfiable => {
    const known = answers.get(node.id);
    if (known) return known;
    work.left = TEXT_BUDGET;
    const answer = solve(node, { x, keys, steps: 0, undecided: false });
    answers.set(node.id, answer);
    return answer;
  };
  return {
    satisfiable,
    equivalent: (a, b, under = x.yes) => {
      if (a === b) return true;
      const differ = x.any([x.all([a, x.not(b)]), x.all([x.not(a), b])]);
      const { kind } = satisfiable(x.all([under, differ]));
      return kind === 'undecided' ? undefined : kind === 'no';
    },
  };
}

function solve(node: Node, search: Search): Satisfiable {
  const { x } = search;
  const whole = x.all([node, axiomsFor(node, x)]);
  const parts = whole === x.yes ? [] : conjuncts(whole);
  const witness = whole === x.no ? undefined : explore(parts, [], search);
  if (witness) return { kind: 'yes', witness };
  return { kind: search.undecided ? 'undecided' : 'no' };
}

/** The same few literals of one key come back in most branches of a search, and in most questions of a decision. */
function rememberingKeys(isAlwaysPresent: Presence, work: Work): KeySolver {
  const numbers = new Map<Atom, number>();
  const numberOf = (atom: Atom): number => {
    const number = numbers.get(atom) ?? numbers.size;
    numbers.set(atom, number);
    return number;
  };
  const known = new Map<string, KeyValues>();
  return {
    isAlwaysPresent,
    solve: (leg, key, choices) => {
      const literals = choices.map(({ atom, positive }) => (positive ? '+' : '-') + String(numberOf(atom)));
      const query = `${leg} ${key} ${literals.toSorted().join('')}`;
      const answer =
        known.get(query) ??
        solveValues({ leg, key, choices, isAlwaysPresent: isAlwaysPresent(leg, key), work });
      // What one search gave up, another may have the means for.
      if (work.left > 0) known.set(query, answer);
      return answer;
    },
  };
}

interface Search {
  readonly x: Expressions;
  readonly keys: KeySolver;
  steps: number;
  undecided: boolean;
}

/** Takes the literals that must hold, then tries the parts of one disjunction after another. */
function explore(parts: readonly Node[], choices: readonly Choice[], search: Search): Witness | undefined {
  if (++search.steps > STEP_BUDGET) {
    search.undecided = true;
    return undefined;
  }
  const forced = parts.filter((part) => part.kind === 'literal');
  if (forced.length > 0) return take(forced, parts, { choices, search });
  const branch = smallest(parts);
  if (!branch) return found(choices, search);
  const others = parts.filter((part) => part !== branch);
  for (const part of branch.parts) {
    const witness = explore([...conjuncts(part), ...others], choices, search);
    if (witness) return witness;
  }
  return undefined;
}

function conjuncts(node: Node): readonly Node[] {
  return node.kind === 'all' ? node.parts : [node];
}

interface Progress {
  readonly choices: readonly Choice[];
  readonly search: Search;
}

/** Adds literals that must hold, unless a key then has no values, and goes on with what is left of the others. */
function take(
  forced: readonly LiteralNode[],
  parts: readonly Node[],
  { choices, search }: Progress,
): Witness | undefined {
  const truths = new Map<Atom, boolean>();
  for (const { atom, positive } of forced) {
    if (truths.get(atom) === !positive) return undefined;
    truths.set(atom, positive);
  }
  const added = [...truths].map(([atom, positive]): Choice => ({ atom, positive }));
  const taken = [...choices, ...added];
  if (!isPossible(taken, added, search)) return undefined;
  const rest = parts
    .filter((part) => part.kind !== 'literal')
    .map((part) => search.x.assign(part, (atom) => truths.get(atom)));
  if (rest.includes(search.x.no)) return undefined;
  const open = rest.filter((part) => part !== search.x.yes);
  return explore(open.flatMap(conjuncts), taken, search);
}

/** Has every key of the new literals values still? */
function isPossible(taken: readonly Choice[], added: readonly Choice[], search: Search): boolean {
  const groups = groupByKey(taken);
  for (const place of groupByKey(added).keys()) {
    const group = groups.get(place);
    const solved = group && search.keys.solve(group.leg, group.key, group.choices);
    if (solved?.kind === 'undecided') search.undecided = true;
    if (solved && solved.kind !== 'values') return false;
  }
  return true;
}

/** The disjunction with the fewest parts: it fails soonest. */
function smallest(parts: readonly Node[]): Extract<Node, { kind: 'all' | 'any' }> | undefined {
  let least: Extract<Node, { kind: 'all' | 'any' }> | undefined;
  for (const part of parts) {
    if (part.kind === 'any' && part.parts.length < (least?.parts.length ?? Infinity)) least = part;
  }
  return least;
}

function found(choices: readonly Choice[], search: Search): Witness | undefined {
  const witness = assemble(choices, search.keys);
  if (!witness) search.undecided = true;
  return witness;
}
