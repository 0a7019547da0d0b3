import type { LintCondition, LintStatement } from '../subject.ts';
import type { Remark, Rule } from '../rule.ts';

/** ForAllValues holds where the key is absent (semantics.md A.9; G.34). */
export const forAllValues: Rule = {
  name: 'for-all-values',
  source: 'A.9',
  check: ({ statements }) => statements.filter(({ effect }) => effect === 'Allow').flatMap(remarksOn),
};

function remarksOn({ conditions }: LintStatement): readonly Remark[] {
  return conditions
    .filter(({ test }) => test.kind === 'test' && test.quantifier === 'all-values')
    .filter((condition) => !conditions.some((other) => wantsPresence(other, condition)))
    .map(({ path, key, name }) => ({
      path,
      // Who limits the tags of a request mostly means to let it send none.
      severity: name.endsWith('tagkeys') ? 'info' : 'warning',
      message: `allows requests without \`${key}\` too: add Null with "false" if that is not meant`,
    }));
}

function wantsPresence({ name, test }: LintCondition, condition: LintCondition): boolean {
  if (name !== condition.name) return false;
  if (test.kind === 'null') return test.absent.length > 0 && !test.absent.includes(true);
  // Any positive test wants the key to be there.
  return (
    test.quantifier === 'any-value' || (test.quantifier === 'one' && !test.operator.negated && !test.ifExists)
  );
}
