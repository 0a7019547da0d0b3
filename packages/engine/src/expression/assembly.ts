import type { Leg } from '@denyscope/model';
import type { VariablePiece } from '../compile/template.ts';
import { residualDemands, type Demand } from '../condition/residual.ts';
import type { Atom, RelationAtom, SomeAtom } from './atom.ts';
import type { Choice, KeyValues } from './key-values.ts';
import { atomHolds, knownValues, resolveAt, witnessKey, type Witness } from './point.ts';

/** Answers for one key. */
export interface KeySolver {
  readonly isAlwaysPresent: (leg: Leg, key: string) => boolean;
  readonly solve: (leg: Leg, key: string, choices: readonly Choice[]) => KeyValues;
}

/** The choices that speak of one key alone, by leg and key. */
export interface KeyGroup {
  readonly leg: Leg;
  readonly key: string;
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

/**
 * A witness of all choices, or undefined where none was found: keys that are compared with one another are given
 * their values one after the other, so that not finding one proves nothing.
 */
export function assemble(choices: readonly Choice[], solver: KeySolver): Witness | undefined {
  const draft: Draft = { witness: new Map(), groups: new Map(groupByKey(choices)), solver };
  for (const group of draft.groups.values()) if (!place(group, draft)) return undefined;
  for (const { atom, positive } of choices) if (isLinked(atom)) settle(atom, positive, draft);
  const { witness } = draft;
  const isMet = choices.every(({ atom, positive }) => (atomHolds(atom, witness) ?? positive) === positive);
  return isMet ? witness : undefined;
}

interface Draft {
  readonly witness: Map<string, readonly string[]>;
  readonly groups: Map<string, KeyGroup>;
  readonly solver: KeySolver;
}

/** Gives the group's key its values, where there are any. */
function place(group: KeyGroup, { witness, groups, solver }: Draft): boolean {
  const solved = solver.solve(group.leg, group.key, group.choices);
  if (solved.kind !== 'values') return false;
  const at = witnessKey(group.leg, group.key);
  groups.set(at, group);
  if (solved.values.length > 0) witness.set(at, solved.values);
  else witness.delete(at);
  return true;
}

function groupOf(leg: Leg, key: string, { groups }: Draft): KeyGroup {
  return groups.get(witnessKey(leg, key)) ?? { leg, key, choices: [] };
}

/** Makes the atom as demanded, where it is not already. */
function settle(atom: LinkedAtom, positive: boolean, draft: Draft): void {
  const variables = variablesOf(atom);
  for (const { leg, key } of variables) if (draft.solver.isAlwaysPresent(leg, key)) provide(leg, key, draft);
  if (atomHolds(atom, draft.witness) === positive) return;
  for (const { leg, key } of variables) provide(leg, key, draft);
  if (atomHolds(atom, draft.witness) === positive) return;
  const subject = atom.key;
  if (subject === undefined) return;
  const group = groupOf(atom.leg, subject, draft);
  for (const option of optionsOf(atom, positive, draft.witness)) {
    if (place({ ...group, choices: [...group.choices, ...option] }, draft)) return;
  }
}

/** A value for a key that has none yet, unless it must be absent. */
function provide(leg: Leg, key: string, draft: Draft): void {
  if (draft.witness.has(witnessKey(leg, key))) return;
  const group = groupOf(leg, key, draft);
  const present: Choice = { atom: { kind: 'present', leg, key }, positive: true };
  place({ ...group, choices: [...group.choices, present] }, draft);
}

function variablesOf(atom: LinkedAtom): readonly { leg: Leg; key: string }[] {
  const templates = atom.kind === 'some' ? atom.values : [atom.template];
  return templates
    .flatMap((template) => template.pieces)
    .filter((piece): piece is VariablePiece => piece.kind === 'variable')
    .map((piece) => ({ leg: piece.leg ?? atom.leg, key: piece.key }));
}

/** What the subject alone must meet once the variables have their values: alternatives. */
function optionsOf(atom: LinkedAtom, positive: boolean, witness: Witness): readonly (readonly Choice[])[] {
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
