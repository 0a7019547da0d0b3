import { rulesOf, type Operator } from './operators.ts';
import type { PolicyValue } from './value-rules.ts';

/** Does a value of the request pass? */
export type Passing = (actual: string) => boolean;

/**
 * The operator with one value of a policy. A side that is not of the operator's type passes nothing. Under a negated
 * operator, a policy's value that is not (I.13), and a request's value that is no ARN (I.11), fail too, which is why
 * they count as passing there; both disputed.
 */
export function passing({ test, negated, inverted }: Operator, value: PolicyValue): Passing {
  const rules = rulesOf(test);
  const compare = rules.comparing(value);
  const whereStrange = negated && (test === 'arn-like' || !rules.isComparable(value));
  return (actual) => {
    const truth = compare(actual);
    return truth === undefined ? whereStrange : truth !== inverted;
  };
}
