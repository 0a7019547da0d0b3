import { canonicalJson, compareSnapshotLines, type SnapshotLine } from '@denyscope/model';
import { type ChangeFilter, type Store } from '@denyscope/store';
import * as fc from 'fast-check';
import { HEADER, ODD, bucket, streamed } from '../../support/database-snapshot.ts';
import { faultOf, freshStore } from '../../support/database.ts';

jest.setTimeout(60_000);

let store: Store;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ store, drop } = await freshStore());
});
afterAll(() => drop());

async function keep(lines: readonly SnapshotLine[], takenAt = HEADER.takenAt): Promise<number> {
  return (await store.importSnapshot({ ...HEADER, takenAt }, streamed(lines))).id;
}

type Told = readonly [before: string | null, after: string | null];

const told = (before: SnapshotLine | undefined, after: SnapshotLine | undefined): Told => [
  before === undefined ? null : canonicalJson(before),
  after === undefined ? null : canonicalJson(after),
];

async function changes(before: number, after: number, filter?: ChangeFilter): Promise<readonly Told[]> {
  const pairs: Told[] = [];
  for await (const pair of (await store.readChanges({ before, after }, filter)).pairs)
    pairs.push(told(pair.before, pair.after));
  return pairs;
}

async function linesOf(id: number): Promise<readonly SnapshotLine[]> {
  const lines: SnapshotLine[] = [];
  for await (const line of (await store.readScan(id)).lines) lines.push(line);
  return lines;
}

/** The same by reading both scans whole. */
async function naive(
  before: number,
  after: number,
  wanted: (line: SnapshotLine) => boolean = ({ kind }) => kind !== '',
) {
  const [one, other] = [(await linesOf(before)).filter(wanted), (await linesOf(after)).filter(wanted)];
  const resources = [...one, ...other].toSorted(compareSnapshotLines);
  const distinct = resources.filter((line, at) => {
    const next = resources[at + 1];
    return next === undefined || compareSnapshotLines(line, next) !== 0;
  });
  const find = (lines: readonly SnapshotLine[], line: SnapshotLine) =>
    lines.find((each) => compareSnapshotLines(each, line) === 0);
  return distinct
    .map((line) => told(find(one, line), find(other, line)))
    .filter(([before_, after_]) => before_ !== after_);
}

const ACCOUNTS = ['111122223333', '444455556666'] as const;

/** Lines of few resources, which many scans share. */
const lines = fc
  .array(
    fc.record({
      name: fc.constantFrom('aaa', 'bbb', 'ccc', 'ddd'),
      kind: fc.constantFrom('bucket', 'iam-role', 'table-bucket'),
      accountId: fc.constantFrom(...ACCOUNTS),
      policy: fc.constantFrom('p1', 'p2', '{"Statement":[]}'),
    }),
    { maxLength: 8 },
  )
  .map((drawn) => {
    const all = drawn.map(({ name, kind, accountId, policy }): SnapshotLine => {
      if (kind !== 'iam-role') return { ...bucket(name, policy), kind, accountId };
      return {
        kind,
        data: { Arn: `arn:aws:iam::${accountId}:role/${name}`, RoleName: name, Policy: policy },
      };
    });
    return all.filter((line, at) => all.findIndex((each) => compareSnapshotLines(each, line) === 0) === at);
  });

test('between any two scans of any history, the pairs are those of a naive comparison', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lines, { minLength: 2, maxLength: 6 }),
      fc.nat(),
      fc.nat(),
      async (history, a, b) => {
        const ids: number[] = [];
        for (const each of history) ids.push(await keep(each));
        const [before = 0, after = 0] = [ids[a % ids.length], ids[b % ids.length]];
        expect(await changes(before, after)).toEqual(await naive(before, after));
        expect(await changes(before, after, { kind: 'iam-role' })).toEqual(
          await naive(before, after, ({ kind }) => kind === 'iam-role'),
        );
        expect(await changes(before, after, { bucket: 'aaa' })).toEqual(
          await naive(before, after, ({ kind, data }) => kind === 'bucket' && data['Name'] === 'aaa'),
        );
        const isOwn = (line: SnapshotLine): boolean => JSON.stringify(line).includes(ACCOUNTS[0]);
        expect(await changes(before, after, { accountId: ACCOUNTS[0] })).toEqual(
          await naive(before, after, isOwn),
        );
        const byAccount = [
          ...(await naive(before, after, isOwn)),
          ...(await naive(before, after, (line) => !isOwn(line))),
        ];
        expect(await changes(before, after, { order: 'account' })).toEqual(byAccount);
      },
    ),
    { numRuns: 25 },
  );
});

test('what was only read at another time, or changed and changed back, is no change', async () => {
  const first = await keep([{ ...bucket('a', 'p'), fetchedAt: 'then' }, bucket('b', 'p')]);
  await keep([{ ...bucket('a', 'p'), fetchedAt: 'later' }, bucket('b', 'q')]);
  const last = await keep([{ ...bucket('a', 'p'), fetchedAt: 'now' }, bucket('b', 'p')]);
  expect(await changes(first, last)).toEqual([]);
});

test('documents and odd names are in place, and a reading goes on behind any resource', async () => {
  const [empty, full] = [await keep([]), await keep(ODD)];
  const all = await naive(empty, full);
  expect(await changes(empty, full)).toEqual(all);
  const { pairs } = await store.readChanges({ before: empty, after: full });
  const keys: string[] = [];
  for await (const { key } of pairs) keys.push(key);
  for (const at of [0, 7, keys.length - 1]) {
    expect(await changes(empty, full, { past: keys[at] })).toEqual(all.slice(at + 1));
  }
});

test('the scans come with what they could look at', async () => {
  const account = { kind: 'account', data: { Id: ACCOUNTS[0] } };
  const gap = { kind: 'coverage', data: { step: 's3:ListBuckets', reason: 'AccessDenied' } };
  const [before, after] = [await keep([account, bucket('a', 'p')]), await keep([account, gap])];
  const compared = await store.readChanges({ before, after });
  expect(compared.before).toMatchObject({ record: { id: before }, header: HEADER, lines: [account] });
  expect(compared.after.lines).toEqual([account, gap]);
});

test('readings that are left midway, more often than there are connections, give them back', async () => {
  const before = await keep([]);
  const after = await keep(Array.from({ length: 900 }, (_, i) => bucket(`b-${i}`, 'p')));
  const { pairs } = await store.readChanges({ before, after });
  for (let time = 0; time < 20; time += 1) {
    for await (const pair of pairs) {
      expect(pair.before).toBeUndefined();
      break;
    }
  }
  expect(await changes(before, after)).toHaveLength(900);
});

test('scans and resources that there are not', async () => {
  const id = await keep([bucket('a', 'p')]);
  for (const none of [404_404, Number.NaN]) {
    expect((await faultOf(store.readChanges({ before: none, after: id }))).code).toBe('no-such-scan');
    expect((await faultOf(store.readChanges({ before: id, after: none }))).code).toBe('no-such-scan');
  }
  for (const past of ['', 'x', 'ab'.repeat(32), `' or true --`]) {
    expect((await faultOf(store.readChanges({ before: id, after: id }, { past }))).code).toBe(
      'no-such-resource',
    );
  }
  expect(await changes(id, id, { kind: `' or true --`, bucket: `\\'`, accountId: '$1' })).toEqual([]);
});

test('a scan that is pruned between opening and reading is said to be gone', async () => {
  const [before, after] = [await keep([bucket('a', 'p')]), await keep([bucket('a', 'q')])];
  const { pairs } = await store.readChanges({ before, after });
  await store.pruneScans({ keepDays: 0, keepScans: 1 });
  const reading = pairs[Symbol.asyncIterator]().next();
  expect((await faultOf(reading)).code).toBe('no-such-scan');
});

test('scans by time: by when their facts are of, not by when they came in', async () => {
  const fresh = await freshStore();
  const take = async (takenAt: string): Promise<number> =>
    (await fresh.store.importSnapshot({ ...HEADER, takenAt }, streamed([]))).id;
  const idAt = async (moment: string): Promise<number | undefined> =>
    (await fresh.store.scanAsOf(moment))?.id;
  try {
    expect(await fresh.store.firstScan()).toBeUndefined();
    expect(await idAt('2026-12-31T00:00:00Z')).toBeUndefined();
    const third = await take('2026-05-03T02:00:00Z');
    const first = await take('2026-05-01T02:00:00Z');
    const again = await take('2026-05-03T02:00:00Z');
    expect((await fresh.store.firstScan())?.id).toBe(first);
    expect(await idAt('2026-05-01T01:59:59.999Z')).toBeUndefined();
    expect(await idAt('2026-05-01T02:00:00.000Z')).toBe(first);
    expect(await idAt('2026-05-03T01:59:59.999Z')).toBe(first);
    expect(await idAt('2026-05-03T23:59:59.999Z')).toBe(again);
    expect((await fresh.store.scanBefore(again))?.id).toBe(first);
    expect(await fresh.store.scanBefore(third)).toBeUndefined();
  } finally {
    await fresh.drop();
  }
});
