import type { CompiledCondition, CompiledStatement, TestCondition } from '../compile/policy.ts';
import { groupText, presenceText, someText } from '../expression/test-text.ts';
import type { Call } from './scene.ts';

/** When the statement's conditions hold, in words: `where the key has no tag data-class`. Empty where it has none. */
export function conditionsText({ conditions }: CompiledStatement, noun: Call['noun']): string {
  return conditions.map((condition) => conditionText(condition, true, noun)).join(' and ');
}

/** When the condition holds, or does not. */
export function conditionText(condition: CompiledCondition, holds: boolean, noun: Call['noun']): string {
  const { key } = condition;
  const text =
    condition.kind === 'null'
      ? presenceText('s3', key, condition.absent.includes(false) === holds)
      : testText(condition, holds);
  return text.replaceAll('the resource', `the ${noun}`);
}

function testText(condition: TestCondition, holds: boolean): string {
  const { key, operator, quantifier, values } = condition;
  const { test, inverted } = operator;
  const flips = operator.negated || inverted;
  if (quantifier !== 'one') {
    const isAll = quantifier === 'all-values';
    return someText({ key, test, values, negated: flips !== isAll }, isAll !== holds);
  }
  const tests = values.map(({ text: value }) => ({ test, value }));
  const positive = flips !== holds;
  // What is not sent is no MFA either.
  if (isFalse(condition)) {
    return groupText({
      leg: 's3',
      key,
      tests: [{ test, value: 'true' }],
      positive: !positive,
      isThere: false,
    });
  }
  return groupText({ leg: 's3', key, tests, positive, isThere: inverted || !holds });
}

/** `BoolIfExists … false`: whatever is not true. */
function isFalse({ operator, ifExists, values }: TestCondition): boolean {
  const [value, ...others] = values;
  return operator.test === 'bool' && ifExists && others.length === 0 && value?.text === 'false';
}

/** Keys of which a call decides nothing: they tell who calls, and what is called. */
const FIXED =
  /^(aws:(principal|resource|requestedregion|userid|username|currenttime|epochtime|sourceaccount|sourcearn|sourceorg)|kms:|s3:(resourceaccount|buckettag|dataaccesspoint))/;
const TAG = /^(?:aws:(resource|principal)tag|s3:(bucket)tag)\/(.+)$/;

/** What makes the statement not apply: to call otherwise, or to tag something; none where only who calls matters. */
export function waysAround({ conditions }: CompiledStatement, noun: Call['noun']): readonly string[] {
  return conditions.flatMap((condition) => {
    const [, whose, ofBucket, name = ''] = TAG.exec(condition.key) ?? [];
    if (whose !== undefined || ofBucket !== undefined) {
      return tagging(condition, name, whose === 'principal' ? 'caller' : noun);
    }
    if (FIXED.test(condition.key)) return [];
    const text = conditionText(condition, false, noun);
    return text.startsWith('where') ? [] : [`call ${text}`];
  });
}

function tagging(condition: CompiledCondition, name: string, noun: string): readonly string[] {
  if (condition.kind === 'null') {
    return condition.absent.includes(true)
      ? [`tag the ${noun} with ${name}`]
      : [`take the tag ${name} off the ${noun}`];
  }
  const values = condition.values.map(({ text }) => text).join(' or ');
  return condition.operator.negated
    ? [`tag the ${noun} with ${name} = ${values}`]
    : [`change the tag ${name} of the ${noun}`];
}
