/** The front of this folder for whoever compares values: one file a test lies in `tests/`. */
import { rulesOf, type ValueTest } from './operators.ts';
import type { PolicyValue } from './value-rules.ts';

export type { ValueTest } from './operators.ts';
export type { PolicyValue } from './value-rules.ts';
export { arnMatches } from './tests/arn-like.ts';
export { LAST_MILLISECOND, parseDate } from './tests/date.ts';
export { addressText, parseRange } from './tests/in.ts';
export { decimalText, parseNumber } from './tests/numeric.ts';

/** Does the request's value pass? Undefined where either side is not of the test's type. */
export function compare(test: ValueTest, actual: string, expected: PolicyValue): boolean | undefined {
  return rulesOf(test).compare(actual, expected);
}
