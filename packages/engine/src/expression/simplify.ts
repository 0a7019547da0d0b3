import type { Expressions, Node } from './expressions.ts';
import type { Satisfiable } from './solver.ts';

/** What is needed to tell whether a part of an expression says anything. */
export interface Judging {
  readonly x: Expressions;
  readonly satisfiable: (node: Node) => Satisfiable;
}

/** Parts beyond which an expression is left as it is. */
const MOST_PARTS = 60;

/**
 * The expression without the parts that follow from others, or that could hold for no request: what is left holds for
 * the same requests and reads better. Where telling is too hard, a part stays.
 */
export function simplified(node: Node, judging: Judging): Node {
  if (node.kind !== 'all' && node.kind !== 'any') return node;
  return sizeOf(node) > MOST_PARTS ? node : within(node, judging.x.yes, judging);
}

function sizeOf(node: Node): number {
  if (node.kind !== 'all' && node.kind !== 'any') return 1;
  return node.parts.reduce((size, part) => size + sizeOf(part), 0);
}

/** The expression where `given` holds. */
function within(node: Node, given: Node, judging: Judging): Node {
  const { x, satisfiable } = judging;
  const never = satisfiable(x.all([given, node])).kind === 'no';
  if (never) return x.no;
  if (satisfiable(x.all([given, x.not(node)])).kind === 'no') return x.yes;
  if (node.kind === 'all')
    return reduced(
      node.parts,
      { join: (parts) => x.all(parts), assume: (rest) => x.all([given, ...rest]) },
      judging,
    );
  if (node.kind !== 'any') return node;
  // Of an alternative only what the others leave open counts.
  return reduced(
    node.parts,
    { join: (parts) => x.any(parts), assume: (rest) => x.all([given, x.not(x.any(rest))]) },
    judging,
  );
}

interface Combination {
  readonly join: (parts: readonly Node[]) => Node;
  /** What may be taken for granted at one part, because of the others. */
  readonly assume: (others: readonly Node[]) => Node;
}

/** Each part in the light of the others; what says least goes first. */
function reduced(given: readonly Node[], { join, assume }: Combination, judging: Judging): Node {
  let parts = given;
  for (const part of given.toSorted((a, b) => weight(a) - weight(b))) {
    const others = parts.filter((other) => other !== part);
    const left = within(part, assume(others), judging);
    parts = parts.map((other) => (other === part ? left : other));
  }
  return join(parts);
}

/** That a key is there most often follows from the rest. */
function weight(node: Node): number {
  if (node.kind !== 'literal') return 0;
  return node.atom.kind === 'present' ? 1 : 2;
}
