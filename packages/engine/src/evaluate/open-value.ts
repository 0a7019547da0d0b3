import { keyType } from '../catalogue/index.ts';
import { isStar, literalOf } from '../compile/glob.ts';
import type { TestCondition } from '../compile/policy.ts';
import type { Template } from '../compile/template.ts';
import type { ValueTest } from '../condition/compare.ts';
import { isComparable, policyValue } from '../condition/policy-value.ts';
import { residualDemands, type Demand } from '../condition/residual.ts';
import { WHOLE_TYPE, type WholeType } from '../condition/whole-type.ts';
import { testAtom } from '../expression/assembly.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { KeyState, RequestContext } from './context.ts';
import { relationNode } from './relation.ts';
import { hiddenNode, resolveIn } from './variable.ts';

/** A key of which at least the value is open. */
export type OpenState = Extract<KeyState, { kind: 'open' | 'prefixed' }>;

/** Is the key there? */
export function presence(state: KeyState, key: string, x: Expressions): Node {
  if (state.kind === 'open' && !state.alwaysPresent) return x.atom({ kind: 'present', leg: state.leg, key });
  return x.of(state.kind !== 'absent');
}

/** When does the condition hold for a single value that is open? A test of an absent key fails, its negation holds. */
export function openExpression(
  condition: TestCondition,
  state: OpenState,
  context: RequestContext,
  x: Expressions,
): Node {
  const { key, operator } = condition;
  const subject: Subject = { key, state };
  const tests = condition.values.map((template) =>
    templateTest({ condition, subject, template }, context, x),
  );
  if (!operator.negated) return x.any(tests);
  return x.not(x.any([...tests, strangerTest(operator.test, subject, x)]));
}

interface Subject {
  readonly key: string;
  readonly state: OpenState;
}

interface Compared {
  readonly condition: TestCondition;
  readonly subject: Subject;
  readonly template: Template;
}

function templateTest(
  { condition, subject, template }: Compared,
  context: RequestContext,
  x: Expressions,
): Node {
  const { operator } = condition;
  const resolved = resolveIn(template, context);
  switch (resolved.kind) {
    case 'dead':
      return x.no;
    case 'unreadable': {
      const hidden = hiddenNode(resolved, [operator.test, subject.key, template.pieces], context, x);
      return x.all([hereOf(subject, x), hidden]);
    }
    case 'open':
      return relation(operator.test, subject, resolved.template, x);
    case 'known': {
      const value = policyValue(operator.test, resolved.template);
      // I.13: a policy's value that is not of the operator's type fails either way; disputed.
      if (!isComparable(operator.test, value)) return operator.negated ? hereOf(subject, x) : x.no;
      const test = subjectTest({ test: operator.test, value }, subject, x);
      return operator.inverted ? x.all([isOfTest(operator.test, subject, x), x.not(test)]) : test;
    }
  }
}

function hereOf({ key, state }: Subject, x: Expressions): Node {
  return presence(state, key, x);
}

function relation(operator: ValueTest, { key, state }: Subject, template: Template, x: Expressions): Node {
  const subject =
    state.kind === 'prefixed'
      ? { leg: 's3' as const, prefix: state.prefix, key: state.key }
      : { leg: state.leg, prefix: '', key };
  return relationNode({ ...subject, operator, template }, x);
}

function subjectTest(demand: Demand, { key, state }: Subject, x: Expressions): Node {
  if (state.kind === 'prefixed') return prefixedTest(demand, state, x);
  const { test, value } = demand;
  if (test === 'like' && isStar(value.glob)) return presence(state, key, x);
  const literal = test === 'like' ? literalOf(value.glob) : undefined;
  const plain: Demand =
    literal === undefined ? demand : { test: 'equals', value: { ...value, text: literal } };
  if (keyType(key) === 'bool' && /^(true|false)$/.test(plain.value.text))
    return booleanTest(plain, { key, state }, x);
  return x.atom(testAtom(state.leg, key, plain));
}

/** A key that is there and not true is false, so that all ways to say it become one atom. */
function booleanTest({ value }: Demand, { key, state }: Subject, x: Expressions): Node {
  const leg = state.kind === 'open' ? state.leg : 's3';
  const isTrue = x.atom({ kind: 'test', leg, key, test: 'bool', value: 'true', glob: undefined });
  return value.text === 'true' ? isTrue : x.all([presence(state, key, x), x.not(isTrue)]);
}

/** `prefix` followed by the open key passes the demand: tests of the open key. */
export function prefixedTest(
  demand: Demand,
  { prefix, key }: Pick<Extract<KeyState, { kind: 'prefixed' }>, 'prefix' | 'key'>,
  x: Expressions,
): Node {
  return x.any(
    residualDemands(demand, prefix).map((rest) => {
      if (rest.test === 'like' && isStar(rest.value.glob)) return x.yes;
      // Neither an object's key nor a session's name is ever empty.
      if (rest.value.text === '') return x.no;
      return x.atom(testAtom('s3', key, rest));
    }),
  );
}

/** I.11: under a negated ARN operator a request's value that is no ARN fails too; disputed. */
function strangerTest(test: ValueTest, subject: Subject, x: Expressions): Node {
  return test === 'arn-like' ? x.all([hereOf(subject, x), x.not(isOfTest(test, subject, x))]) : x.no;
}

/** Is the request's value there, and of the test's type? */
function isOfTest(test: ValueTest, subject: Subject, x: Expressions): Node {
  const { key, state } = subject;
  if (state.kind === 'prefixed') {
    const isArn = state.prefix.startsWith('arn:') && state.prefix.split(':').length >= 6;
    return x.of(test === 'arn-like' && isArn);
  }
  const nature = natureOf(test);
  if (nature === undefined || keyType(key) === nature) return presence(state, key, x);
  return x.atom(testAtom(state.leg, key, WHOLE_TYPE[nature]));
}

function natureOf(test: ValueTest): WholeType | undefined {
  if (test === 'arn-like') return 'arn';
  if (test.startsWith('numeric')) return 'number';
  return test.startsWith('date') ? 'date' : undefined;
}
