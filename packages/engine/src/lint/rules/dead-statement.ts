import { isMultiValuedKey } from '../../catalogue/index.ts';
import { conditionExpression } from '../../evaluate/condition.ts';
import type { RequestContext } from '../../evaluate/context.ts';
import { createExpressions } from '../../expression/expressions.ts';
import { createSolver } from '../../expression/solver.ts';
import type { Remark, Rule } from '../rule.ts';
import type { LintCondition, LintStatement } from '../subject.ts';
import { lacksSetOperator } from './set-operator-missing.ts';
import { strangeValues } from './value-type.ts';

/** A statement that no request meets, whatever it carries (semantics.md A.7, A.8; G.33, G.51). */
export const deadStatement: Rule = {
  name: 'dead-statement',
  source: 'A.7',
  check: ({ statements }) =>
    statements.flatMap((statement) => [...emptyLists(statement), ...contradictions(statement)]),
};

function emptyLists({ path, written, principals }: LintStatement): readonly Remark[] {
  const { action, resource, principal } = written;
  const lists = [
    { name: 'Action', isEmpty: !action.negated && action.values.length === 0 },
    { name: 'Resource', isEmpty: resource?.negated === false && resource.values.length === 0 },
    { name: 'Principal', isEmpty: principal?.negated === false && principals.length === 0 },
  ];
  return lists
    .filter(({ isEmpty }) => isEmpty)
    .map(({ name }) => ({
      path: `${path}/${name}`,
      severity: 'warning',
      message: 'the list is empty: the statement applies to nothing',
    }));
}

/** Every key may be there or not, with any value: what is dead then is dead for every request. */
const ANY_REQUEST: RequestContext = {
  leg: 's3',
  closed: false,
  alwaysPresent: [],
  isMultiValued: isMultiValuedKey,
  stateOf: () => ({ kind: 'open', leg: 's3', alwaysPresent: false }),
};

function contradictions({ path, conditions }: LintStatement): readonly Remark[] {
  if (conditions.length === 0 || conditions.some(isSaidElsewhere)) return [];
  const x = createExpressions();
  const solver = createSolver(x);
  const holds = conditions.map(({ test }) => conditionExpression(test, ANY_REQUEST, x));
  const alone = conditions.filter((_, at) => solver.satisfiable(holds[at] ?? x.yes).kind === 'no');
  if (alone.length > 0) {
    return alone.map((condition) => ({
      path: condition.path,
      severity: 'error',
      message: 'no request meets this condition: the statement never applies',
    }));
  }
  if (solver.satisfiable(x.all(holds)).kind !== 'no') return [];
  const keys = [...new Set(conditions.map(({ key }) => `\`${key}\``))].join(', ');
  return [
    {
      path: `${path}/Condition`,
      severity: 'error',
      message: `the conditions on ${keys} contradict one another: the statement never applies`,
    },
  ];
}

/** Values that the operator cannot read, and set operators that are missing, have rules of their own. */
function isSaidElsewhere(condition: LintCondition): boolean {
  return strangeValues(condition).length > 0 || lacksSetOperator(condition);
}
