import type { TestExpression } from '@denyscope/model';
import type { Glob } from '../compile/glob.ts';

/** A policy's value, ready to compare. */
export interface PolicyValue {
  readonly text: string;
  readonly glob: Glob;
}

/** What the values of a test are by nature: those of one nature are ordered, or matched, alike. */
export type Nature = 'string' | 'ip' | 'number' | 'date' | 'binary';

/** What is left to ask of an open text behind a known prefix: the same test of `text`, or a glob. */
export type Residual =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'glob'; readonly glob: Glob };

/** Exactly the texts that pass, where a glob can say it; `nothing` where no text does. */
export type TextForm =
  | { readonly kind: 'glob'; readonly glob: Glob; readonly mode: 'plain' | 'arn' | 'ignore-case' }
  | { readonly kind: 'nothing' };

/** All that the engine knows of one test of a request's value against a policy's. */
export interface ValueRules<Name extends string = string> {
  readonly name: Name;
  readonly nature: Nature;
  /** Are `*` and `?` in the policy's value wildcards? */
  readonly readsWildcards: boolean;
  /** What is said where the test holds, and where it does not. */
  readonly words: readonly [positive: string, negative: string];
  /** The name in the JSON form of an expression (formats.md section 3), and the type where the name does not say it. */
  readonly json: Pick<TestExpression, 'test' | 'type'>;
  /** Is the policy's value of the test's type? */
  readonly isComparable: (value: PolicyValue) => boolean;
  /** Does the request's value pass? Undefined where either side is not of the test's type. */
  readonly compare: (actual: string, value: PolicyValue) => boolean | undefined;
  /** `compare` for one value of a policy, read once. */
  readonly comparing: (value: PolicyValue) => (actual: string) => boolean | undefined;
  /** What must hold of an open text for `prefix` and the text to pass: one of these. None: no text passes. */
  readonly residuals: (value: PolicyValue, prefix: string) => readonly Residual[];
  /** Undefined where the nature is ordered, and borders say more than a glob. */
  readonly textForm: (value: PolicyValue) => TextForm | undefined;
}

/** What one file of `tests/` says: how a policy's value is parsed, and how a request's value is compared with it. */
export interface ValueTestFile<Name extends string, Parsed> extends Pick<
  ValueRules<Name>,
  'name' | 'nature' | 'words' | 'json'
> {
  readonly readsWildcards?: boolean;
  /** Undefined where the value is not of the test's type. */
  readonly parse: (value: PolicyValue) => Parsed | undefined;
  /** Undefined where the request's value is not. */
  readonly passes: (actual: string, parsed: Parsed) => boolean | undefined;
  /** Left out where no text with a known beginning, such as an object's ARN, can pass. */
  readonly residuals?: ValueRules['residuals'];
  readonly textForm?: ValueRules['textForm'];
}

/** Makes the rules of a test; what its file parses into stays its own affair. */
export function valueTest<const Name extends string, Parsed>(
  file: ValueTestFile<Name, Parsed>,
): ValueRules<Name> {
  const { parse, passes, name, nature, words, json } = file;
  return {
    name,
    nature,
    words,
    json,
    readsWildcards: file.readsWildcards ?? false,
    isComparable: (value) => parse(value) !== undefined,
    compare: (actual, value) => {
      const parsed = parse(value);
      return parsed === undefined ? undefined : passes(actual, parsed);
    },
    comparing: (value) => {
      const parsed = parse(value);
      return parsed === undefined ? () => undefined : (actual) => passes(actual, parsed);
    },
    residuals: file.residuals ?? (() => []),
    textForm: file.textForm ?? (() => undefined),
  };
}
