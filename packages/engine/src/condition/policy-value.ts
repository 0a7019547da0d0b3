import { literalGlob } from '../compile/glob.ts';
import { templateGlob, templateText, type Template } from '../compile/template.ts';
import { arnGlobs, compare, type PolicyValue, type ValueTest } from './compare.ts';

/** A policy's value as its operator reads it: wildcards count only under the `like` tests. Variables are resolved. */
export function policyValue(test: ValueTest, template: Template): PolicyValue {
  const text = templateText(template);
  return { text, glob: isPattern(test) ? templateGlob(template) : literalGlob(text) };
}

/** Does the test read wildcards? */
export function isPattern(test: ValueTest): boolean {
  return test === 'like' || test === 'arn-like';
}

/** Is the policy's value of the test's type? */
export function isComparable(test: ValueTest, value: PolicyValue): boolean {
  if (test === 'arn-like') return arnGlobs(value.glob) !== undefined;
  const truth = compare(test, value.text, value);
  return test === 'bool' || test === 'binary-equals'
    ? truth === true
    : test === 'like' || truth !== undefined;
}
