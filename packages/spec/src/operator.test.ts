import { allHold, parseOperator } from './condition.ts';
import type { Context } from './context.ts';

type Values = string | readonly string[];

/** Does the condition hold? `given` is undefined where the key is absent. */
function holds(
  name: string,
  wanted: Values,
  given: Values | undefined,
  more: Partial<Context> = {},
): boolean {
  const operator = parseOperator(name);
  if (operator === undefined) throw new Error(`no operator ${name}`);
  const values = given === undefined ? {} : { 'aws:Key': [given].flat() };
  const context = { multiValued: [], ...more, values: { ...more.values, ...values } };
  const condition = { ...operator, key: 'aws:Key', values: [wanted].flat() };
  return allHold([condition], { context, variables: true });
}

describe('A.8: the operator table', () => {
  // operator, policy value, a value that satisfies it, one that does not, and what an absent key gives
  test.each([
    ['StringEquals', 'Ab*', 'Ab*', 'Abc', false],
    ['StringNotEquals', 'Ab', 'AB', 'Ab', true],
    ['StringEqualsIgnoreCase', 'Ab', 'aB', 'abc', false],
    ['StringNotEqualsIgnoreCase', 'Ab', 'abc', 'aB', true],
    ['StringLike', 'a?c*', 'abcde', 'Abcde', false],
    ['StringNotLike', 'a?c*', 'ac', 'abc', true],
    ['NumericEquals', '10', '10.0', '11', false],
    ['NumericNotEquals', '10', '11', '10.0', true],
    ['NumericLessThan', '10', '9.5', '10', false],
    ['NumericLessThanEquals', '10', '10', '10.1', false],
    ['NumericGreaterThan', '10', '11', '10', false],
    ['NumericGreaterThanEquals', '10', '10', '9', false],
    ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', '2026-01-02', false],
    ['DateNotEquals', '2026-01-01', '2026-01-02', '2026-01-01T01:00:00+01:00', true],
    ['DateLessThan', '2026-01-01', '2025-12-31T23:59:59Z', '2026-01-01', false],
    ['DateLessThanEquals', '2026-01-01', '2026-01-01', '2026-01-02', false],
    ['DateGreaterThan', '2026-01-01', '2026-01-01T00:00:01Z', '2026-01-01', false],
    ['DateGreaterThanEquals', '2026-01-01', '2026-01-01', '2025-12-31', false],
    ['Bool', 'true', 'True', 'false', false],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', 'QmluYXJ6', false],
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', '203.0.114.0', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.114.0', '203.0.113.7', true],
    ['ArnEquals', 'arn:aws:s3:::b*', 'arn:aws:s3:::b/x:y', 'arn:aws:s3:::a', false],
    ['ArnLike', 'arn:aws:*:::b', 'arn:aws:s3:::b', 'arn:aws:s3:r::b', false],
    ['ArnNotEquals', 'arn:aws:s3:::b', 'arn:aws:s3:::a', 'arn:aws:s3:::b', true],
    ['ArnNotLike', 'arn:aws:s3:::b*', 'arn:aws:s3:::a', 'arn:aws:s3:::bc', true],
  ])('%s against %s: %s satisfies it, %s does not, an absent key gives %s', (name, wanted, ...row) => {
    const [good, bad, absent] = row;
    expect(holds(name, wanted, good)).toBe(true);
    expect(holds(name, wanted, bad)).toBe(false);
    expect(holds(name, wanted, undefined)).toBe(absent);
    expect(holds(`${name}IfExists`, wanted, good)).toBe(true);
    expect(holds(`${name}IfExists`, wanted, bad)).toBe(false);
    expect(holds(`${name}IfExists`, wanted, undefined)).toBe(true);
  });

  test('Null asks for presence, has no IfExists form, and ignores a set operator', () => {
    expect([holds('Null', 'true', undefined), holds('Null', 'true', 'x')]).toEqual([true, false]);
    expect([holds('Null', 'false', undefined), holds('Null', 'false', 'x')]).toEqual([false, true]);
    expect(holds('Null', 'true', [])).toBe(true);
    expect(holds('ForAllValues:Null', 'false', undefined)).toBe(false);
    expect(parseOperator('NullIfExists')).toBeUndefined();
  });

  test.each(['StringMatches', 'BinaryNotEquals', 'stringequals', 'ForSome:StringEquals', 'constructor'])(
    '%s is no operator',
    (name) => {
      expect(parseOperator(name)).toBeUndefined();
    },
  );
});

describe('A.8: values', () => {
  test('several values are alternatives, and under a negated operator none may match (A.7)', () => {
    expect(holds('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(holds('StringNotEquals', ['a', 'b'], 'b')).toBe(false);
    expect(holds('StringNotEquals', ['a', 'b'], 'c')).toBe(true);
  });

  test('a policy value that cannot be read satisfies neither the operator nor its negation (I.11, I.13)', () => {
    expect([holds('NumericEquals', 'x', '1'), holds('NumericNotEquals', 'x', '1')]).toEqual([false, false]);
    expect([holds('DateEquals', 'x', '1'), holds('DateNotEquals', 'x', '1')]).toEqual([false, false]);
    expect([holds('IpAddress', 'x', '::1'), holds('NotIpAddress', '1.2.3.4/33', '::1')]).toEqual([
      false,
      false,
    ]);
    expect([holds('ArnLike', '*', 'arn:aws:s3:::b'), holds('ArnNotLike', 'x', 'arn:aws:s3:::b')]).toEqual([
      false,
      false,
    ]);
  });

  test('an ArnLike star does not swallow a colon in the first five parts, a StringLike star does', () => {
    expect(holds('ArnLike', 'arn:*:root', 'arn:aws:iam::111122223333:root')).toBe(false);
    expect(holds('StringLike', 'arn:*:root', 'arn:aws:iam::111122223333:root')).toBe(true);
    expect(holds('ArnLike', 'arn:aws:iam:*:root', 'arn:aws:iam::111122223333:root')).toBe(false);
  });

  test.each([
    ['2001:db8::/32', '2001:db8:1::1', true],
    ['2001:db8::/32', '2001:db9::', false],
    ['::/0', '192.0.2.1', false],
    ['::ffff:192.0.2.0/120', '::ffff:192.0.2.77', true],
    ['10.1.2.3/8', '10.255.0.1', true],
    ['192.0.2.1', '192.0.2.1', true],
    ['192.0.2.1', '192.0.2.2', false],
    ['0.0.0.0/0', 'not an address', false],
  ])('IpAddress %s holds %s: %s', (block, address, inside) => {
    expect(holds('IpAddress', block, address)).toBe(inside);
  });
});

describe('A.9: set operators', () => {
  const many = { multiValued: ['AWS:KEY'] };
  test.each([
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'z'], false],
    ['ForAllValues:StringEquals', undefined, true],
    ['ForAllValues:StringEquals', [], true],
    ['ForAllValues:StringNotEquals', ['y', 'z'], true],
    ['ForAllValues:StringNotEquals', ['a', 'z'], false],
    ['ForAnyValue:StringEquals', ['z', 'b'], true],
    ['ForAnyValue:StringEquals', ['y', 'z'], false],
    ['ForAnyValue:StringEquals', undefined, false],
    ['ForAnyValue:StringNotEquals', ['a', 'z'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
    ['ForAnyValue:StringNotEquals', undefined, false],
    ['ForAnyValue:StringEqualsIfExists', undefined, true], // I.6
    ['StringEquals', ['a'], false], // I.7
    ['StringNotEquals', ['z'], false], // I.7
    ['StringNotEquals', undefined, true],
  ])('%s [a, b] of %j: %s', (name, given, expected) => {
    expect(holds(name, ['a', 'b'], given, many)).toBe(expected);
  });

  test('a single-valued key is a set of one', () => {
    expect(holds('ForAllValues:StringEquals', 'a', 'a')).toBe(true);
    expect(holds('ForAnyValue:StringEquals', 'a', 'b')).toBe(false);
  });
});

describe('A.6: variables in condition values', () => {
  const team = { values: { 'aws:PrincipalTag/Team': ['r*d'], 'aws:Many': ['x'] }, multiValued: ['aws:Many'] };
  test.each([
    ['StringEquals', '${aws:principaltag/team}', 'r*d', true],
    ['StringLike', '${aws:PrincipalTag/Team}', 'rxd', false],
    ['StringLike', '${aws:PrincipalTag/Team}/*', 'r*d/x', true],
    ['StringEquals', '${aws:PrincipalTag/None}', '', false],
    ['StringNotEquals', '${aws:PrincipalTag/None}', 'x', true],
    ['StringEquals', "${aws:PrincipalTag/None, 'all'}", 'all', true],
    ['StringEquals', "${aws:PrincipalTag/Team, 'all'}", 'all', false],
    ['StringEquals', '${aws:Many}', 'x', false],
    ['StringLike', 'a${*}${?}${$}', 'a*?$', true],
    ['StringLike', 'a${*}', 'ab', false],
    ['ArnNotLike', 'arn:aws:s3:::${aws:PrincipalTag/None}', 'arn:aws:s3:::b', true],
    ['NumericEquals', '${aws:PrincipalTag/Team}', '1', false],
  ])('%s %s against %s: %s', (name, wanted, given, expected) => {
    expect(holds(name, wanted, given, team)).toBe(expected);
  });
});
