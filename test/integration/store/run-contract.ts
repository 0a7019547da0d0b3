import { setTimeout as sleep } from 'node:timers/promises';
import { type SnapshotLine } from '@denyscope/model';
import { ORGANIZATION, type Store } from '@denyscope/store';
import { HEADER, bucket, canonical, stored, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';
import { type Backend } from './contract.ts';
import { ONE, ROOT, THREE, TWO, account, gap, listedRun } from './run-lines.ts';

/** What a store does with live scans, whatever server it is on. */
export function runContract(make: () => Promise<Backend>): void {
  let backend: Backend;
  let store: Store;
  beforeAll(async () => {
    backend = await make();
    ({ store } = backend);
  });
  beforeEach(() => sql(backend.url, 'truncate denyscope.scan, denyscope.document, denyscope.fact cascade'));
  beforeEach(() => sql(backend.url, 'truncate denyscope.scan_run, denyscope.staged_line cascade'));
  afterAll(() => backend.remove());

  const stage = (run: number, part: string, lines: readonly SnapshotLine[]): Promise<void> =>
    store.stagePart(run, part, streamed(lines));
  const staged = (): Promise<unknown> =>
    sql(backend.url, 'select part, count(*)::int as rows from denyscope.staged_line group by part');

  const listed = (accounts: readonly string[]): Promise<number> => listedRun(store, accounts);

  describe('a run', () => {
    test('becomes one scan, and leaves nothing staged', async () => {
      const run = await listed([ONE, TWO]);
      await stage(run, ONE, [bucket('a', 'p')]);
      await stage(run, TWO, [{ ...bucket('b', 'p'), accountId: TWO }]);
      const scan = await store.publishRun(run);
      expect(scan).toMatchObject({ status: 'complete', source: 'demo', opened: 5, documents: 1 });
      expect(await stored(store, scan.id)).toEqual(
        canonical([
          ROOT,
          account(ONE),
          account(TWO),
          bucket('a', 'p'),
          { ...bucket('b', 'p'), accountId: TWO },
        ]),
      );
      expect(await store.latestScan()).toEqual(scan);
      expect(await staged()).toEqual([]);
      expect(await store.runState(run)).toMatchObject({ status: 'published', scanId: scan.id });
    });

    test('takes its place among the scans when it is published', async () => {
      const run = await listed([ONE]);
      const imported = await store.importSnapshot(HEADER, streamed([bucket('old', 'p')]));
      await stage(run, ONE, [bucket('new', 'p')]);
      const scan = await store.publishRun(run);
      expect(scan.id).toBeGreaterThan(imported.id);
      expect(await stored(store, imported.id)).toEqual(canonical([bucket('old', 'p')]));
    });

    test('that finds nothing new adds a scan and no fact', async () => {
      for (const opened of [3, 0]) {
        const run = await listed([ONE]);
        await stage(run, ONE, [bucket('a', 'p')]);
        expect(await store.publishRun(run)).toMatchObject({ opened, closed: 0 });
      }
    });

    test('is published once, however often it is asked for', async () => {
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('a', 'p')]);
      const scans = await Promise.all([1, 2, 3].map(() => store.publishRun(run)));
      expect(new Set(scans.map(({ id }) => id)).size).toBe(1);
      expect(await store.scans()).toHaveLength(1);
    });

    test('serves the scan before until it is published', async () => {
      const before = await store.importSnapshot(HEADER, streamed([bucket('old', 'p')]));
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('new', 'p')]);
      expect(await store.latestScan()).toEqual(before);
      expect(await stored(store, before.id)).toEqual(canonical([bucket('old', 'p')]));
    });
  });

  describe('one run at a time', () => {
    test('a second is given the first', async () => {
      const begun = await Promise.all([1, 2, 3].map(() => store.beginRun({ header: HEADER })));
      expect(begun.filter((one) => one.begun)).toHaveLength(1);
      expect(new Set(begun.map(({ run }) => run.id)).size).toBe(1);
    });

    test('one that made no progress for long makes room', async () => {
      const old = await listed([ONE]);
      await sleep(50);
      expect((await store.beginRun({ header: HEADER, staleAfterMs: 60_000 })).begun).toBe(false);
      const { begun, run } = await store.beginRun({ header: HEADER, staleAfterMs: 10 });
      expect(begun).toBe(true);
      expect(run.id).not.toBe(old);
      expect(await store.runState(old)).toMatchObject({
        status: 'failed',
        reason: 'no progress was made: another scan took over',
      });
      expect(await staged()).toEqual([]);
    });

    test('one that ended makes room', async () => {
      for (const end of [store.cancelRun, (id: number) => store.failRun(id, 'the organization is gone')]) {
        const run = await listed([ONE]);
        expect((await end(run))?.finishedAt).toBeDefined();
      }
      expect(await store.latestRun()).toMatchObject({
        status: 'failed',
        reason: 'the organization is gone',
      });
      expect((await store.beginRun({ header: HEADER })).begun).toBe(true);
    });

    test('keeps its scope', async () => {
      const scope = { accounts: [ONE], regions: ['eu-west-1'] };
      const { run } = await store.beginRun({ header: HEADER, scope });
      expect(run.scope).toEqual(scope);
      expect(await store.latestRun()).toEqual(run);
    });
  });

  describe('a part', () => {
    test('that is staged again replaces what was staged before', async () => {
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('a', 'p'), bucket('gone', 'p')]);
      await stage(run, ONE, [bucket('a', 'q')]);
      const scan = await store.publishRun(run);
      expect(await stored(store, scan.id)).toEqual(canonical([ROOT, account(ONE), bucket('a', 'q')]));
    });

    test('that two stage at the same time is one of theirs, whole', async () => {
      const run = await listed([ONE]);
      const versions = ['p', 'q'].map((policy) =>
        Array.from({ length: 400 }, (_, i) => bucket(`b-${i}`, policy)),
      );
      await Promise.all(versions.map((lines) => stage(run, ONE, lines)));
      const scan = await store.publishRun(run);
      const seen = await stored(store, scan.id);
      expect(versions.map((lines) => canonical([ROOT, account(ONE), ...lines]))).toContainEqual(seen);
    });

    test('whose lines end in an error leaves what was staged, and gives the error back', async () => {
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('a', 'p')]);
      const failure = new Error('cut short');
      const broken = async function* (): AsyncGenerator<SnapshotLine> {
        for (let i = 0; i < 2_000; i += 1) yield bucket(`b-${i}`, `policy ${i} ${'x'.repeat(300)}`);
        throw failure;
      };
      await expect(store.stagePart(run, ONE, broken())).rejects.toBe(failure);
      expect(await staged()).toContainEqual({ part: ONE, rows: 2 });
    });

    test('says of its account more than the organization does', async () => {
      const run = await listed([ONE, TWO]);
      expect(await store.accountLine(run, ONE)).toEqual(account(ONE));
      expect(await store.accountLine(run, THREE)).toBeUndefined();
      await stage(run, ONE, [account(ONE, { EnabledRegions: ['eu-west-1'] })]);
      await stage(run, TWO, []);
      const scan = await store.publishRun(run);
      expect(await stored(store, scan.id)).toEqual(
        canonical([ROOT, account(ONE, { EnabledRegions: ['eu-west-1'] }), account(TWO)]),
      );
    });

    test('may answer twice about one resource: the later answer counts', async () => {
      const run = await listed([ONE]);
      await stage(run, ONE, [bucket('a', 'p'), bucket('a', 'q')]);
      const scan = await store.publishRun(run);
      expect(scan.counts).toMatchObject({ bucket: 1 });
      expect(await stored(store, scan.id)).toContain(canonical([bucket('a', 'q')])[0]);
    });

    test('of a run that ended is refused', async () => {
      const run = await listed([ONE]);
      await store.cancelRun(run);
      const over = { code: 'run-over', retryable: false };
      await expect(stage(run, ONE, [bucket('a', 'p')])).rejects.toMatchObject(over);
      await expect(store.failPart(run, ONE, { reason: 'x', message: 'y' })).rejects.toMatchObject(over);
      await expect(store.expectParts(run, [{ accountId: TWO }])).rejects.toMatchObject(over);
      await expect(store.publishRun(run)).rejects.toMatchObject(over);
      await expect(stage(4_711, ONE, [])).rejects.toMatchObject(over);
      expect(await staged()).toEqual([]);
      expect(await store.scans()).toEqual([]);
    });
  });

  describe('what could not be read', () => {
    test('is counted, account by account', async () => {
      const run = await listed([ONE, TWO, THREE]);
      await store.expectParts(run, [{ accountId: ONE }, { accountId: '444455556666', skipped: 'suspended' }]);
      await stage(run, ONE, [bucket('a', 'p'), gap(ONE, 'kms:ListKeys')]);
      await stage(run, TWO, [gap(TWO, 'sts:AssumeRole')]);
      expect((await store.runState(run))?.progress).toEqual({
        listed: true,
        waiting: 1,
        complete: 0,
        partial: 1,
        failed: 1,
        skipped: 1,
        gaps: 2,
      });
      expect(await store.runParts(run)).toMatchObject([
        { part: ONE, status: 'done', lines: 2, gaps: 1, reason: undefined },
        { part: TWO, status: 'failed', reason: 'AccessDenied' },
        { part: THREE, status: 'waiting' },
        { part: '444455556666', status: 'skipped', reason: 'suspended' },
        { part: ORGANIZATION, status: 'done', lines: 4 },
      ]);
    });

    test('is a line of the scan, for accounts that failed and those that nothing came from', async () => {
      const run = await listed([ONE, TWO, THREE]);
      await stage(run, ONE, [bucket('a', 'p')]);
      await store.failPart(run, ONE, { reason: 'Late', message: 'a twin of the job gave up' });
      await store.failPart(run, TWO, { step: 's3:ListBuckets', reason: 'Timeout', message: 'too slow' });
      const scan = await store.publishRun(run);
      const lines = await stored(store, scan.id);
      const coverage = lines.filter((line) => line.includes('"coverage"'));
      expect(coverage).toEqual(
        canonical([
          {
            kind: 'coverage',
            accountId: TWO,
            data: { step: 's3:ListBuckets', reason: 'Timeout', message: 'too slow' },
          },
          {
            kind: 'coverage',
            accountId: THREE,
            data: {
              step: 'sts:AssumeRole',
              reason: 'NotScanned',
              message: 'the job of the account did not end',
            },
          },
        ]),
      );
      expect(lines).toContain(canonical([bucket('a', 'p')])[0]);
      expect((await store.runState(run))?.progress).toMatchObject({ complete: 1, failed: 2, waiting: 0 });
    });
  });
}
