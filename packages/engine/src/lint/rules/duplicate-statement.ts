import { canonicalJson } from '@denyscope/model';
import type { Statement } from '../../compile/statement.ts';
import type { Rule } from '../rule.ts';

/** Says twice what one statement says: harmless, and easily forgotten when one is changed. */
export const duplicateStatement: Rule = {
  name: 'duplicate-statement',
  source: 'A.1',
  check: ({ document }) => {
    const first = new Map<string, string>();
    return document.statements.flatMap((statement) => {
      const meaning = canonicalJson(meaningOf(statement));
      const before = first.get(meaning);
      if (before === undefined) {
        first.set(meaning, statement.path);
        return [];
      }
      return [{ path: statement.path, severity: 'warning', message: `says the same as ${before}` }];
    });
  },
};

/** The order of lists, and the case of actions, operators and keys, do not matter. */
function meaningOf({ effect, action, resource, principal, conditions }: Statement): unknown {
  const sorted = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();
  return {
    effect,
    action: { ...action, values: sorted(action.values.map((value) => value.toLowerCase())) },
    resource: resource ? { ...resource, values: sorted(resource.values) } : null,
    principal: principal
      ? { ...principal, entries: sorted(principal.entries.map(({ type, value }) => `${type} ${value}`)) }
      : null,
    conditions: sorted(
      conditions.map(({ operator, key, values }) =>
        JSON.stringify([operator.toLowerCase(), key.toLowerCase(), sorted(values)]),
      ),
    ),
  };
}
