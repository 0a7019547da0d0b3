import type { Expression, TestExpression } from '@denyscope/model';
import { rulesOf } from '../condition/operators.ts';
import type { Atom, TestAtom } from './atom.ts';
import type { Node } from './expressions.ts';
import { mergeTests, type Part } from './merge.ts';
import { keyName } from './words.ts';

/** The JSON form of formats.md section 3; alternatives on one key and test become one test of several values. */
export function expressionJson(node: Node): Expression {
  switch (node.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'literal':
      return node.positive ? atomJson(node.atom) : { not: atomJson(node.atom) };
    case 'all':
    case 'any': {
      const parts = mergeTests(node).map(partJson);
      const [first] = parts;
      if (first !== undefined && parts.length === 1) return first;
      return node.kind === 'all' ? { all: parts } : { any: parts };
    }
  }
}

function partJson(part: Part): Expression {
  if (part.kind !== 'merged') return expressionJson(part);
  const json = testJson(part.first, part.values);
  return part.positive ? json : { not: json };
}

function atomJson(atom: Atom): Expression {
  switch (atom.kind) {
    case 'test':
      return testJson(atom, [atom.value]);
    case 'present':
      return { leg: atom.leg, key: keyName(atom.key), quantifier: 'one', test: 'present', values: [] };
    case 'some': {
      const values = atom.values.map((template) => template.text);
      const test = { ...testJson(atom, values), quantifier: 'some' } as const;
      return atom.negated ? { ...test, negated: true } : test;
    }
    case 'relation': {
      const { leg, prefix, key, operator, template } = atom;
      const left = `${prefix}${key === undefined ? '' : `\${${keyName(key)}}`}`;
      return { relation: { left, operator, right: template.text, leg } };
    }
    case 'unreadable':
      return { unreadable: { document: atom.document } };
  }
}

function testJson(
  { leg, key, test }: Pick<TestAtom, 'leg' | 'key' | 'test'>,
  values: readonly string[],
): TestExpression {
  return { leg, key: keyName(key), quantifier: 'one', ...rulesOf(test).json, values };
}
