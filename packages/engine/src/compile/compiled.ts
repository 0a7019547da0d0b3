import type { Operator } from '../condition/operators.ts';
import type { Passing } from '../condition/passing.ts';
import type { ActionElement } from './actions.ts';
import type { Glob, TextTest } from './glob.ts';
import type { PrincipalElement } from './principal.ts';
import type { Template } from './template.ts';

/** No set operator, `ForAnyValue:` or `ForAllValues:`. */
export type Quantifier = 'one' | 'any-value' | 'all-values';

/** One key of one operator of a statement's condition. */
export type CompiledCondition =
  | {
      readonly kind: 'null';
      readonly key: string;
      readonly absent: readonly boolean[];
      readonly quantifier: Quantifier;
    }
  | {
      readonly kind: 'test';
      readonly key: string;
      readonly operator: Operator;
      readonly quantifier: Quantifier;
      readonly ifExists: boolean;
      readonly values: readonly Template[];
      /** Does a value of the request pass one of `values`? Undefined where variables decide too. */
      readonly passes: Passing | undefined;
    };

/** A condition that tests values, rather than presence alone. */
export type TestCondition = Extract<CompiledCondition, { kind: 'test' }>;

/** One pattern of Resource or NotResource. */
export type ResourcePattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'nothing' }
  /** The five leading segments one by one, the rest as one text: semantics.md A.5. */
  | {
      readonly kind: 'arn';
      readonly leading: readonly TextPattern[];
      readonly rest: Template;
      /** What the rest begins with before any wildcard or variable. */
      readonly head: string;
      /** The rest without variables, ready to match. */
      readonly plain: TextPattern | undefined;
    };

/** A glob, and whether a text matches it. */
export interface TextPattern {
  readonly glob: Glob;
  readonly matches: TextTest;
}

/** A statement with its elements made into matchers. */
export interface CompiledStatement {
  readonly path: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: ActionElement;
  /** Undefined: whatever the document is attached to. */
  readonly resources:
    { readonly negated: boolean; readonly patterns: readonly ResourcePattern[] } | undefined;
  readonly principal: PrincipalElement | undefined;
  readonly conditions: readonly CompiledCondition[];
  /** The row of semantics.md section I on which the statement rests. */
  readonly disputed: string | undefined;
}
