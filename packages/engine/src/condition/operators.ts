import type { ValueTest } from './compare.ts';

/** One IAM condition operator, without quantifier and `IfExists`: a row of semantics.md A.8. */
export interface Operator {
  readonly test: ValueTest;
  /** `…GreaterThan…`: the key must be there and the test must fail. */
  readonly inverted: boolean;
  /** `…Not…`: true where no value passes, and where the key is absent. */
  readonly negated: boolean;
  /** May its values hold policy variables (A.6)? */
  readonly substitutes: boolean;
}

type Row = readonly [
  name: string,
  test: ValueTest,
  form: 'is' | 'not' | 'greater',
  variables: 'variables' | 'plain',
];

// prettier-ignore
const ROWS: readonly Row[] = [
  ['StringEquals',              'equals',                'is',      'variables'],
  ['StringNotEquals',           'equals',                'not',     'variables'],
  ['StringEqualsIgnoreCase',    'equals-ignore-case',    'is',      'variables'],
  ['StringNotEqualsIgnoreCase', 'equals-ignore-case',    'not',     'variables'],
  ['StringLike',                'like',                  'is',      'variables'],
  ['StringNotLike',             'like',                  'not',     'variables'],
  ['NumericEquals',             'numeric-equals',        'is',      'plain'],
  ['NumericNotEquals',          'numeric-equals',        'not',     'plain'],
  ['NumericLessThan',           'numeric-less',          'is',      'plain'],
  ['NumericLessThanEquals',     'numeric-less-or-equal', 'is',      'plain'],
  ['NumericGreaterThan',        'numeric-less-or-equal', 'greater', 'plain'],
  ['NumericGreaterThanEquals',  'numeric-less',          'greater', 'plain'],
  ['DateEquals',                'date-equals',           'is',      'plain'],
  ['DateNotEquals',             'date-equals',           'not',     'plain'],
  ['DateLessThan',              'date-less',             'is',      'plain'],
  ['DateLessThanEquals',        'date-less-or-equal',    'is',      'plain'],
  ['DateGreaterThan',           'date-less-or-equal',    'greater', 'plain'],
  ['DateGreaterThanEquals',     'date-less',             'greater', 'plain'],
  ['Bool',                      'bool',                  'is',      'variables'],
  ['BinaryEquals',              'binary-equals',         'is',      'plain'],
  ['IpAddress',                 'in',                    'is',      'plain'],
  ['NotIpAddress',              'in',                    'not',     'plain'],
  ['ArnEquals',                 'arn-like',              'is',      'variables'],
  ['ArnLike',                   'arn-like',              'is',      'variables'],
  ['ArnNotEquals',              'arn-like',              'not',     'variables'],
  ['ArnNotLike',                'arn-like',              'not',     'variables'],
];

/** By name in lower case. AWS compares operator names as written, but accepts any case. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  ROWS.map(([name, test, form, variables]) => [
    name.toLowerCase(),
    { test, inverted: form === 'greater', negated: form === 'not', substitutes: variables === 'variables' },
  ]),
);
