import { closedTruth, compiled, type Values } from './condition.fixture.ts';

describe('operators (semantics.md A.8): present and matching, present and not, absent, absent under IfExists', () => {
  // prettier-ignore
  test.each<readonly [string, string, string, string, boolean, boolean, boolean | undefined]>([
    // operator                     policy value                match                    no match                 match no-match absent
    ['StringEquals',              'a*',                       'a*',                    'ab',                      true,  false, false],
    ['StringNotEquals',           'a',                        'a',                     'b',                       false, true,  true],
    ['StringEqualsIgnoreCase',    'Ab',                       'aB',                    'a',                       true,  false, false],
    ['StringNotEqualsIgnoreCase', 'Ab',                       'aB',                    'a',                       false, true,  true],
    ['StringLike',                'a*?',                      'abc',                   'A',                       true,  false, false],
    ['StringNotLike',             'a*',                       'abc',                   'A',                       false, true,  true],
    ['NumericEquals',             '10',                       '10.0',                  '11',                      true,  false, false],
    ['NumericNotEquals',          '10',                       '10.0',                  '11',                      false, true,  true],
    ['NumericLessThan',           '10',                       '9.5',                   '10',                      true,  false, false],
    ['NumericLessThanEquals',     '10',                       '10',                    '10.5',                    true,  false, false],
    ['NumericGreaterThan',        '10',                       '10.5',                  '10',                      true,  false, false],
    ['NumericGreaterThanEquals',  '10',                       '10',                    '9',                       true,  false, false],
    ['DateEquals',                '2026-01-01T00:00:00Z',     '1767225600',            '2026-01-02',              true,  false, false],
    ['DateNotEquals',             '2026-01-01T00:00:00Z',     '1767225600',            '2026-01-02',              false, true,  true],
    ['DateLessThan',              '2026-01-01',               '2025-12-31T23:59:59Z',  '2026-01-01T00:00:00Z',    true,  false, false],
    ['DateLessThanEquals',        '2026-01-01',               '2026-01-01T00:00:00Z',  '2026-01-01T00:00:01Z',    true,  false, false],
    ['DateGreaterThan',           '2026-01-01',               '2026-01-01T01:00:00Z',  '2026-01-01T01:00:00+01:00', true, false, false],
    ['DateGreaterThanEquals',     '2026-01-01',               '2026-01-01T00:00:00Z',  '2025-12-31',              true,  false, false],
    ['Bool',                      'TRUE',                     'true',                  'false',                   true,  false, false],
    ['BinaryEquals',              'QQ==',                     'QQ',                    'QQQ=',                    true,  false, false],
    ['IpAddress',                 '10.0.0.0/8',               '10.1.2.3',              '11.0.0.0',                true,  false, false],
    ['IpAddress',                 '203.0.113.7',              '203.0.113.7',           '203.0.113.8',             true,  false, false],
    ['IpAddress',                 '2001:db8::/32',            '2001:db8::1',           '2001:db9::1',             true,  false, false],
    ['NotIpAddress',              '10.0.0.0/8',               '10.1.2.3',              '11.0.0.0',                false, true,  true],
    ['ArnEquals',                 'arn:aws:s3:::b*',          'arn:aws:s3:::b/k',      'arn:aws:s3:::c',          true,  false, false],
    ['ArnLike',                   'arn:*:s3:::b',             'arn:aws:s3:::b',        'arn:aws:s3:x::b',         true,  false, false],
    ['ArnNotEquals',              'arn:aws:s3:::b*',          'arn:aws:s3:::b/k',      'arn:aws:s3:::c',          false, true,  true],
    ['ArnNotLike',                'arn:*:s3:::b',             'arn:aws:s3:::b',        'arn:aws:s3:x::b',         false, true,  true],
  ])('%s %s', (operator, value, ...[match, miss, onMatch, onMiss, onAbsent]) => {
    const plain = compiled(operator, 'aws:Referer', value);
    const ifExists = compiled(`${operator}IfExists`, 'aws:Referer', value);
    expect(closedTruth(plain, { 'aws:referer': [match] })).toBe(onMatch);
    expect(closedTruth(plain, { 'AWS:Referer': [miss] })).toBe(onMiss);
    expect(closedTruth(plain, {})).toBe(onAbsent);
    expect(closedTruth(ifExists, { 'aws:Referer': [match] })).toBe(onMatch);
    expect(closedTruth(ifExists, { 'aws:Referer': [miss] })).toBe(onMiss);
    expect(closedTruth(ifExists, {})).toBe(true);
  });

  test.each([
    ['true', [], true],
    ['true', ['x'], false],
    ['false', [], false],
    ['false', ['x'], true],
    ['perhaps', ['x'], false],
    ['perhaps', [], false],
  ])('Null `%s` with values %j: %s', (value, given, expected) => {
    expect(closedTruth(compiled('Null', 'aws:Referer', value), { 'aws:Referer': given })).toBe(expected);
  });

  test.each<readonly [string, string, string, string, boolean]>([
    ['a policy value that is no number', 'NumericEquals', 'ten', '10', false],
    ['a request value that is no number', 'NumericGreaterThan', '10', 'ten', false],
    ['I.13: no number under a negated operator', 'NumericNotEquals', 'ten', '10', false],
    ['I.13: no address under a negated operator', 'NotIpAddress', 'here', '10.0.0.1', false],
    ['I.13: no date under a negated operator', 'DateNotEquals', 'today', '2026-01-01', false],
    ['I.11: a request value that is no ARN', 'ArnNotLike', 'arn:aws:s3:::b', 'b', false],
    ['a policy ARN of five parts', 'ArnLike', 'arn:aws:s3:b', 'arn:aws:s3:::b', false],
    ['in an ARN a star stays in its part', 'ArnLike', 'arn:aws:*:b:c:d', 'arn:aws:s3:a:b:c:d', false],
    ['in a text it does not', 'StringLike', 'arn:aws:*:b:c:d', 'arn:aws:s3:a:b:c:d', true],
    ['neither true nor false', 'Bool', 'yes', 'yes', false],
    ['an IPv6 address in an IPv4 range', 'IpAddress', '0.0.0.0/0', '::1', false],
  ])('%s: %s %s over %s: %s', (...[, operator, value, actual, expected]) => {
    expect(closedTruth(compiled(operator, 'aws:Referer', value), { 'aws:Referer': [actual] })).toBe(expected);
  });
});

describe('several values (semantics.md A.7)', () => {
  test('are alternatives under a positive operator, and all ruled out under a negated one', () => {
    const either = compiled('StringEquals', 'aws:Referer', ['a', 'b']);
    const neither = compiled('StringNotEquals', 'aws:Referer', ['a', 'b']);
    expect(['a', 'b', 'c'].map((value) => closedTruth(either, { 'aws:Referer': [value] }))).toEqual([
      true,
      true,
      false,
    ]);
    expect(['a', 'b', 'c'].map((value) => closedTruth(neither, { 'aws:Referer': [value] }))).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('set operators (semantics.md A.9), over the list ["a","b"]', () => {
  // prettier-ignore
  test.each<readonly [string, readonly boolean[]]>([
    // request values:                     [a]    [a,b]  [a,c]  [c]    []     absent
    ['ForAllValues:StringEquals',        [true,  true,  false, false, true,  true]],
    ['ForAnyValue:StringEquals',         [true,  true,  true,  false, false, false]],
    ['ForAllValues:StringNotEquals',     [false, false, false, true,  true,  true]],
    ['ForAnyValue:StringNotEquals',      [false, false, true,  true,  false, false]],
    ['ForAllValues:StringLikeIfExists',  [true,  true,  false, false, true,  true]],
    // I.6: the general rule of IfExists.
    ['ForAnyValue:StringEqualsIfExists', [true,  true,  true,  false, true,  true]],
    // I.7: never, where the key has values.
    ['StringEquals',                     [false, false, false, false, false, false]],
    ['StringNotEquals',                  [false, false, false, false, true,  true]],
  ])('%s', (operator, expected) => {
    const condition = compiled(operator, 'aws:TagKeys', ['a', 'b']);
    const lists = [['a'], ['a', 'b'], ['a', 'c'], ['c'], []];
    const truths = lists.map((list) => closedTruth(condition, { 'aws:TagKeys': list }));
    expect([...truths, closedTruth(condition, {})]).toEqual(expected);
  });

  test.each([
    ['ForAllValues:StringEquals', [true, false, true]],
    ['ForAnyValue:StringEquals', [true, false, false]],
    ['ForAnyValue:StringNotEquals', [false, true, false]],
  ])('on a single-valued key %s takes it as a list of one', (operator, expected) => {
    const condition = compiled(operator, 'aws:Referer', 'a');
    const truths = [{ 'aws:Referer': ['a'] }, { 'aws:Referer': ['b'] }, {}].map((values) =>
      closedTruth(condition, values),
    );
    expect(truths).toEqual(expected);
  });
});

describe('variables in conditions (semantics.md A.6)', () => {
  test.each<readonly [string, string, Values, boolean]>([
    ['StringEquals', '${aws:username}', { 'aws:Referer': ['jo'], 'aws:username': ['jo'] }, true],
    ['StringEquals', '${aws:username}', { 'aws:Referer': ['jo'] }, false],
    ['StringNotEquals', '${aws:username}', { 'aws:Referer': ['jo'] }, true],
    ['StringLike', '${aws:username}', { 'aws:Referer': ['jo'], 'aws:username': ['j*'] }, false],
    ['StringLike', '${aws:TagKeys}', { 'aws:Referer': ['a'], 'aws:TagKeys': ['a'] }, false],
    ['NumericEquals', '${aws:username}', { 'aws:Referer': ['1'], 'aws:username': ['1'] }, false],
  ])('%s %s in %j: %s', (operator, value, values, expected) => {
    expect(closedTruth(compiled(operator, 'aws:Referer', value), values)).toBe(expected);
  });
});
