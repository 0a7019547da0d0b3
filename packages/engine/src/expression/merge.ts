import type { TestAtom } from './atom.ts';
import type { Node } from './expressions.ts';

/** Tests of one kind on one key, which read as one test of several values. */
export interface Merged {
  readonly kind: 'merged';
  readonly first: TestAtom;
  readonly values: readonly string[];
  readonly positive: boolean;
}

/** A part of an expression as it is written down. */
export type Part = Node | Merged;

/** Joins the tests of one key: in "any" the positive ones, in "all" the negative ones. */
export function mergeTests({ kind, parts }: Extract<Node, { kind: 'all' | 'any' }>): readonly Part[] {
  const positive = kind === 'any';
  const groups = new Map<string, TestAtom[]>();
  const rest: Part[] = [];
  for (const part of parts) {
    if (part.kind !== 'literal' || part.positive !== positive || part.atom.kind !== 'test') {
      rest.push(part);
      continue;
    }
    const { leg, key, test } = part.atom;
    const group = `${leg} ${key} ${test}`;
    groups.set(group, [...(groups.get(group) ?? []), part.atom]);
  }
  const merged = [...groups.values()].flatMap(([first, ...others]): readonly Merged[] => {
    if (!first) return [];
    return [{ kind: 'merged', first, values: [first, ...others].map(({ value }) => value), positive }];
  });
  return [...merged, ...rest];
}
