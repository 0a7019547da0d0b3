import { type SnapshotLine } from '@denyscope/model';
import { type Store, StoreError } from '@denyscope/store';
import { HEADER, ODD, bucket, canonical, stored, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';

export interface Backend {
  readonly store: Store;
  /** For looking behind the store's back. */
  readonly url: string;
  readonly remove: () => Promise<void>;
}

/** What a store does, whatever server it is on. */
export function contract(make: () => Promise<Backend>): void {
  let backend: Backend;
  let store: Store;
  beforeAll(async () => {
    backend = await make();
    ({ store } = backend);
  });
  beforeEach(() => sql(backend.url, 'truncate denyscope.scan, denyscope.document, denyscope.fact cascade'));
  afterAll(() => backend.remove());

  const keep = (lines: readonly SnapshotLine[]): ReturnType<Store['importSnapshot']> =>
    store.importSnapshot(HEADER, streamed(lines));

  async function rows(): Promise<unknown> {
    const [counted] = await sql(
      backend.url,
      `select (select count(*)::int from denyscope.scan) as scans, (select count(*)::int from denyscope.fact) as facts,
         (select count(*)::int from denyscope.document) as documents`,
    );
    return counted;
  }

  describe('a snapshot', () => {
    test('comes out as it went in, in canonical order', async () => {
      const scan = await keep(ODD);
      expect(await stored(store, scan.id)).toEqual(canonical(ODD));
      expect((await store.readScan(scan.id)).header).toEqual(HEADER);
    });

    test('may be read twice from one reading', async () => {
      const { lines } = await store.readScan((await keep(ODD)).id);
      for (let time = 0; time < 2; time += 1) {
        const seen: SnapshotLine[] = [];
        for await (const line of lines) seen.push(line);
        expect(canonical(seen)).toEqual(canonical(ODD));
      }
    });

    test('may be empty', async () => {
      const scan = await keep([]);
      expect(scan).toMatchObject({ counts: {}, opened: 0, closed: 0, documents: 0 });
      expect(await stored(store, scan.id)).toEqual([]);
    });

    test('may be larger than what travels at once', async () => {
      const lines = Array.from({ length: 3_500 }, (_, i) =>
        bucket(`b-${i}`, `policy ${i % 1_700} ${'x'.repeat(200)}`),
      );
      const progress: number[] = [];
      const scan = await store.importSnapshot(HEADER, streamed(lines), {
        onProgress: (n) => progress.push(n),
      });
      expect(await stored(store, scan.id)).toEqual(canonical(lines));
      expect(scan.documents).toBe(1_700);
      expect(progress.length).toBeGreaterThan(2);
      expect(progress.at(-1)).toBe(3_500);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    });

    test('keeps a policy once over buckets, accounts and scans', async () => {
      const shared = '{"Statement":[]}';
      await keep([bucket('a', shared), { ...bucket('b', shared), accountId: '444455556666' }]);
      const later = await keep([bucket('a', shared), bucket('c', shared)]);
      expect(later.documents).toBe(0);
      expect(await rows()).toMatchObject({ documents: 1 });
    });
  });

  describe('a second scan', () => {
    test('of an unchanged organization adds its own row and nothing else', async () => {
      const first = await keep(ODD);
      const before = await rows();
      const refetched = ODD.toReversed().map((line) =>
        'fetchedAt' in line ? { ...line, fetchedAt: 'now' } : line,
      );
      const second = await keep(refetched);
      expect(second).toMatchObject({ opened: 0, closed: 0, documents: 0, counts: first.counts });
      expect(await rows()).toEqual({ ...Object(before), scans: 2 });
      expect(await stored(store, second.id)).toEqual(await stored(store, first.id));
    });

    test('leaves every earlier one as it was, through change, loss and return', async () => {
      const history = [
        [bucket('kept', 'p'), bucket('changes', 'p1'), bucket('goes', 'p')],
        [bucket('kept', 'p'), bucket('changes', 'p2'), bucket('comes', 'p')],
        [bucket('kept', 'p')],
        [bucket('kept', 'p'), bucket('changes', 'p1'), bucket('goes', 'p'), bucket('comes', 'p')],
      ];
      const scans = [];
      for (const lines of history) scans.push(await keep(lines));
      expect(scans.map(({ opened, closed }) => [opened, closed])).toEqual([
        [3, 0],
        [2, 2],
        [0, 2],
        [3, 0],
      ]);
      for (const [index, scan] of scans.entries()) {
        expect(await stored(store, scan.id)).toEqual(canonical(history[index] ?? []));
      }
      expect(await rows()).toEqual({ scans: 4, facts: 8, documents: 3 });
    });
  });

  describe('an import that fails', () => {
    const failures: readonly (readonly [string, unknown])[] = [
      ['an error', new Error('line 3: /data/Name: expected a string')],
      ['an error that looks like the database', Object.assign(new Error('no'), { code: '53100' })],
      ['something that is no error', 'stop'],
    ];
    test.each(failures)('with %s of the lines gives it back and changes nothing', async (_, failure) => {
      const first = await keep([bucket('kept', 'p'), bucket('goes', 'p')]);
      const before = await rows();
      const broken = async function* (): AsyncGenerator<SnapshotLine> {
        for (let i = 0; i < 2_000; i += 1) yield bucket(`new-${i}`, `policy ${i} ${'x'.repeat(300)}`);
        throw failure;
      };
      await expect(store.importSnapshot(HEADER, broken())).rejects.toBe(failure);
      expect(await rows()).toEqual(before);
      expect((await store.latestScan())?.id).toBe(first.id);
      expect(await stored(store, first.id)).toEqual(canonical([bucket('kept', 'p'), bucket('goes', 'p')]));
    });

    test('before its first line changes nothing either', async () => {
      const failure = new Error('not a snapshot');
      const lines = {
        [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(failure) }),
      };
      await expect(store.importSnapshot(HEADER, lines)).rejects.toBe(failure);
      expect(await rows()).toEqual({ scans: 0, facts: 0, documents: 0 });
    });

    test('because the connection is lost says that it may be tried again', async () => {
      let tell: () => void = () => {};
      const ended = new Promise<void>((resolve) => {
        tell = resolve;
      });
      const lines = async function* (): AsyncGenerator<SnapshotLine> {
        try {
          for (let i = 0; i < 100_000; i += 1) {
            yield bucket(`b-${i}`, 'x'.repeat(300));
            if (i === 3_000) await cutOthers();
          }
        } finally {
          tell();
        }
      };
      const fault = await store.importSnapshot(HEADER, lines()).catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(StoreError);
      expect(fault).toMatchObject({ code: 'unreachable', retryable: true });
      await ended;
      expect(await rows()).toEqual({ scans: 0, facts: 0, documents: 0 });
      expect((await keep([bucket('a', 'p')])).opened).toBe(1);
    });

    const cutOthers = (): Promise<unknown> =>
      sql(
        backend.url,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'denyscope ${process.pid}.%'`,
      );
  });

  describe('a resource that is there twice', () => {
    test('is kept once where both lines are equal', async () => {
      const scan = await keep([bucket('a', 'p'), bucket('b', 'p'), bucket('a', 'p')]);
      expect(scan).toMatchObject({ opened: 2, counts: { bucket: 2 } });
    });

    test('is refused by place and name where they differ', async () => {
      const lines = [bucket('b', 'p'), bucket('a', 'p'), bucket('c', 'p'), bucket('a', 'q')];
      await expect(keep(lines)).rejects.toMatchObject({
        code: 'duplicate-resource',
        message: 'resources 2 and 4 of the snapshot both describe the bucket `a`, and differ',
      });
      expect(await rows()).toMatchObject({ scans: 0, facts: 0 });
    });
  });

  describe('several at once', () => {
    test('imports follow one another, and each scan has its own facts', async () => {
      const snapshots = Array.from({ length: 5 }, (_, i) => [
        bucket('shared', `p ${i}`),
        bucket(`own-${i}`, 'p'),
      ]);
      const scans = await Promise.all(snapshots.map(keep));
      for (const [index, scan] of scans.entries()) {
        expect(await stored(store, scan.id)).toEqual(canonical(snapshots[index] ?? []));
      }
      const overlaps = await sql(
        backend.url,
        `select from denyscope.fact a join denyscope.fact b on a.resource_key = b.resource_key
         and a.valid_from < b.valid_from and (a.valid_to is null or a.valid_to > b.valid_from)`,
      );
      expect(overlaps).toEqual([]);
    });

    test('a reading sees its scan while others are imported', async () => {
      const lines = Array.from({ length: 2_500 }, (_, i) => bucket(`b-${i}`, `p ${i}`));
      const first = await keep(lines);
      const seen: SnapshotLine[] = [];
      for await (const line of (await store.readScan(first.id)).lines) {
        if (seen.length === 10) await keep([bucket('b-1', 'changed')]);
        seen.push(line);
      }
      expect(canonical(seen)).toEqual(canonical(lines));
    });

    test('readings that are left midway give their connections back', async () => {
      const { lines } = await store.readScan((await keep(ODD)).id);
      for (let time = 0; time < 25; time += 1) {
        for await (const line of lines) {
          expect(line.kind).toBe('bucket');
          break;
        }
      }
      await store.ping();
    });
  });

  describe('the list of scans', () => {
    test('is empty at first', async () => {
      expect(await store.scans()).toEqual([]);
      expect(await store.latestScan()).toBeUndefined();
    });

    test('says of each what it holds, the latest first', async () => {
      const first = await store.importSnapshot(
        { ...HEADER, takenAt: '2026-11-21T03:00:00+01:00', source: 'aws' },
        streamed([bucket('a', 'p'), { kind: 'root', data: { Id: 'r-1' } }]),
      );
      const second = await keep([bucket('a', 'p')]);
      expect(first).toMatchObject({
        source: 'aws',
        status: 'complete',
        takenAt: '2026-11-21T02:00:00.000Z',
        counts: { bucket: 1, root: 1 },
      });
      expect(second.id).toBeGreaterThan(first.id);
      expect(await store.scans()).toEqual([second, first]);
      expect(await store.latestScan()).toEqual(second);
      expect(await store.scan(first.id)).toEqual(first);
      expect(await store.counts(first.id)).toEqual({ bucket: 1, root: 1 });
    });

    test('has no scan that is not complete to read from', async () => {
      const [row] = await sql<{ id: string }>(
        backend.url,
        `insert into denyscope.scan (source, status, taken_at, header) values ('aws', 'running', now(), '{}') returning id`,
      );
      const running = Number(row?.id);
      expect(await store.scan(running)).toMatchObject({ status: 'running', finishedAt: undefined });
      expect(await store.latestScan()).toBeUndefined();
      for (const id of [running, 404_404, 1.5, Number.NaN, 2 ** 60]) {
        await expect(store.readScan(id)).rejects.toMatchObject({ code: 'no-such-scan' });
        await expect(store.counts(id)).rejects.toMatchObject({ code: 'no-such-scan' });
      }
      expect(await store.scan(404_404)).toBeUndefined();
    });
  });
}
