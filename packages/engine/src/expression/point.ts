import type { Leg } from '@denyscope/model';
import { resolveTemplate, type Resolved, type Template } from '../compile/template.ts';
import { compare } from '../condition/compare.ts';
import { policyValue } from '../condition/policy-value.ts';
import type { Atom, RelationAtom, SomeAtom, TestAtom } from './atom.ts';
import { literalOfTest, passes } from './theory.ts';

/** A concrete assignment: leg and key → values; a key that is not there is absent. */
export type Witness = ReadonlyMap<string, readonly string[]>;

/** The name of a key in a witness. */
export function witnessKey(leg: Leg, key: string): string {
  return `${leg} ${key}`;
}

/** The first value of a key. */
export function valueAt(witness: Witness, leg: Leg, key: string): string | undefined {
  return witness.get(witnessKey(leg, key))?.[0];
}

/** The template with its variables' values at the witness. */
export function resolveAt(template: Template, leg: Leg, witness: Witness): Resolved {
  return resolveTemplate(template, (variable) => {
    const text = valueAt(witness, variable.leg ?? leg, variable.key);
    return text === undefined ? { kind: 'absent' } : { kind: 'known', text };
  });
}

/** Does the atom hold at the witness? Undefined for a document that could not be read: no context says. */
export function atomHolds(atom: Atom, witness: Witness): boolean | undefined {
  switch (atom.kind) {
    case 'present':
      return (witness.get(witnessKey(atom.leg, atom.key)) ?? []).length > 0;
    case 'test':
      return testHolds(atom, witness);
    case 'some':
      return someHolds(atom, witness);
    case 'relation':
      return relationHolds(atom, witness);
    case 'unreadable':
      return undefined;
  }
}

function testHolds(atom: TestAtom, witness: Witness): boolean {
  const actual = valueAt(witness, atom.leg, atom.key);
  return actual !== undefined && passes(literalOfTest(atom, true), actual);
}

function someHolds(atom: SomeAtom, witness: Witness): boolean {
  const values = atom.values.flatMap((template) =>
    knownValues(atom.test, resolveAt(template, atom.leg, witness)),
  );
  const actual = witness.get(witnessKey(atom.leg, atom.key)) ?? [];
  return actual.some(
    (text) => values.some((value) => compare(atom.test, text, value) === true) !== atom.negated,
  );
}

function relationHolds({ leg, prefix, key, operator, template }: RelationAtom, witness: Witness): boolean {
  const end = key === undefined ? '' : valueAt(witness, leg, key);
  if (end === undefined) return false;
  const values = knownValues(operator, resolveAt(template, leg, witness));
  return values.some((value) => compare(operator, prefix + end, value) === true);
}

/** The value of a resolved template; none where a variable had none. */
export function knownValues(
  test: SomeAtom['test'],
  resolved: Resolved,
): readonly ReturnType<typeof policyValue>[] {
  return resolved.kind === 'known' ? [policyValue(test, resolved.template)] : [];
}
