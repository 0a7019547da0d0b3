import { globMatches, literalGlob, parseGlob, residualGlobs, type Glob } from '../compile/glob.ts';
import type { Template } from '../compile/template.ts';
import type { RelationAtom } from '../expression/atom.ts';
import type { Expressions, Node } from '../expression/expressions.ts';

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

/** The template with every variable read as any text. */
function widestGlob({ pieces }: Template, wildcards: boolean): Glob {
  return pieces.flatMap((piece): Glob => {
    if (piece.kind === 'variable') return [{ kind: 'star' }];
    return piece.kind === 'text' && wildcards ? parseGlob(piece.text) : literalGlob(piece.text);
  });
}
