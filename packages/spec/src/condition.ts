import { isMultiValued, valuesOf, type Reading } from './context.ts';
import { isNegated, isOperator, satisfies } from './operator.ts';

/** One operator on one key, its name taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface Condition {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly operator: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** Reads an operator's name; undefined where AWS knows none such. A.8: `Null` has no IfExists form. */
export function parseOperator(text: string): Pick<Condition, 'set' | 'operator' | 'ifExists'> | undefined {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text);
  const [, set, operator, ifExists] = match ?? [];
  if (operator === undefined) return undefined;
  const known = operator === 'Null' ? ifExists === undefined : isOperator(operator);
  if (!known) return undefined;
  const quantifier = set === 'ForAllValues' || set === 'ForAnyValue' ? set : undefined;
  return { set: quantifier, operator, ifExists: ifExists !== undefined };
}

/** A.7: every condition must hold; the values of one condition are alternatives. */
export function allHold(conditions: readonly Condition[], reading: Reading): boolean {
  return conditions.every((condition) => holds(condition, reading));
}

function holds(condition: Condition, reading: Reading): boolean {
  const { key, operator, values } = condition;
  const given = valuesOf(reading.context, key);
  if (operator === 'Null') return nullHolds(condition, given === undefined);
  if (given === undefined) return holdsWithoutKey(condition);
  const satisfied = given.map((value) => satisfies(value, operator, values, reading));
  switch (condition.set) {
    case 'ForAllValues': // A.9: every request value
      return !satisfied.includes(false);
    case 'ForAnyValue': // A.9: at least one request value
      return satisfied.includes(true);
    case undefined: // A.9, I.7: a multivalued key needs a set operator, and never matches without one
      if (isMultiValued(reading.context, key)) return false;
      return isNegated(operator) ? !satisfied.includes(false) : satisfied.includes(true);
  }
}

/** A.8 column "key absent"; A.9 column "absent or empty"; I.6: IfExists holds under either set operator. */
function holdsWithoutKey({ ifExists, operator, set }: Condition): boolean {
  if (ifExists) return true;
  return set === undefined ? isNegated(operator) : set === 'ForAllValues';
}

/** A.8: `"true"` asks for an absent key, `"false"` for a present one; a set operator changes nothing. */
function nullHolds(condition: Condition, absent: boolean): boolean {
  return condition.values.some((value) => value.toLowerCase() === String(absent));
}
