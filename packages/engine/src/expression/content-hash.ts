import { createHash } from 'node:crypto';
import { canonicalJson, type Expression } from '@denyscope/model';

/**
 * The content hash of an expression: the same for the same expression in any scan, whatever the order of its parts
 * and values. Different hashes may still be equivalent.
 */
export function expressionHash(expression: Expression): string {
  return createHash('sha256')
    .update(canonicalJson(normal(expression)))
    .digest('hex');
}

/** Parts and values sorted, nested combinations of one kind flat, none twice. */
function normal(expression: Expression): Expression {
  if (typeof expression === 'boolean') return expression;
  if ('all' in expression) return combined('all', expression.all);
  if ('any' in expression) return combined('any', expression.any);
  if ('not' in expression) return { not: normal(expression.not) };
  return 'values' in expression
    ? { ...expression, values: [...new Set(expression.values)].toSorted() }
    : expression;
}

function combined(kind: 'all' | 'any', given: readonly Expression[]): Expression {
  const parts = given.map(normal).flatMap((part) => partsOf(kind, part));
  const byText = new Map(parts.map((part) => [canonicalJson(part), part]));
  const sorted = [...byText.keys()].toSorted().flatMap((text) => byText.get(text) ?? []);
  const [only] = sorted;
  if (only !== undefined && sorted.length === 1) return only;
  return kind === 'all' ? { all: sorted } : { any: sorted };
}

function partsOf(kind: 'all' | 'any', part: Expression): readonly Expression[] {
  if (typeof part === 'boolean') return [part];
  if (kind === 'all' && 'all' in part) return part.all;
  return kind === 'any' && 'any' in part ? part.any : [part];
}
