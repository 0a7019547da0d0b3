import type { Leg } from '@denyscope/model';
import { axiomsFor } from './axioms.ts';
import { atomsOf, type Expressions, type Node } from './expressions.ts';
import { witnessKey } from './point.ts';
import { createSolver } from './solver.ts';

/**
 * Is there surely no request for which all parts hold? So it is for a statement whose conditions contradict one
 * another: it neither grants nor denies. Looks only where parts speak of one key, or of keys that bear on one another.
 */
export function contradicts(
  parts: readonly Node[],
  x: Expressions,
  alwaysPresent: readonly { readonly leg: Leg; readonly key: string }[],
): boolean {
  if (parts.length < 2) return false;
  const whole = x.all(parts);
  if (whole === x.no || !(sharesKey(parts) || axiomsFor(whole, x) !== x.yes)) return whole === x.no;
  const isAlwaysPresent = (leg: Leg, key: string): boolean =>
    alwaysPresent.some((place) => place.leg === leg && place.key === key);
  return createSolver(x, isAlwaysPresent).satisfiable(whole).kind === 'no';
}

/** Do two parts speak of one key? */
function sharesKey(parts: readonly Node[]): boolean {
  const seen = new Set<string>();
  return parts.some((part) => {
    const keys = new Set(
      [...atomsOf(part)].flatMap((atom) =>
        'key' in atom && atom.key !== undefined ? [witnessKey(atom.leg, atom.key)] : [],
      ),
    );
    const isShared = [...keys].some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isShared;
  });
}
