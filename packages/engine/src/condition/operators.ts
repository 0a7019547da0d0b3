import { arnLike } from './tests/arn-like.ts';
import { binaryEquals } from './tests/binary-equals.ts';
import { bool } from './tests/bool.ts';
import { dateEquals, dateLess, dateLessOrEqual } from './tests/date.ts';
import { equalsIgnoreCase } from './tests/equals-ignore-case.ts';
import { equals } from './tests/equals.ts';
import { inRange } from './tests/in.ts';
import { like } from './tests/like.ts';
import { numericEquals, numericLess, numericLessOrEqual } from './tests/numeric.ts';
import type { ValueRules } from './value-rules.ts';

type Row = readonly [
  name: string,
  test: ValueRules,
  /** `not`: true where no value passes, and where the key is absent. `greater`: the key must be there and the test fail. */
  form: 'is' | 'not' | 'greater',
  variables: 'variables' | 'plain',
];

/** Every IAM condition operator, without quantifier and `IfExists`: a row of semantics.md A.8 each. */
// prettier-ignore
const ROWS = [
  ['StringEquals',              equals,             'is',      'variables'],
  ['StringNotEquals',           equals,             'not',     'variables'],
  ['StringEqualsIgnoreCase',    equalsIgnoreCase,   'is',      'variables'],
  ['StringNotEqualsIgnoreCase', equalsIgnoreCase,   'not',     'variables'],
  ['StringLike',                like,               'is',      'variables'],
  ['StringNotLike',             like,               'not',     'variables'],
  ['NumericEquals',             numericEquals,      'is',      'plain'],
  ['NumericNotEquals',          numericEquals,      'not',     'plain'],
  ['NumericLessThan',           numericLess,        'is',      'plain'],
  ['NumericLessThanEquals',     numericLessOrEqual, 'is',      'plain'],
  ['NumericGreaterThan',        numericLessOrEqual, 'greater', 'plain'],
  ['NumericGreaterThanEquals',  numericLess,        'greater', 'plain'],
  ['DateEquals',                dateEquals,         'is',      'plain'],
  ['DateNotEquals',             dateEquals,         'not',     'plain'],
  ['DateLessThan',              dateLess,           'is',      'plain'],
  ['DateLessThanEquals',        dateLessOrEqual,    'is',      'plain'],
  ['DateGreaterThan',           dateLessOrEqual,    'greater', 'plain'],
  ['DateGreaterThanEquals',     dateLess,           'greater', 'plain'],
  ['Bool',                      bool,               'is',      'variables'],
  ['BinaryEquals',              binaryEquals,       'is',      'plain'],
  ['IpAddress',                 inRange,            'is',      'plain'],
  ['NotIpAddress',              inRange,            'not',     'plain'],
  ['ArnEquals',                 arnLike,            'is',      'variables'],
  ['ArnLike',                   arnLike,            'is',      'variables'],
  ['ArnNotEquals',              arnLike,            'not',     'variables'],
  ['ArnNotLike',                arnLike,            'not',     'variables'],
] as const satisfies readonly Row[];

/** The name of a positive test that operators are made of. */
export type ValueTest = (typeof ROWS)[number][1]['name'];

/** One operator: its test, and how the outcome is read. */
export interface Operator {
  readonly test: ValueTest;
  /** `…GreaterThan…`: the key must be there and the test must fail. */
  readonly inverted: boolean;
  /** `…Not…`: true where no value passes, and where the key is absent. */
  readonly negated: boolean;
  /** May its values hold policy variables (A.6)? */
  readonly substitutes: boolean;
}

/** By name in lower case. AWS compares operator names as written, but accepts any case. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  ROWS.map(([name, { name: test }, form, variables]) => [
    name.toLowerCase(),
    { test, inverted: form === 'greater', negated: form === 'not', substitutes: variables === 'variables' },
  ]),
);

const rules: ReadonlyMap<string, ValueRules> = new Map(ROWS.map(([, test]) => [test.name, test]));

/** The rules of a test. */
export function rulesOf(test: ValueTest): ValueRules {
  // INVARIANT: the names of tests are read off the same table, so that there is always an entry.
  return rules.get(test) ?? equals;
}
