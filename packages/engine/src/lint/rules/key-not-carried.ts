import { actionCarriesKey, isKnownKey, resourceTypesOf } from '../../catalogue/index.ts';
import { actionsIn, namedActions } from '../actions.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintCondition, LintStatement } from '../subject.ts';

/** A key that an action does not carry is absent from its requests (semantics.md C.12; G.31, G.32). */
export const keyNotCarried: Rule = {
  name: 'key-not-carried',
  source: 'C.12',
  check: ({ statements }) =>
    statements.flatMap((statement) =>
      statement.conditions.flatMap((condition) => remarksOn(condition, statement)),
    ),
};

function remarksOn(condition: LintCondition, statement: LintStatement): readonly Remark[] {
  const actions = actionsIn(statement);
  // What there is no such key at all is said by another rule; of other services' actions nobody knows the keys here.
  if (!actions || isKnownKey(condition.key) !== true || !actions.every(isDetailed)) return [];
  const { path, key, name } = condition;
  const lacking = actions.filter((action) => !actionCarriesKey(action, name));
  if (lacking.length === 0) return [];
  if (lacking.length < actions.length) return mixed(condition, statement);
  const outcome = holdsWhenAbsent(condition) ? 'always true' : 'never true';
  return [
    {
      path,
      severity: 'warning',
      message: `none of the actions carries \`${key}\`: the condition is ${outcome}`,
    },
  ];
}

function isDetailed(action: string): boolean {
  return resourceTypesOf(action) !== undefined;
}

/** Actions that are named in full, and which the condition shuts out. */
function mixed(condition: LintCondition, { effect, actions }: LintStatement): readonly Remark[] {
  if (effect === 'Deny' || holdsWhenAbsent(condition)) return [];
  return actions.flatMap(({ path, text }): readonly Remark[] => {
    const named = namedActions(text);
    if (named.kind !== 'named' || !named.isLiteral) return [];
    if (named.actions.every((action) => actionCarriesKey(action, condition.name))) return [];
    return [
      {
        path,
        severity: 'warning',
        message: `\`${text}\` does not carry \`${condition.key}\`, so that this statement never allows it`,
      },
    ];
  });
}

/** AWS (A.8, A.9): what an absent key gives. */
function holdsWhenAbsent({ test }: LintCondition): boolean {
  if (test.kind === 'null') return test.absent.includes(true);
  if (test.quantifier === 'all-values') return true;
  return test.ifExists || (test.quantifier === 'one' && test.operator.negated);
}
