import { globMatches, residualGlobs } from '../compile/glob.ts';
import type { RelationAtom } from '../expression/atom.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import { widestGlob } from '../expression/unify.ts';

/**
 * An open text against a template that holds other open keys. False where no values of the variables could make it
 * match: a home folder of another bucket is no grant on this one.
 */
export function relationNode(relation: Omit<RelationAtom, 'kind'>, x: Expressions): Node {
  return couldMatch(relation) ? x.atom({ kind: 'relation', ...relation }) : x.no;
}

function couldMatch({ prefix, key, operator, template }: Omit<RelationAtom, 'kind'>): boolean {
  if (operator !== 'like' && operator !== 'equals') return true;
  const widest = widestGlob(template, operator === 'like');
  return key === undefined ? globMatches(widest, prefix) : residualGlobs(widest, prefix).length > 0;
}
