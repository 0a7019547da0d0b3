import type { TestCondition } from '../compile/policy.ts';
import type { Template } from '../compile/template.ts';
import { compare, type ValueTest } from '../condition/compare.ts';
import { isComparable, policyValue } from '../condition/policy-value.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { KeyState, RequestContext } from './context.ts';
import { presence } from './open-value.ts';
import { hiddenNode, resolveIn } from './variable.ts';

/**
 * When does the condition hold for an open list of values? ForAnyValue is `some(op)`, ForAllValues is "not
 * some(not op)" (AWS: semantics.md A.9; design.md section 2). Where the key is absent the former fails and the
 * latter holds. Undefined where no list that is not empty passes.
 */
export function openListExpression(
  condition: TestCondition,
  state: OpenList,
  context: RequestContext,
  x: Expressions,
): Node | undefined {
  const resolved = condition.values.map((template) => ({ template, ...outcome(template, context) }));
  const hidden = resolved.find((entry) => entry.hidden !== undefined)?.hidden;
  if (hidden) return hiddenList(hiddenNode(hidden, [condition, resolved], context, x), condition, state, x);
  return someExpression(
    condition,
    state,
    resolved.flatMap(({ value }) => value ?? []),
    x,
  );
}

type OpenList = Extract<KeyState, { kind: 'open' }>;

function hiddenList(node: Node, { key, quantifier }: TestCondition, state: OpenList, x: Expressions): Node {
  const here = presence(state, key, x);
  return quantifier === 'all-values' ? x.any([x.not(here), node]) : x.all([here, node]);
}

function someExpression(
  { operator, key, quantifier }: TestCondition,
  { leg }: OpenList,
  templates: readonly Template[],
  x: Expressions,
): Node | undefined {
  const { test, negated, inverted } = operator;
  const sound = templates.filter((template) => template.hasVariables || isSound(test, template));
  // I.13: a policy's value that is not of the operator's type fails either way; disputed.
  if (negated ? sound.length < templates.length : sound.length === 0) return undefined;
  const values = inverted ? least(test, sound) : sound;
  // Both forms turn "one of the values passes" around for each element.
  const flips = negated || inverted;
  const isAll = quantifier === 'all-values';
  const some = x.atom({ kind: 'some', leg, key, test, values, negated: flips !== isAll });
  return isAll ? x.not(some) : some;
}

interface Outcome {
  readonly value?: Template;
  readonly hidden?: { readonly document: string; readonly reason: string };
}

/** A variable without a value kills its entry. */
function outcome(template: Template, context: RequestContext): Outcome {
  const resolved = resolveIn(template, context);
  if (resolved.kind === 'dead') return {};
  return resolved.kind === 'unreadable' ? { hidden: resolved } : { value: resolved.template };
}

function isSound(test: ValueTest, template: Template): boolean {
  return isComparable(test, policyValue(test, template));
}

/** What is greater than one of the values is greater than the least. */
function least(test: ValueTest, values: readonly Template[]): readonly Template[] {
  const [first, ...rest] = values;
  if (!first) return [];
  const isBelow = (a: Template, b: Template): boolean => compare(test, a.text, policyValue(test, b)) === true;
  return [rest.reduce((low, value) => (isBelow(value, low) ? value : low), first)];
}
