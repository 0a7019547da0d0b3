import type { Leg, Verdict } from '@denyscope/model';
import type { Atom } from '../expression/atom.ts';
import { atomsOf, type Expressions, type Node } from '../expression/expressions.ts';
import { witnessKey, type Witness } from '../expression/point.ts';
import { createSolver, type Satisfiable, type Solver } from '../expression/solver.ts';
import type { KeyPlace } from './context.ts';
import type { Evaluation } from './evaluation.ts';

/** What an expression comes to: its verdict, and the expression that remains of a conditional one. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly condition: Node;
  readonly witness: Witness | undefined;
}

/** What all the questions about one evaluation share. */
export interface Setting {
  readonly x: Expressions;
  /** Does some request that the question is about meet the expression? Remembers what it was asked. */
  readonly satisfiable: (node: Node) => Satisfiable;
}

const NEVER: Satisfiable = { kind: 'no' };
const WHATEVER: Satisfiable = { kind: 'yes', witness: new Map() };

/** The setting of one evaluation. What is settled without a search, as all of a closed request is, needs no solver. */
export function settingOf({ x, background, alwaysPresent }: Evaluation): Setting {
  let solver: Solver | undefined;
  return {
    x,
    satisfiable(node) {
      const whole = x.all([background, node]);
      if (whole === x.no) return NEVER;
      if (whole === x.yes) return WHATEVER;
      solver ??= createSolver(x, presenceOf(alwaysPresent));
      return solver.satisfiable(whole);
    },
  };
}

function presenceOf(places: readonly KeyPlace[]): (leg: Leg, key: string) => boolean {
  const always = new Set(places.map(({ leg, key }) => witnessKey(leg, key)));
  return (leg, key) => always.has(witnessKey(leg, key));
}

/**
 * Decides an expression. Allowed: it holds for every request. Denied: for none. Unknown: it depends on a document
 * that could not be read. Undecided is never read as denied.
 */
export function judge(node: Node, setting: Setting): Judgement {
  const { x, satisfiable } = setting;
  const can = satisfiable(node);
  if (can.kind === 'no') return { verdict: 'denied', condition: x.no, witness: undefined };
  const witness = can.kind === 'yes' ? can.witness : undefined;
  if (isAlways(node, setting)) return { verdict: 'allowed', condition: x.yes, witness };
  if (hiddenIn(node).length === 0) return { verdict: 'conditional', condition: node, witness };
  const bare = withoutIdle(node, setting);
  if (hiddenIn(bare).length > 0) return { verdict: 'unknown', condition: bare, witness: undefined };
  return judge(bare, setting);
}

function isAlways(node: Node, { x, satisfiable }: Setting): boolean {
  return node === x.yes || satisfiable(x.not(node)).kind === 'no';
}

function hiddenIn(node: Node): readonly Atom[] {
  return [...atomsOf(node)].filter((atom) => atom.kind === 'unreadable');
}

/** The expression without the unreadable documents that change nothing, whatever they say. */
function withoutIdle(node: Node, setting: Setting): Node {
  const { x } = setting;
  let rest = node;
  for (const hidden of hiddenIn(node)) {
    const yes = x.assign(rest, (atom) => (atom === hidden ? true : undefined));
    const no = x.assign(rest, (atom) => (atom === hidden ? false : undefined));
    if (areEquivalent(yes, no, setting)) rest = no;
  }
  return rest;
}

/** Do both hold for the same requests? Undecided counts as no. */
function areEquivalent(a: Node, b: Node, { x, satisfiable }: Setting): boolean {
  if (a === b) return true;
  const differ = x.any([x.all([a, x.not(b)]), x.all([x.not(a), b])]);
  return satisfiable(differ).kind === 'no';
}

/** The verdicts with every unreadable document at its worst and at its best. */
export function boundsOf(node: Node, setting: Setting): { worst: Verdict; best: Verdict } {
  return {
    worst: judge(readAs(node, false, setting), setting).verdict,
    best: judge(readAs(node, true, setting), setting).verdict,
  };
}

/** Every unreadable document answers as well, or as badly, as it could at each place where it is asked. */
function readAs(node: Node, best: boolean, setting: Setting): Node {
  const { x } = setting;
  if (node.kind === 'literal') return node.atom.kind === 'unreadable' ? x.of(best) : node;
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  const parts = node.parts.map((part) => readAs(part, best, setting));
  return node.kind === 'all' ? x.all(parts) : x.any(parts);
}
