import { compilePolicy, type CompiledCondition } from '../compile/policy.ts';
import { createExpressions } from '../expression/expressions.ts';
import { allow, documentText } from '../question.fixture.ts';
import { conditionExpression } from './condition.ts';
import { closedContext } from './context.ts';

export function compiled(
  operator: string,
  key: string,
  values: readonly string[] | string,
): CompiledCondition {
  const text = documentText([allow({ Condition: { [operator]: { [key]: values } } })]);
  const [condition] = compilePolicy(text, 'identity').statements[0]?.conditions ?? [];
  if (!condition) throw new Error(`no condition: ${operator}`);
  return condition;
}

/** A closed context: a key that is not given is absent. */
export type Values = Readonly<Record<string, readonly string[]>>;

export const MULTI_VALUED = ['aws:TagKeys'];

/** Does the condition hold for a request whose context is given whole? */
export function closedTruth(condition: CompiledCondition, values: Values): boolean {
  const x = createExpressions();
  const node = conditionExpression(condition, closedContext(values, MULTI_VALUED), x);
  if (node !== x.yes && node !== x.no) throw new Error('not closed');
  return node === x.yes;
}
