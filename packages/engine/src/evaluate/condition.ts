import type { CompiledCondition, TestCondition } from '../compile/policy.ts';
import type { Template } from '../compile/template.ts';
import { passing } from '../condition/passing.ts';
import { policyValue } from '../condition/policy-value.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { KeyState, RequestContext } from './context.ts';
import { openListExpression } from './open-list.ts';
import { openExpression, presence, type OpenState } from './open-value.ts';
import { relationNode } from './relation.ts';
import { hiddenNode, resolveIn } from './variable.ts';

/** When does the condition hold? Semantics.md A.7 to A.9. */
export function conditionExpression(
  condition: CompiledCondition,
  context: RequestContext,
  x: Expressions,
): Node {
  const state = stateOf(condition.key, context);
  if (state.kind === 'unreadable') return hiddenNode(state, aboutOf(condition), context, x);
  if (condition.kind === 'null') {
    return nullExpression(condition.absent, presence(state, condition.key, x), x);
  }
  if (state.kind === 'absent') return x.of(whenAbsent(condition));
  const isMultiple = context.isMultiValued(condition.key);
  if (state.kind === 'known') {
    // AWS (A.9, I.7): a multi-valued key without a set operator never matches; disputed.
    if (isMultiple && condition.quantifier === 'one') return x.no;
    const first = state.values[0];
    return isMultiple || first === undefined
      ? listExpression(condition, state.values, context, x)
      : valuePasses(condition, first, context, x);
  }
  return openCondition(condition, state, context, x);
}

/** AWS (A.9): a key without values is as good as absent. */
function stateOf(key: string, context: RequestContext): KeyState {
  const state = context.stateOf(key);
  return state.kind === 'known' && state.values.length === 0 ? { kind: 'absent' } : state;
}

/** What tells one condition from another on the same key. */
function aboutOf(condition: CompiledCondition): readonly unknown[] {
  const { kind, key, quantifier } = condition;
  if (kind === 'null') return [kind, key, quantifier, condition.absent];
  const { operator, ifExists, values } = condition;
  return [operator, key, quantifier, ifExists, values.map(({ pieces }) => pieces)];
}

/** AWS (A.8): `Null: true` wants the key absent, `Null: false` wants it there; several values are alternatives. */
function nullExpression(absent: readonly boolean[], here: Node, x: Expressions): Node {
  return x.any(absent.map((wanted) => (wanted ? x.not(here) : here)));
}

/** AWS (A.8, A.9): what an absent key, or an empty list, gives. */
function whenAbsent({ operator, quantifier, ifExists }: TestCondition): boolean {
  if (quantifier === 'all-values') return true;
  // I.6: other simulators say false for ForAnyValue…IfExists; the general rule of IfExists is followed.
  if (quantifier === 'any-value') return ifExists;
  return ifExists || operator.negated;
}

/** The condition over a key that is open, its absence settled by the operator's form. */
function openCondition(
  condition: TestCondition,
  state: OpenState,
  context: RequestContext,
  x: Expressions,
): Node {
  const here = presence(state, condition.key, x);
  const { holds, whereAbsent } = openTests(condition, state, context, x);
  if (whenAbsent(condition) === whereAbsent) return holds;
  return whereAbsent ? x.all([here, holds]) : x.any([x.not(here), holds]);
}

/** An expression, and what it comes to where the key is absent. */
interface OpenTests {
  readonly holds: Node;
  readonly whereAbsent: boolean;
}

function openTests(
  condition: TestCondition,
  state: OpenState,
  context: RequestContext,
  x: Expressions,
): OpenTests {
  const { key, operator, quantifier } = condition;
  if (state.kind === 'prefixed' || !context.isMultiValued(key)) {
    return { holds: openExpression(condition, state, context, x), whereAbsent: operator.negated };
  }
  // AWS (A.9, I.7): as above, wherever the key is there.
  const never = { holds: x.no, whereAbsent: false };
  const list = quantifier === 'one' ? undefined : openListExpression(condition, state, context, x);
  return list ? { holds: list, whereAbsent: quantifier === 'all-values' } : never;
}

function listExpression(
  condition: TestCondition,
  values: readonly string[],
  context: RequestContext,
  x: Expressions,
): Node {
  const isAny = condition.quantifier === 'any-value';
  // What one value gives that settles the whole: a hit of some, or a miss of all.
  const settled = x.of(isAny);
  const each: Node[] = [];
  for (const value of values) {
    const node = valuePasses(condition, value, context, x);
    if (node === settled) return node;
    each.push(node);
  }
  return isAny ? x.any(each) : x.all(each);
}

/** Does the request's value pass the operator with all the policy's values? */
function valuePasses(condition: TestCondition, value: string, context: RequestContext, x: Expressions): Node {
  const { passes, operator } = condition;
  if (passes) return x.of(passes(value) !== operator.negated);
  const hit = x.any(
    condition.values.map((template) => valueHolds({ condition, value, template }, context, x)),
  );
  return operator.negated ? x.not(hit) : hit;
}

interface Compared {
  readonly condition: TestCondition;
  /** The request's. */
  readonly value: string;
  /** The policy's. */
  readonly template: Template;
}

/** Does the request's value pass this one of the policy? */
function valueHolds({ condition, value, template }: Compared, context: RequestContext, x: Expressions): Node {
  const { operator } = condition;
  const resolved = resolveIn(template, context);
  switch (resolved.kind) {
    case 'dead':
      return x.no;
    case 'unreadable':
      return hiddenNode(resolved, [operator.test, value, template.pieces], context, x);
    case 'open': {
      const relation = {
        prefix: value,
        key: undefined,
        operator: operator.test,
        template: resolved.template,
      };
      return relationNode({ leg: context.leg, ...relation }, x);
    }
    case 'known':
      return x.of(passing(operator, policyValue(operator.test, resolved.template))(value));
  }
}
