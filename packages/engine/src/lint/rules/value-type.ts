import { keyType } from '../../catalogue/index.ts';
import { isComparable, policyValue } from '../../condition/policy-value.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintCondition, Placed } from '../subject.ts';

/** A value that its operator cannot read passes nothing, negated or not (semantics.md A.8, I.13). */
export const valueType: Rule = {
  name: 'value-type',
  source: 'A.8',
  check: ({ statements }) => statements.flatMap(({ conditions }) => conditions.flatMap(strangeValues)),
};

/** The values that the operator cannot read. */
export function strangeValues({ test, values, operator, name }: LintCondition): readonly Remark[] {
  if (test.kind === 'null') {
    return values.filter(({ text }) => !/^(true|false)$/i.test(text)).map(refusal('Null', 'true or false'));
  }
  const strange = values.filter((_, at) => {
    const template = test.values[at];
    return (
      template &&
      !template.hasVariables &&
      !isComparable(test.operator.test, policyValue(test.operator.test, template))
    );
  });
  return strange.map(refusal(operator, EXPECTED.get(test.operator.test) ?? `a value of ${keyType(name)}`));
}

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ['bool', 'true or false'],
  ['in', 'an address or a CIDR'],
  ['arn-like', 'an ARN of six parts'],
  ['binary-equals', 'base64'],
  ...['numeric-equals', 'numeric-less', 'numeric-less-or-equal'].map((test) => [test, 'a number'] as const),
  ...['date-equals', 'date-less', 'date-less-or-equal'].map((test) => [test, 'a date'] as const),
]);

function refusal(operator: string, expected: string): (value: Placed) => Remark {
  return ({ path, text }) => ({
    path,
    severity: 'error',
    message: `${operator} expects ${expected}: \`${text}\` passes nothing`,
  });
}
