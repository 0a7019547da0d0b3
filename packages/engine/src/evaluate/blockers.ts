import type { Blocker, Verdict } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { Constraint } from './combined.ts';
import { judge, type Judgement, type Setting } from './judge.ts';
import { isSameRef } from './refs.ts';

/**
 * All that refuses: for a denial the constraints that no request meets, and the smallest sets of the others that
 * contradict one another; for a conditional answer every constraint that some request fails.
 */
export function blockersOf(
  constraints: readonly Constraint[],
  { verdict }: Judgement,
  setting: Setting,
): Blocker[] {
  if (verdict === 'allowed') return [];
  const open = constraints.filter(({ holds }) => holds !== setting.x.yes).map(judged(setting));
  const others = open.filter((constraint) => constraint.verdict !== 'denied');
  if (verdict !== 'denied') {
    const chosen = others.filter((constraint) => constraint.verdict === 'conditional');
    return blockers(chosen, { open, contradictions: [] }, setting);
  }
  const alone = open
    .filter((constraint) => constraint.verdict === 'denied')
    .map((constraint) => [constraint]);
  const contradictions = [...alone, ...together(others, setting)];
  return blockers(contradictions.flat(), { open, contradictions }, setting);
}

/** A constraint, and what it comes to by itself. */
interface Judged extends Constraint {
  readonly verdict: Verdict;
}

function judged(setting: Setting): (constraint: Constraint) => Judged {
  return ({ leg, layer, explicit, statement, holds }) => {
    return { leg, layer, explicit, statement, holds, verdict: judge(holds, setting).verdict };
  };
}

/** Sets that refuse together, as long as what is left is still denied; no two share a constraint. */
function together(constraints: readonly Judged[], setting: Setting): readonly (readonly Judged[])[] {
  const found: (readonly Judged[])[] = [];
  let rest = constraints;
  for (;;) {
    const core = contradicting(rest, setting);
    // None is to blame where the question contradicts itself.
    if (core.length === 0) return found;
    found.push(core);
    rest = rest.filter((constraint) => !core.includes(constraint));
  }
}

/**
 * The last of the sets that cannot hold together and of which none can be left out; empty where all can hold. What
 * few constraints say is soon decided, so it looks among the last two, four, eight first; then it leaves out the
 * first, two more, four more, as long as the others still contradict one another.
 */
function contradicting(constraints: readonly Judged[], setting: Setting): readonly Judged[] {
  let size = 2;
  while (size < constraints.length && !isDenied(constraints.slice(-size), setting)) size *= 2;
  let left = constraints.slice(-size);
  if (size >= constraints.length && !isDenied(left, setting)) return [];
  const needed: Judged[] = [];
  let step = 1;
  while (left.length > 0) {
    const fewer = left.slice(step);
    if (isDenied([...needed, ...fewer], setting)) {
      left = fewer;
      step *= 2;
    } else if (step > 1) step = 1;
    else {
      needed.push(...left.slice(0, 1));
      left = fewer;
    }
  }
  return needed;
}

function isDenied(constraints: readonly Constraint[], { x, satisfiable }: Setting): boolean {
  return satisfiable(allOf(constraints, x)).kind === 'no';
}

function allOf(constraints: readonly Constraint[], x: Expressions): Node {
  return x.all(constraints.map(({ holds }) => holds));
}

/** What stands between the request and its being allowed. */
interface Refusal {
  readonly open: readonly Judged[];
  /** Each by itself denies every request: none where some request passes. */
  readonly contradictions: readonly (readonly Judged[])[];
}

function blockers(chosen: readonly Judged[], refusal: Refusal, setting: Setting): Blocker[] {
  const once = chosen.filter((one, place) => chosen.findIndex((other) => isSame(one, other)) === place);
  return once.map((one) => {
    const { leg, layer, explicit, statement } = one;
    const liftingGives = without(one, refusal, setting);
    return { leg, layer, explicit, statement: statement ?? null, liftingGives };
  });
}

/** Lifting a blocker lifts all that it stands for: one statement may refuse in several places. */
function isSame(a: Constraint, b: Constraint): boolean {
  return (
    a.leg === b.leg && a.layer === b.layer && a.explicit === b.explicit && isSameRef(a.statement, b.statement)
  );
}

/** What the others come to; most often what each comes to by itself tells. */
function without(one: Judged, { open, contradictions }: Refusal, setting: Setting): Verdict {
  if (contradictions.some((core) => core.every((other) => !isSame(one, other)))) return 'denied';
  const rest = open.filter((other) => !isSame(one, other));
  // Some request meets all constraints, so it meets the rest; and one fails the rest that fails any of them.
  const isOpen =
    contradictions.length === 0 &&
    open.every(({ verdict }) => verdict === 'conditional' || verdict === 'allowed');
  if (isOpen) return rest.some(({ verdict }) => verdict === 'conditional') ? 'conditional' : 'allowed';
  return judge(allOf(rest, setting.x), setting).verdict;
}
