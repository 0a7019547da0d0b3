import { bool, equals, like } from '../expression/atoms.fixture.ts';
import { createExpressions, type Node } from '../expression/expressions.ts';
import { keyPatterns } from './keys.ts';

const x = createExpressions();
const RAW = x.atom(like('key', 'raw/*'));
const LOGS = x.atom(like('key', 'logs/*'));
const TLS = x.atom(bool('aws:securetransport'));

// prettier-ignore
test.each<readonly [string, Node, readonly string[]]>([
  ['everything', x.yes, ['*']],
  ['nothing', x.no, []],
  ['a pattern', RAW, ['raw/*']],
  ['a pattern under a condition', x.all([TLS, RAW]), ['raw/*']],
  ['either of two patterns', x.any([RAW, LOGS]), ['logs/*', 'raw/*']],
  ['all but a pattern, as a superset', x.not(RAW), ['*']],
  ['a pattern or a condition, as a superset', x.any([RAW, TLS]), ['*']],
  ['one object', x.atom(equals('key', 'a')), ['a']],
  ['one object whose name holds a wildcard', x.atom(equals('key', 'a*')), ['a${*}']],
  ['another spelling, as a superset', x.atom({ kind: 'test', leg: 's3', key: 'key', test: 'equals-ignore-case', value: 'a', glob: undefined }), ['*']],
  ['a condition on something else', TLS, ['*']],
])('the keys that %s reaches', (_, node, expected) => {
  expect(keyPatterns(node)).toEqual(expected);
});
