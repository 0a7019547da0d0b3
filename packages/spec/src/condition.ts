import { isMultiValued, valuesOf, type Reading } from './context.ts';
import { isNegated, isOperator, satisfies, type Condition } from './operator.ts';

/** Reads an operator's name; undefined where AWS knows none such. A.8: `Null` has no IfExists form. */
export function parseOperator(text: string): Pick<Condition, 'set' | 'operator' | 'ifExists'> | undefined {
  const parts = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text);
  const [, set, operator = '', ifExists] = parts ?? [];
  const known = operator === 'Null' ? ifExists === undefined : isOperator(operator);
  return known ? { set, operator, ifExists: ifExists !== undefined } : undefined;
}

/** A.7: every condition must hold; the values of one condition are alternatives. */
export function allHold(conditions: readonly Condition[], reading: Reading): boolean {
  return conditions.every((condition) => holds(condition, reading));
}

function holds(condition: Condition, reading: Reading): boolean {
  const { key, operator, values } = condition;
  const given = valuesOf(reading.context.values, key);
  // A.8: `"true"` asks for an absent key, `"false"` for a present one; a set operator changes nothing.
  if (operator === 'Null') return values.some((value) => value.toLowerCase() === String(given === undefined));
  if (given === undefined) return holdsWithoutKey(condition);
  const satisfied = given.map((value) => satisfies(value, condition, reading));
  if (condition.set === 'ForAllValues') return !satisfied.includes(false); // A.9: every request value
  if (condition.set === 'ForAnyValue') return satisfied.includes(true); // A.9: at least one request value
  // A.9, I.7: a multivalued key needs a set operator, and never matches without one.
  return !isMultiValued(reading.context, key) && satisfied[0] === true;
}

/** A.8 column "key absent"; A.9 column "absent or empty"; I.6: IfExists holds under either set operator. */
function holdsWithoutKey({ ifExists, operator, set }: Condition): boolean {
  if (ifExists) return true;
  return set === undefined ? isNegated(operator) : set === 'ForAllValues';
}
