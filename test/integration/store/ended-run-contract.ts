import { type SnapshotLine } from '@denyscope/model';
import { type Store } from '@denyscope/store';
import { Client } from 'pg';
import { HEADER, bucket, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';
import { type Backend } from './contract.ts';
import { ONE, THREE, TWO, gap, listedRun } from './run-lines.ts';

/** What a store keeps of live scans that ended, whatever server it is on. */
export function endedRunContract(make: () => Promise<Backend>): void {
  let backend: Backend;
  let store: Store;
  beforeAll(async () => {
    backend = await make();
    ({ store } = backend);
  });
  beforeEach(() =>
    sql(
      backend.url,
      `truncate denyscope.scan, denyscope.document, denyscope.fact, denyscope.scan_run, denyscope.scan_part,
         denyscope.account_read, denyscope.staged_line`,
    ),
  );
  afterAll(() => backend.remove());

  const listed = (accounts: readonly string[]): Promise<number> => listedRun(store, accounts);
  const stage = (run: number, part: string, lines: readonly SnapshotLine[]): Promise<void> =>
    store.stagePart(run, part, streamed(lines));
  const staged = (): Promise<unknown> =>
    sql(backend.url, 'select part, count(*)::int as rows from denyscope.staged_line group by part');

  describe('the ledger of a run that ended', () => {
    const three = [{ accountId: TWO }, { accountId: '444455556666', skipped: 'suspended' }];

    async function partlyRead(): Promise<number> {
      const run = await listed([ONE, TWO, THREE]);
      await store.expectParts(run, three);
      await stage(run, ONE, [bucket('a', 'p')]);
      await stage(run, TWO, [gap(TWO, 'kms:ListKeys')]);
      await stage(run, THREE, [gap(THREE, 'sts:AssumeRole')]);
      return run;
    }

    test('has the exceptions only, and all the numbers', async () => {
      const run = await partlyRead();
      const progress = (await store.runState(run))?.progress;
      expect(progress).toMatchObject({
        listed: true,
        complete: 1,
        partial: 1,
        failed: 1,
        skipped: 1,
        gaps: 2,
      });
      const scan = await store.publishRun(run);
      const exceptions = [
        { part: TWO, status: 'done', lines: 1, gaps: 1, reason: undefined },
        { part: THREE, status: 'failed', lines: 1, gaps: 1, reason: 'AccessDenied' },
        { part: '444455556666', status: 'skipped', lines: 0, gaps: 0, reason: 'suspended' },
      ];
      expect(await store.runParts(run)).toMatchObject(exceptions);
      expect(await store.ledger(scan.id)).toMatchObject(exceptions);
      expect((await store.runState(run))?.progress).toEqual(progress);
      expect((await store.latestRun())?.progress).toEqual(progress);
    });

    test('keeps the numbers of one that was given up', async () => {
      const run = await listed([ONE, TWO]);
      await stage(run, ONE, [bucket('a', 'p')]);
      const cancelled = await store.cancelRun(run);
      expect(cancelled?.progress).toMatchObject({ listed: true, complete: 1, waiting: 1 });
      expect(cancelled?.progressedAt).toBe(cancelled?.finishedAt);
      expect(await store.runParts(run)).toEqual([]);
    });

    test('is none where a scan came from no run', async () => {
      const { id } = await store.importSnapshot(HEADER, streamed([bucket('a', 'p')]));
      for (const scan of [id, 404_404, Number.NaN]) expect(await store.ledger(scan)).toBeUndefined();
    });

    test('still tells when each account was read', async () => {
      const readAt = async (): Promise<unknown> =>
        (await store.accountReads()).map(({ accountId, readAt: at }) => [accountId, at !== undefined]);
      const run = await partlyRead();
      expect(await readAt()).toEqual([ONE, TWO, THREE].map((id) => [id, false]));
      await store.publishRun(run);
      const read = [
        [ONE, true],
        [TWO, true],
        [THREE, false],
      ];
      expect(await readAt()).toEqual(read);
      const before = await store.accountReads();
      const failed = await listed([ONE]);
      await store.failPart(failed, ONE, { reason: 'Timeout', message: 'too slow' });
      await store.cancelRun(failed);
      expect(await readAt()).toEqual(read);
      const [first] = await store.accountReads();
      expect(first?.readAt).toBe(before[0]?.readAt);
      expect(first?.triedAt).not.toBe(before[0]?.triedAt);
    });
  });

  describe('what was staged', () => {
    const bytes = async (): Promise<number> => {
      const [row] = await sql<{ bytes: number }>(
        backend.url,
        `select pg_total_relation_size('denyscope.staged_line')::int as bytes`,
      );
      return row?.bytes ?? 0;
    };
    const many = Array.from({ length: 2_000 }, (_, i) => bucket(`b-${i}`, `policy ${i}`));

    test('leaves no room taken, however a run ends', async () => {
      const empty = await bytes();
      const ends: readonly ((run: number) => Promise<unknown>)[] = [
        store.publishRun,
        store.cancelRun,
        () => store.beginRun({ header: HEADER, staleAfterMs: -1 }),
      ];
      for (const end of ends) {
        const run = await listed([ONE]);
        await stage(run, ONE, many);
        expect(await bytes()).toBeGreaterThan(20 * empty);
        await end(run);
        expect(await bytes()).toBeLessThan(2 * empty);
      }
    });

    test('goes also while somebody reads the table', async () => {
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('a', 'p')]);
      const reader = new Client({ connectionString: backend.url });
      await reader.connect();
      try {
        await reader.query('begin');
        await reader.query('select from denyscope.staged_line');
        expect(await store.publishRun(run)).toMatchObject({ status: 'complete', opened: 3 });
      } finally {
        await reader.end();
      }
      expect(await staged()).toEqual([]);
    });

    test('of another run stays, should there be any', async () => {
      const run = await listed([ONE]);
      await sql(
        backend.url,
        `insert into denyscope.staged_line (run_id, part, hash, body) values ($1, 'other', '', '')`,
        [run + 1],
      );
      await store.publishRun(run);
      expect(await staged()).toEqual([{ part: 'other', rows: 1 }]);
    });
  });
}
