import { isMultiValuedKey } from '../../catalogue/index.ts';
import type { Rule } from '../rule.ts';
import type { LintCondition } from '../subject.ts';

/** A key of several values needs ForAnyValue or ForAllValues (semantics.md A.9, I.7; G.18). */
export const setOperatorMissing: Rule = {
  name: 'set-operator-missing',
  source: 'A.9',
  check: ({ statements }) =>
    statements
      .flatMap(({ conditions }) => conditions)
      .filter(lacksSetOperator)
      .map(({ path, key }) => ({
        path,
        severity: 'error',
        message: `\`${key}\` holds several values: without ForAnyValue or ForAllValues nothing matches`,
      })),
};

/** Does it test the values of a key of several without saying of which? */
export function lacksSetOperator({ name, test }: LintCondition): boolean {
  return test.kind === 'test' && test.quantifier === 'one' && isMultiValuedKey(name);
}
