import type { Blocker, Verdict } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { Constraint } from './combine.ts';
import { judge, type Judgement, type Setting } from './judge.ts';

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
  const alone = open.filter((constraint) => constraint.verdict === 'denied');
  const others = open.filter((constraint) => constraint.verdict !== 'denied');
  const chosen =
    verdict === 'denied'
      ? [...alone, ...together(others, setting)]
      : open.filter((constraint) => constraint.verdict === 'conditional');
  return uniqueBlockers(chosen.map((constraint) => blockerOf(constraint, open, setting)));
}

/** A constraint, and what it comes to by itself. */
interface Judged extends Constraint {
  readonly verdict: Verdict;
  readonly name: string;
}

function judged(setting: Setting): (constraint: Constraint) => Judged {
  return (constraint) => ({
    ...constraint,
    verdict: judge(constraint.holds, setting).verdict,
    name: nameOf(constraint),
  });
}

/** Those that refuse together, as long as what is left is still denied. */
function together(constraints: readonly Judged[], setting: Setting): readonly Judged[] {
  const chosen: Judged[] = [];
  let rest = constraints;
  while (isDenied(rest, setting)) {
    const core = contradicting(rest, setting);
    // None is to blame where the question contradicts itself.
    if (core.length === 0) break;
    chosen.push(...core);
    rest = rest.filter((constraint) => !core.includes(constraint));
  }
  return chosen;
}

/** A set of constraints that cannot hold together, none of which can be left out. */
function contradicting(denied: readonly Judged[], setting: Setting): readonly Judged[] {
  let core = denied;
  for (const constraint of denied) {
    const rest = core.filter((other) => other !== constraint);
    if (isDenied(rest, setting)) core = rest;
  }
  return core;
}

function isDenied(constraints: readonly Constraint[], { x, background, solver }: Setting): boolean {
  return solver.satisfiable(x.all([background, allOf(constraints, x)])).kind === 'no';
}

function allOf(constraints: readonly Constraint[], x: Expressions): Node {
  return x.all(constraints.map(({ holds }) => holds));
}

/** Lifting a blocker lifts all that it stands for: one statement may refuse in several places. */
function blockerOf(constraint: Judged, open: readonly Judged[], setting: Setting): Blocker {
  const { leg, layer, explicit, statement } = constraint;
  const rest = open.filter((other) => other.name !== constraint.name);
  return { leg, layer, explicit, statement: statement ?? null, liftingGives: verdictOf(rest, open, setting) };
}

/** What the rest comes to; most often what each comes to by itself tells. */
function verdictOf(rest: readonly Judged[], open: readonly Judged[], setting: Setting): Verdict {
  if (rest.some(({ verdict }) => verdict === 'denied')) return 'denied';
  // Some request meets all constraints, so it meets the rest; and one fails the rest that fails any of them.
  const isOpen = open.every(({ verdict }) => verdict === 'conditional' || verdict === 'allowed');
  if (isOpen && !isDenied(open, setting)) {
    return rest.some(({ verdict }) => verdict === 'conditional') ? 'conditional' : 'allowed';
  }
  return judge(allOf(rest, setting.x), setting).verdict;
}

function uniqueBlockers(blockers: readonly Blocker[]): Blocker[] {
  return [...new Map(blockers.map((blocker) => [nameOf(blocker), blocker])).values()];
}

function nameOf({
  leg,
  layer,
  explicit,
  statement,
}: Pick<Constraint, 'leg' | 'layer' | 'explicit'> & {
  readonly statement: Constraint['statement'] | null;
}): string {
  return JSON.stringify([leg, layer, explicit, statement?.document, statement?.path, statement?.attachedTo]);
}
