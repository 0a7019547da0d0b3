import type { Atom } from '../expression/atom.ts';
import { atomsOf, type Expressions } from '../expression/expressions.ts';
import type { Constraint } from './combined.ts';
import { gateOf, type GatePart, type RequestForm } from './gates/gate.ts';

/** Makes each form a part of the decision: refused or not where its keys are closed, else as its keys matter. */
export function settleForms(
  forms: readonly RequestForm[],
  others: readonly Constraint[],
  x: Expressions,
): readonly GatePart[] {
  if (forms.length === 0) return [];
  const asked = new Set(others.flatMap(({ holds }) => [...atomsOf(holds)].flatMap(keysOf)));
  return forms.map(({ keys, verdict, assumption }) => {
    const isOpen = [...atomsOf(verdict.holds)].some((atom) => keysOf(atom).some((key) => keys.includes(key)));
    // A policy that refuses just the same is to be named for it, and not this layer as well.
    if (isOpen && others.some(({ holds }) => holds === verdict.holds)) return gateOf(passed(verdict, x), x);
    if (!isOpen || keys.some((key) => asked.has(key))) return gateOf(verdict, x);
    return { ...gateOf(passed(verdict, x), x), assumptions: [assumption] };
  });
}

function passed(verdict: RequestForm['verdict'], x: Expressions): RequestForm['verdict'] {
  return { ...verdict, holds: x.yes, note: '' };
}

function keysOf(atom: Atom): readonly string[] {
  return atom.kind === 'unreadable' || atom.leg !== 's3' || atom.key === undefined ? [] : [atom.key];
}
