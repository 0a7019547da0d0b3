import { ACCOUNT, given, HEADER, OTHER_ACCOUNT } from '../given.fixture.ts';
import { canonicalLine, parseSnapshot, snapshotsEqual, sortSnapshot, writeSnapshot } from '../index.ts';

const bucket = (name: string, more: object = {}) => given('bucket', { Name: name }, more);
const isEqual = (one: readonly unknown[], other: readonly unknown[]) =>
  snapshotsEqual(parseSnapshot(one), parseSnapshot(other));

test('lines are sorted by kind, account, Region and id', () => {
  const { lines } = parseSnapshot([
    HEADER,
    bucket('bbb'),
    bucket('aaa', { accountId: OTHER_ACCOUNT }),
    bucket('abc', { region: 'eu-west-1' }),
    { kind: 'account', data: { Id: OTHER_ACCOUNT } },
    bucket('aab'),
  ]);
  expect(sortSnapshot(lines).map(({ kind, accountId, data }) => [kind, accountId, data['Name']])).toEqual([
    ['account', undefined, undefined],
    ['bucket', ACCOUNT, 'aab'],
    ['bucket', ACCOUNT, 'bbb'],
    ['bucket', ACCOUNT, 'abc'],
    ['bucket', OTHER_ACCOUNT, 'aaa'],
  ]);
});

test('the text of a line has its keys sorted, and policies and arrays as received', () => {
  const policy = '{"Version": "2012-10-17",  "Statement": []}';
  const [line] = parseSnapshot([HEADER, given('bucket', { Policy: policy, Name: 'logs', TagSet: [] })]).lines;
  expect(line && canonicalLine(line)).toBe(
    `{"accountId":"${ACCOUNT}","data":{"Name":"logs","Policy":${JSON.stringify(policy)},"TagSet":[]},"kind":"bucket"}`,
  );
});

test('a snapshot is written first line first, each line with its line break', () => {
  const { header, lines } = parseSnapshot([HEADER, bucket('bbb'), bucket('aaa')]);
  const text = Array.from(writeSnapshot(header, lines)).join('');
  expect(text.split('\n').map((line) => /snapshot|aaa|bbb|^$/.exec(line)?.[0])).toEqual([
    'snapshot',
    'aaa',
    'bbb',
    '',
  ]);
});

describe('two snapshots are equal', () => {
  const base = [HEADER, bucket('logs'), bucket('data')];

  test.each<readonly [string, readonly unknown[]]>([
    [
      'in another order of lines and keys',
      [HEADER, bucket('data'), Object.fromEntries(Object.entries(bucket('logs')).toReversed())],
    ],
    ['taken at another time', [{ ...HEADER, takenAt: '2027-01-01T00:00:00Z' }, ...base.slice(1)]],
    [
      'fetched at another time',
      [
        { ...HEADER, fetchedAt: 1 },
        bucket('logs', { fetchedAt: 2 }),
        given('bucket', { Name: 'data', fetchedAt: 3 }),
      ],
    ],
  ])('%s', (_, other) => {
    expect(isEqual(base, other)).toBe(true);
  });

  test('even where a line is sorted by content that holds its time', () => {
    const gap = (step: string, fetchedAt: string) => given('coverage', { step, reason: 'r', fetchedAt });
    expect(isEqual([HEADER, gap('a', '1'), gap('b', '2')], [HEADER, gap('a', '9'), gap('b', '0')])).toBe(
      true,
    );
  });

  test.each<readonly [string, readonly unknown[]]>([
    ['a line more', [...base, bucket('more')]],
    ['a line less', base.slice(0, 2)],
    ['another source', [{ ...HEADER, source: 'demo' }, ...base.slice(1)]],
    ['another list of what was collected', [{ ...HEADER, collected: {} }, ...base.slice(1)]],
    ['another value of an unknown field', [HEADER, bucket('logs', { colour: 1 }), bucket('data')]],
    [
      'a time deeper down',
      [HEADER, given('bucket', { Name: 'logs', Owner: { fetchedAt: 1 } }), bucket('data')],
    ],
  ])('but not with %s', (_, other) => {
    expect(isEqual(base, other)).toBe(false);
    expect(isEqual(other, base)).toBe(false);
  });
});
