import type { Expression, TestExpression } from '@denyscope/model';
import { parseTemplate, templateGlob } from '../compile/template.ts';
import { OPERATORS, rulesOf, type ValueTest } from '../condition/operators.ts';
import type { Expressions, Node } from './expressions.ts';

/** Reads the JSON form of an expression; of an unreadable document it tells too little. */
export function expressionOf(json: Expression, x: Expressions): Node {
  if (typeof json === 'boolean') return x.of(json);
  if ('all' in json) return x.all(json.all.map((part) => expressionOf(part, x)));
  if ('any' in json) return x.any(json.any.map((part) => expressionOf(part, x)));
  if ('not' in json) return x.not(expressionOf(json.not, x));
  if ('relation' in json) return relationOf(json.relation, x);
  if ('unreadable' in json) throw new Error('an unreadable document');
  return testOf(json, x);
}

const TESTS: readonly ValueTest[] = [...OPERATORS.values()].map(({ test }) => test);

function testNamed(name: string, type?: string): ValueTest {
  const found = TESTS.find((test) => {
    const { json } = rulesOf(test);
    return json.test === name && json.type === type;
  });
  if (found === undefined) throw new Error(`no test ${name}`);
  return found;
}

function testOf(
  { leg, key: name, quantifier, test, values, type, negated }: TestExpression,
  x: Expressions,
): Node {
  const key = name.toLowerCase();
  if (test === 'present') return x.atom({ kind: 'present', leg, key });
  const valueTest = testNamed(test, type);
  const templates = values.map((value) => parseTemplate(value, true));
  if (quantifier === 'some') {
    return x.atom({ kind: 'some', leg, key, test: valueTest, values: templates, negated: negated ?? false });
  }
  const isPattern = rulesOf(valueTest).readsWildcards;
  const atoms = templates.map((template) => {
    const glob = isPattern ? templateGlob(template) : undefined;
    return x.atom({ kind: 'test', leg, key, test: valueTest, value: template.text, glob });
  });
  return x.any(atoms);
}

type Relation = Extract<Expression, { relation: unknown }>['relation'];

function relationOf({ left, operator, right, leg }: Relation, x: Expressions): Node {
  const [, prefix = left, key] = /^(.*)\$\{([^}]*)\}$/s.exec(left) ?? [];
  return x.atom({
    kind: 'relation',
    leg,
    prefix,
    key: key?.toLowerCase(),
    operator: testNamed(operator),
    template: parseTemplate(right, true),
  });
}
