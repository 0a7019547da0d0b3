import { literalGlob } from '../compile/glob.ts';
import { templateGlob, templateText, type Template } from '../compile/template.ts';
import { rulesOf, type ValueTest } from './operators.ts';
import type { PolicyValue } from './value-rules.ts';

/** A policy's value as its operator reads it: wildcards count only under the `like` tests. Variables are resolved. */
export function policyValue(test: ValueTest, template: Template): PolicyValue {
  const text = templateText(template);
  return { text, glob: isPattern(test) ? templateGlob(template) : literalGlob(text) };
}

/** Does the test read wildcards? */
export function isPattern(test: ValueTest): boolean {
  return rulesOf(test).readsWildcards;
}

/** Is the policy's value of the test's type? */
export function isComparable(test: ValueTest, value: PolicyValue): boolean {
  return rulesOf(test).isComparable(value);
}
