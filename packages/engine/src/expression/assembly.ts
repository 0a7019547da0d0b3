import type { Leg } from '@denyscope/model';
import { residualDemands, type Demand } from '../condition/residual.ts';
import type { Atom, RelationAtom, SomeAtom } from './atom.ts';
import type { Choice, KeyValues } from './key-values.ts';
import { atomHolds, knownValues, resolveAt, witnessKey, type Witness } from './point.ts';
import { unify, variablesOf, widened, type Place } from './unify.ts';

/** Answers for one key. */
export interface KeySolver {
  readonly isAlwaysPresent: (leg: Leg, key: string) => boolean;
  readonly solve: (leg: Leg, key: string, choices: readonly Choice[]) => KeyValues;
}

/** The choices that speak of one key alone, by leg and key. */
export interface KeyGroup extends Place {
  readonly choices: readonly Choice[];
}

/** The choices by the one key that each speaks of; those that compare two keys are left out. */
export function groupByKey(choices: readonly Choice[]): ReadonlyMap<string, KeyGroup> {
  const groups = new Map<string, { leg: Leg; key: string; choices: Choice[] }>();
  for (const choice of choices) {
    const { atom } = choice;
    if (isLinked(atom) || atom.kind === 'unreadable') continue;
    const at = witnessKey(atom.leg, atom.key);
    const group = groups.get(at) ?? { leg: atom.leg, key: atom.key, choices: [] };
    group.choices.push(choice);
    groups.set(at, group);
  }
  return groups;
}

type LinkedAtom = RelationAtom | SomeAtom;

/** Does the atom compare one open key with another? */
function isLinked(atom: Atom): atom is LinkedAtom {
  return (
    atom.kind === 'relation' || (atom.kind === 'some' && atom.values.some((value) => value.hasVariables))
  );
}

/** What is settled so far; never changed, so that an attempt that fails leaves no trace. */
interface Draft {
  readonly witness: Witness;
  readonly groups: ReadonlyMap<string, KeyGroup>;
}

interface Attempt {
  readonly solver: KeySolver;
  readonly choices: readonly Choice[];
  /** Drafts that may still be tried. */
  left: number;
}

/** Drafts beyond which the search for values that fit one another gives up. */
const DRAFT_BUDGET = 200;
const MOST_ORDERS = 4;

/**
 * A witness of all choices, or undefined where none was found: keys that are compared with one another are given
 * their values one after the other, each in several ways, so that not finding one proves nothing.
 */
export function assemble(choices: readonly Choice[], solver: KeySolver): Witness | undefined {
  const groups = groupByKey(choices);
  let draft: Draft | undefined = { witness: new Map(), groups };
  for (const group of groups.values()) draft &&= place(group, draft, solver);
  if (!draft) return undefined;
  const linked = choices.flatMap(({ atom, positive }) => (isLinked(atom) ? [{ atom, positive }] : []));
  const always = linked
    .flatMap(({ atom }) => placesOf(atom))
    .filter(({ leg, key }) => solver.isAlwaysPresent(leg, key));
  const start = provided(always, draft, solver);
  // Whichever is settled first leaves the others less to choose from.
  for (let at = 0; at < Math.max(1, Math.min(linked.length, MOST_ORDERS)); at++) {
    const found = settle([...linked.slice(at), ...linked.slice(0, at)], start, {
      solver,
      choices,
      left: DRAFT_BUDGET,
    });
    if (found) return found;
  }
  return undefined;
}

/** The keys that a comparison names. */
function placesOf(atom: LinkedAtom): readonly Place[] {
  const subject = atom.key === undefined ? [] : [{ leg: atom.leg, key: atom.key }];
  return [...subject, ...variablesOf(atom)];
}

interface LinkedChoice {
  readonly atom: LinkedAtom;
  readonly positive: boolean;
}

/** Settles one comparison after the other, and goes back where the values of one leave none for the next. */
function settle(linked: readonly LinkedChoice[], draft: Draft, attempt: Attempt): Witness | undefined {
  const { witness } = draft;
  const isMet = attempt.choices.every(
    ({ atom, positive }) => (atomHolds(atom, witness) ?? positive) === positive,
  );
  if (isMet) return witness;
  const [first, ...rest] = linked;
  if (!first) return undefined;
  for (const option of optionsOf(first, draft, attempt.solver)) {
    if (--attempt.left < 0) return undefined;
    const found = atomHolds(first.atom, option.witness) === first.positive && settle(rest, option, attempt);
    if (found) return found;
  }
  return undefined;
}

/** Gives the group's key its values; undefined where there are none. */
function place(group: KeyGroup, { witness, groups }: Draft, solver: KeySolver): Draft | undefined {
  const solved = solver.solve(group.leg, group.key, group.choices);
  if (solved.kind !== 'values') return undefined;
  const at = witnessKey(group.leg, group.key);
  const values = new Map(witness);
  if (solved.values.length > 0) values.set(at, solved.values);
  else values.delete(at);
  return { witness: values, groups: new Map([...groups, [at, group]]) };
}

/** The draft with one more demand on a key. */
function placeWith(
  { leg, key }: Place,
  choices: readonly Choice[],
  draft: Draft,
  solver: KeySolver,
): Draft | undefined {
  const group = draft.groups.get(witnessKey(leg, key));
  return place({ leg, key, choices: [...(group?.choices ?? []), ...choices] }, draft, solver);
}

/** The draft with values for the keys that have none yet, where they may have one. */
function provided(places: readonly Place[], draft: Draft, solver: KeySolver): Draft {
  let all = draft;
  for (const { leg, key } of places) {
    if (all.witness.has(witnessKey(leg, key))) continue;
    all = placeWith({ leg, key }, [presentAt(leg, key)], all, solver) ?? all;
  }
  return all;
}

function presentAt(leg: Leg, key: string): Choice {
  return { atom: { kind: 'present', leg, key }, positive: true };
}

/** Drafts in which the comparison may be as demanded, the least changed first. */
function* optionsOf({ atom, positive }: LinkedChoice, draft: Draft, solver: KeySolver): Generator<Draft> {
  yield draft;
  const whole = provided(variablesOf(atom), draft, solver);
  yield whole;
  const { leg, key } = atom;
  if (key !== undefined)
    yield* bySubject({ leg, key }, subjectOptions(atom, positive, whole.witness), whole, solver);
  if (positive) yield* byVariables(atom, draft, solver);
}

/** The variables keep their values, and the subject follows. */
function* bySubject(
  subject: Place,
  options: readonly (readonly Choice[])[],
  draft: Draft,
  solver: KeySolver,
): Generator<Draft> {
  for (const option of options) {
    const placed = placeWith(subject, option, draft, solver);
    if (placed) yield placed;
  }
}

/** The subject keeps its value, or takes one that the template could match, and the variables follow. */
function* byVariables(atom: LinkedAtom, draft: Draft, solver: KeySolver): Generator<Draft> {
  if (atom.kind !== 'relation') return;
  const { leg, key, prefix, template } = atom;
  const wide = key === undefined ? undefined : placeWith({ leg, key }, widened(atom), draft, solver);
  for (const start of [draft, wide]) {
    if (!start) continue;
    const text = key === undefined ? '' : start.witness.get(witnessKey(leg, key))?.[0];
    if (text === undefined) continue;
    for (const values of unify(template, leg, prefix + text)) {
      const filled = withValues(values, start, solver);
      if (filled) yield filled;
    }
  }
}

/** The draft with the variables' values as given; undefined where one may not have its own. */
function withValues(
  values: readonly (readonly [Place, string])[],
  draft: Draft,
  solver: KeySolver,
): Draft | undefined {
  let filled: Draft | undefined = draft;
  for (const [{ leg, key }, value] of values) {
    const equal: Choice = {
      atom: { kind: 'test', leg, key, test: 'equals', value, glob: undefined },
      positive: true,
    };
    filled &&= placeWith({ leg, key }, [equal], filled, solver);
  }
  return filled;
}

/** What the subject alone must meet once the variables have their values: alternatives. */
function subjectOptions(
  atom: LinkedAtom,
  positive: boolean,
  witness: Witness,
): readonly (readonly Choice[])[] {
  if (atom.kind === 'some') {
    const values = atom.values.flatMap((template) => {
      const resolved = resolveAt(template, atom.leg, witness);
      return resolved.kind === 'known' ? [resolved.template] : [];
    });
    return [[{ atom: { ...atom, values }, positive }]];
  }
  const tests = subjectTests(atom, witness).map((test): Choice => ({ atom: test, positive }));
  return positive ? tests.map((test) => [test]) : [tests];
}

function subjectTests(
  { leg, key, prefix, operator, template }: RelationAtom,
  witness: Witness,
): readonly Atom[] {
  if (key === undefined) return [];
  const values = knownValues(operator, resolveAt(template, leg, witness));
  const demands = values.flatMap((value) => residualDemands({ test: operator, value }, prefix));
  return demands.map((demand) => testAtom(leg, key, demand));
}

/** The demand as an atom on the key. */
export function testAtom(leg: Leg, key: string, { test, value }: Demand): Atom {
  const isGlob = test === 'like' || test === 'arn-like';
  return { kind: 'test', leg, key, test, value: value.text, glob: isGlob ? value.glob : undefined };
}
