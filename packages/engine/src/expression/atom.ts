import type { Leg } from '@denyscope/model';
import type { Glob } from '../compile/glob.ts';
import type { ValueTest } from '../condition/compare.ts';
import type { Template } from '../compile/template.ts';

/** One positive test of one single-valued open key: false where the key is absent, or not of the test's type. */
export interface TestAtom {
  readonly kind: 'test';
  readonly leg: Leg;
  /** Lower case; `key` is the object's own key, `session-name` the name of a role session. */
  readonly key: string;
  readonly test: ValueTest;
  /** The policy's value; for `like` its glob stands beside. */
  readonly value: string;
  readonly glob: Glob | undefined;
}

/** The key is there. */
export interface PresentAtom {
  readonly kind: 'present';
  readonly leg: Leg;
  readonly key: string;
}

/**
 * At least one value of a multi-valued key satisfies the test for one of `values`; negated: for none of them. The
 * values may hold variables over other open keys; one whose variable is absent is no value.
 */
export interface SomeAtom {
  readonly kind: 'some';
  readonly leg: Leg;
  readonly key: string;
  readonly test: ValueTest;
  readonly values: readonly Template[];
  readonly negated: boolean;
}

/** An open text against a template that holds other open keys; never widened to `*`. */
export interface RelationAtom {
  readonly kind: 'relation';
  readonly leg: Leg;
  /** The subject is `prefix` followed by the value of `key`. */
  readonly prefix: string;
  readonly key: string | undefined;
  readonly operator: ValueTest;
  readonly template: Template;
}

/** What a document that could not be read may say: that it grants, that it denies, or a value that it holds. */
export interface UnreadableAtom {
  readonly kind: 'unreadable';
  readonly leg: Leg;
  readonly document: string;
  readonly reason: string;
  readonly may: 'grant' | 'deny' | 'matter';
  /** What the document was asked: two questions to one document are two atoms. */
  readonly about?: string | undefined;
}

/** The smallest fact that an expression is made of. */
export type Atom = TestAtom | PresentAtom | SomeAtom | RelationAtom | UnreadableAtom;

/** Two atoms with the same text are the same atom. */
export function atomText(atom: Atom): string {
  switch (atom.kind) {
    case 'test':
      return `test ${atom.leg} ${atom.key} ${atom.test} ${JSON.stringify(atom.value)}`;
    case 'present':
      return `present ${atom.leg} ${atom.key}`;
    case 'some': {
      const values = atom.values.map((template) => template.pieces);
      return `some ${atom.leg} ${atom.key} ${atom.test} ${String(atom.negated)} ${JSON.stringify(values)}`;
    }
    case 'relation': {
      const { prefix, key, operator, template } = atom;
      return `relation ${atom.leg} ${JSON.stringify([prefix, key, operator, template.pieces])}`;
    }
    case 'unreadable':
      return `unreadable ${atom.leg} ${atom.may} ${JSON.stringify([atom.document, atom.about])}`;
  }
}
