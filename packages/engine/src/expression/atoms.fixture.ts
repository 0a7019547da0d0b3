import fc from 'fast-check';
import { parseTemplate } from '../compile/template.ts';
import { parseGlob } from '../compile/glob.ts';
import type { Atom, UnreadableAtom } from './atom.ts';
import type { Expressions, Node } from './expressions.ts';

export function bool(key: string, value: 'true' | 'false' = 'true'): Atom {
  return { kind: 'test', leg: 's3', key, test: 'bool', value, glob: undefined };
}

export function equals(key: string, value: string): Atom {
  return { kind: 'test', leg: 's3', key, test: 'equals', value, glob: undefined };
}

export function like(key: string, value: string): Atom {
  return { kind: 'test', leg: 's3', key, test: 'like', value, glob: parseGlob(value) };
}

export function within(key: string, range: string): Atom {
  return { kind: 'test', leg: 's3', key, test: 'in', value: range, glob: undefined };
}

export function present(key: string): Atom {
  return { kind: 'present', leg: 's3', key };
}

export function some(key: string, values: readonly string[], negated = false): Atom {
  const templates = values.map((value) => parseTemplate(value, true));
  return { kind: 'some', leg: 's3', key, test: 'like', values: templates, negated };
}

export function relation(key: string, template: string, prefix = ''): Atom {
  return {
    kind: 'relation',
    leg: 's3',
    prefix,
    key,
    operator: 'like',
    template: parseTemplate(template, true),
  };
}

export function unreadable(document: string, may: UnreadableAtom['may'] = 'grant'): UnreadableAtom {
  return { kind: 'unreadable', leg: 's3', document, reason: 'AccessDenied', may };
}

/** A formula, before any builder has seen it. */
export type Formula =
  | { readonly kind: 'atom'; readonly atom: Atom }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Formula[] };

export function build(formula: Formula, x: Expressions): Node {
  switch (formula.kind) {
    case 'atom':
      return x.atom(formula.atom);
    case 'not':
      return x.not(build(formula.part, x));
    case 'all':
      return x.all(formula.parts.map((part) => build(part, x)));
    case 'any':
      return x.any(formula.parts.map((part) => build(part, x)));
  }
}

/** The formula's truth, read as it is written. */
export function truth(formula: Formula, holds: (atom: Atom) => boolean): boolean {
  switch (formula.kind) {
    case 'atom':
      return holds(formula.atom);
    case 'not':
      return !truth(formula.part, holds);
    case 'all':
      return formula.parts.every((part) => truth(part, holds));
    case 'any':
      return formula.parts.some((part) => truth(part, holds));
  }
}

/** Formulas of up to three levels over the atoms. */
export function formulas(atoms: readonly Atom[]): fc.Arbitrary<Formula> {
  return fc.letrec<{ formula: Formula }>((tie) => ({
    formula: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom(...atoms).map((atom): Formula => ({ kind: 'atom', atom })),
      tie('formula').map((part): Formula => ({ kind: 'not', part })),
      fc
        .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('formula'), { maxLength: 3 }))
        .map(([kind, parts]): Formula => ({ kind, parts })),
    ),
  })).formula;
}
