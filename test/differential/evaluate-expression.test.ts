import type { Expression, TestExpression } from '@denyscope/model';
import { holdsAt, placeOf, type Point } from './evaluate-expression.ts';

const one = (
  key: string,
  test: 'equals' | 'like' | 'in' | 'arn-like' | 'less',
  ...values: string[]
): TestExpression => {
  return { leg: 's3', key, quantifier: 'one', test, values };
};
const at = (values: Readonly<Record<string, readonly string[]>>): Point => {
  return new Map(Object.entries(values).map(([key, list]) => [placeOf('s3', key), list]));
};

test.each<[expected: boolean | undefined, expression: Expression, values: Record<string, string[]>]>([
  [true, one('aws:SourceVpce', 'equals', 'vpce-1'), { 'aws:sourcevpce': ['vpce-1'] }],
  [false, one('aws:SourceVpce', 'equals', 'vpce-1'), {}],
  [true, { not: one('aws:SourceVpce', 'equals', 'vpce-1') }, {}],
  [true, one('key', 'like', 'raw/*'), { key: ['raw/a/b'] }],
  [false, one('key', 'like', 'raw/${*}'), { key: ['raw/a'] }],
  [true, one('aws:SourceIp', 'in', '203.0.113.0/24'), { 'aws:SourceIp': ['203.0.113.9'] }],
  [true, one('aws:SourceIp', 'in', '2001:db8::/32'), { 'aws:SourceIp': ['2001:db8:1::7'] }],
  [false, one('aws:SourceIp', 'in', '0.0.0.0/0'), { 'aws:SourceIp': ['2001:db8::1'] }],
  [false, one('aws:SourceArn', 'arn-like', 'arn:aws:s3:*:b'), { 'aws:SourceArn': ['arn:aws:s3:::b'] }],
  [
    true,
    { ...one('aws:TagKeys', 'equals', 'a'), quantifier: 'some', negated: true },
    { 'aws:TagKeys': ['a', 'b'] },
  ],
  [true, { ...one('s3:max-keys', 'less', '10'), type: 'number' }, { 's3:max-keys': ['9.5'] }],
  [undefined, { all: [{ unreadable: { document: 'd' } }, true] }, {}],
  [false, { all: [{ unreadable: { document: 'd' } }, false] }, {}],
  [
    true,
    { relation: { left: '${s3:prefix}', operator: 'like', right: 'home/${aws:userid}/*', leg: 's3' } },
    { 's3:prefix': ['home/A:b/x'], 'aws:userid': ['A:b'] },
  ],
])('holds: %s for %j at %j', (expected, expression, values) => {
  expect(holdsAt(expression, at(values))).toBe(expected);
});
