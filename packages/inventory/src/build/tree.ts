import type { CoverageGap } from '@denyscope/model';
import type { OrganizationNode } from '../estate.ts';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import type { Reading } from './reading.ts';

/** The root and the organizational units, by id. */
export function buildNodes(reading: Reading): ReadonlyMap<string, OrganizationNode> {
  const roots = reading.lines.of('root').map(({ data }) => [data.Id, data.Name, undefined] as const);
  const units = reading.lines
    .of('organizational-unit')
    .map(({ data }) => [data.Id, data.Name, data.ParentId] as const);
  return new Map([...roots, ...units].map(([id, name, parentId]) => [id, { id, name, parentId }]));
}

/** The nodes above an account, root first; or the id at which the way up ends without a root. */
export type Ascent =
  | { readonly kind: 'complete'; readonly path: readonly string[] }
  | { readonly kind: 'broken'; readonly at: string; readonly reason: 'MissingParent' | 'ParentCycle' };

/**
 * The way from `parentId` up to the root. AWS: ids of roots begin with `r-`, so a root whose own line is lacking
 * ends the way as well; any other id without a line breaks it, and so does a cycle.
 */
export function ascend(nodes: ReadonlyMap<string, OrganizationNode>, parentId: string): Ascent {
  const path: string[] = [];
  let id: string | undefined = parentId;
  while (id !== undefined) {
    const seenAt = path.indexOf(id);
    if (seenAt >= 0)
      return { kind: 'broken', at: firstOf(path.slice(0, seenAt + 1), id), reason: 'ParentCycle' };
    path.unshift(id);
    const node: OrganizationNode | undefined = nodes.get(id);
    if (!node && !id.startsWith('r-')) return { kind: 'broken', at: id, reason: 'MissingParent' };
    id = node?.parentId;
  }
  return { kind: 'complete', path };
}

/** One name for a cycle, wherever it was entered. */
function firstOf(cycle: readonly string[], fallback: string): string {
  return cycle.toSorted(byCodeUnit)[0] ?? fallback;
}

/** The gap that a broken tree is: the accounts below the break have an empty path, so nothing passes for read. */
export function treeGap(at: string, reason: string): CoverageGap {
  return {
    step: 'organizations:ListRoots',
    reason,
    effect: `the organization tree above \`${at}\` is unknown`,
  };
}
