import { globText, literalGlob } from '../compile/glob.ts';
import type { TestAtom } from '../expression/atom.ts';
import type { Node } from '../expression/expressions.ts';

const EVERYTHING: readonly string[] = ['*'];

/** Patterns of the object keys that the expression may admit: a superset where the expression is finer. */
export function keyPatterns(node: Node): readonly string[] {
  switch (node.kind) {
    case 'true':
      return EVERYTHING;
    case 'false':
      return [];
    case 'literal': {
      const { atom, positive } = node;
      return positive && atom.kind === 'test' && atom.key === 'key' ? patternsOf(atom) : EVERYTHING;
    }
    case 'all': {
      // Any one part's patterns are a superset of what all parts admit; the first narrower one is as good as another.
      const narrow = node.parts.map(keyPatterns).find((patterns) => !patterns.includes('*'));
      return narrow ?? EVERYTHING;
    }
    case 'any': {
      const patterns = new Set(node.parts.flatMap(keyPatterns));
      return patterns.has('*') ? EVERYTHING : [...patterns].toSorted();
    }
  }
}

/** A wildcard in a key that is named is written as a policy would, `${*}`. */
function patternsOf({ test, value }: TestAtom): readonly string[] {
  if (test === 'like') return [value];
  return test === 'equals' ? [globText(literalGlob(value))] : EVERYTHING;
}
