import { resourceTypesOf } from '../../catalogue/index.ts';
import { actionsIn, namedActions } from '../actions.ts';
import { meets, meetsEverything } from '../meets.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintStatement, Placed } from '../subject.ts';

/** An action and a resource of another type, in one statement, never meet (semantics.md A.5, C.1; G.19, G.20). */
export const actionResource: Rule = {
  name: 'action-resource',
  source: 'A.5',
  check: ({ statements }) =>
    statements.flatMap((statement) => [...idleActions(statement), ...idleResources(statement)]),
};

/** Actions that none of the statement's resources is for. */
function idleActions({ written, actions, resources }: LintStatement): readonly Remark[] {
  if (written.action.negated || written.resource?.negated !== false || resources.length === 0) return [];
  return actions.flatMap(({ path, text }): readonly Remark[] => {
    const named = namedActions(text);
    if (named.kind !== 'named' || named.actions.length === 0) return [];
    if (named.actions.some((action) => resources.some((resource) => mayMeet(action, resource)))) return [];
    const severity = named.isLiteral ? 'error' : 'warning';
    return [
      {
        path,
        severity,
        message: `\`${text}\` is for ${typesText(named.actions)}, and no resource here is one`,
      },
    ];
  });
}

/** Resources that none of the statement's actions is for. */
function idleResources(statement: LintStatement): readonly Remark[] {
  const { written, resources } = statement;
  const actions = actionsIn(statement);
  if (written.resource?.negated !== false || !actions || actions.length === 0) return [];
  const idle = resources.filter((resource) => !actions.some((action) => mayMeet(action, resource)));
  // Where no resource meets any action, the actions have been named already.
  if (idle.length === resources.length) return [];
  return idle.map(({ path, text }) => ({
    path,
    severity: 'warning',
    message: `no action here is for \`${text}\``,
  }));
}

/** Of services whose resource types are not kept, anything may meet. */
function mayMeet(action: string, { text }: Placed): boolean {
  const types = resourceTypesOf(action);
  if (!types || text === '*') return true;
  return types.length === 0 ? meetsEverything(text) : types.some((type) => meets(text, type));
}

function typesText(actions: readonly string[]): string {
  const names = new Set(actions.flatMap((action) => (resourceTypesOf(action) ?? []).map(({ name }) => name)));
  return names.size === 0 ? 'everything (`*`)' : `the resource type ${[...names].join(' or ')}`;
}
