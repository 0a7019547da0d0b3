import fc from 'fast-check';
import { type SnapshotLine, canonicalJson } from '@denyscope/model';
import { type Pruned, type Retention, type Store, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { HEADER, ODD, bucket, canonical, stored, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';

jest.setTimeout(60_000);

const ACCOUNT = '111122223333';
const KEEP_NEW: Retention = { keepDays: 30, keepScans: 1 };

describe('retention', () => {
  let database: TestDatabase;
  let store: Store;
  beforeAll(async () => {
    database = await createTestDatabase();
    store = await openStore({ databaseUrl: database.url });
  });
  beforeEach(() =>
    sql(
      database.url,
      `truncate denyscope.scan, denyscope.document, denyscope.fact, denyscope.scan_run, denyscope.scan_part,
         denyscope.account_read, denyscope.staged_line`,
    ),
  );
  afterAll(async () => {
    await store.close();
    await database.drop();
  });

  const keep = async (lines: readonly SnapshotLine[]): Promise<number> =>
    (await store.importSnapshot(HEADER, streamed(lines))).id;
  /** Makes scans look as if they had ended long ago. */
  const age = (scans: readonly number[]): Promise<unknown> =>
    sql(
      database.url,
      `update denyscope.scan set finished_at = finished_at - interval '31 days' where id = any($1::bigint[])`,
      [scans],
    );
  const prune = (retention = KEEP_NEW, dryRun = false): Promise<Pruned> =>
    store.pruneScans(retention, { dryRun });
  const kept = async (): Promise<readonly number[]> =>
    (await store.scans()).map(({ id }) => id).toSorted((a, b) => a - b);

  /** The text that `export` writes. */
  async function exported(id: number): Promise<string> {
    const { header } = await store.readScan(id);
    return [canonicalJson(header), ...(await stored(store, id))].join('\n');
  }

  /** What is there and nothing that is kept needs. */
  async function orphans(): Promise<unknown> {
    const facts = await sql(
      database.url,
      `select from denyscope.fact where not exists (
         select from denyscope.scan where id >= valid_from and (valid_to is null or id < valid_to))`,
    );
    const documents = await sql(
      database.url,
      `select from denyscope.document where not exists (
         select from denyscope.fact where position(encode(sha256, 'hex') in body) > 0)`,
    );
    return { facts: facts.length, documents: documents.length };
  }

  test('leaves a past scan as it was, byte for byte, through further scans and pruning', async () => {
    const before = await keep([bucket('goes', 'p0')]);
    const scan = await keep([...ODD, bucket('changes', 'p1')]);
    const text = await exported(scan);
    for (const policy of ['p2', 'p3', 'p1']) await keep([...ODD.slice(3), bucket('changes', policy)]);
    const pruned = await keep([bucket('changes', 'p4')]);
    await keep([bucket('changes', 'p5')]);
    await age([before, pruned]);
    expect(await prune()).toEqual({ scans: [before, pruned], facts: 2, documents: 2 });
    expect(await exported(scan)).toBe(text);
    expect(await orphans()).toEqual({ facts: 0, documents: 0 });
  });

  test('keeps the last scans, however old they are', async () => {
    const scans = [];
    for (const policy of ['a', 'b', 'c', 'd']) scans.push(await keep([bucket('one', policy)]));
    await age(scans);
    expect((await prune({ keepDays: 30, keepScans: 3 })).scans).toEqual(scans.slice(0, 1));
    expect((await prune({ keepDays: 30, keepScans: 0 })).scans).toEqual(scans.slice(1, 3));
    expect(await kept()).toEqual(scans.slice(3));
    expect(await stored(store, scans[3] ?? 0)).toEqual(canonical([bucket('one', 'd')]));
  });

  test('keeps scans of the last days, however many they are', async () => {
    const scans = [];
    for (const policy of ['a', 'b', 'c']) scans.push(await keep([bucket('one', policy)]));
    expect(await prune()).toEqual({ scans: [], facts: 0, documents: 0 });
    expect(await kept()).toEqual(scans);
  });

  test('says in a dry run what would go, and lets nothing go', async () => {
    const old = await keep([bucket('one', 'a')]);
    const last = await keep([bucket('one', 'b')]);
    await age([old]);
    const said = await prune(KEEP_NEW, true);
    expect(said).toEqual({ scans: [old], facts: 1, documents: 1 });
    expect(await kept()).toEqual([old, last]);
    expect(await stored(store, old)).toEqual(canonical([bucket('one', 'a')]));
    expect(await prune()).toEqual(said);
  });

  test('keeps a document that an older or a newer fact shares with what goes', async () => {
    await keep([bucket('lasting', 'shared')]);
    const old = await keep([
      bucket('lasting', 'shared'),
      bucket('brief', 'shared'),
      bucket('brief-too', 'own'),
    ]);
    const last = await keep([bucket('lasting', 'shared')]);
    await age([old]);
    expect(await prune()).toEqual({ scans: [old], facts: 2, documents: 1 });
    expect(await stored(store, last)).toEqual(canonical([bucket('lasting', 'shared')]));
  });

  test('takes the run of a scan with it, and old runs that became no scan, but never the last', async () => {
    const run = async (): Promise<number> => (await store.beginRun({ header: HEADER })).run.id;
    const lost = await run();
    await store.failRun(lost, 'the organization is gone');
    const published = await run();
    await store.stagePart(published, ACCOUNT, streamed([bucket('one', 'a')]));
    const { id } = await store.publishRun(published);
    await keep([bucket('one', 'b')]);
    const last = await run();
    await store.cancelRun(last);
    await age([id]);
    await sql(
      database.url,
      `update denyscope.scan_run set finished_at = finished_at - interval '31 days' where scan_id is null`,
    );
    expect((await prune()).scans).toEqual([id]);
    expect(await store.runState(lost)).toBeUndefined();
    expect(await store.runState(published)).toBeUndefined();
    expect(await store.ledger(id)).toBeUndefined();
    expect((await store.latestRun())?.id).toBe(last);
  });

  test('leaves alone a run that is running, and what it staged', async () => {
    const old = await keep([bucket('one', 'a')]);
    const { run } = await store.beginRun({ header: HEADER });
    await store.stagePart(run.id, ACCOUNT, streamed([bucket('one', 'a'), bucket('two', 'staged')]));
    await keep([]);
    await age([old]);
    expect(await prune()).toEqual({ scans: [old], facts: 1, documents: 1 });
    const scan = await store.publishRun(run.id);
    expect(await stored(store, scan.id)).toEqual(canonical([bucket('one', 'a'), bucket('two', 'staged')]));
  });

  test('takes no line from a reading that has begun, and gives none of a scan that went', async () => {
    const lines = Array.from({ length: 2_500 }, (_, i) => bucket(`b-${i}`, `p ${i}`));
    const old = await keep(lines);
    await keep(lines.slice(0, 10));
    await age([old]);
    const begun = await store.readScan(old);
    const seen: SnapshotLine[] = [];
    for await (const line of begun.lines) {
      if (seen.length === 0) expect((await prune()).scans).toEqual([old]);
      seen.push(line);
    }
    expect(canonical(seen)).toEqual(canonical(lines));
    const again = async (): Promise<void> => {
      for await (const line of begun.lines) expect(line).toBeUndefined();
    };
    await expect(again()).rejects.toMatchObject({ code: 'no-such-scan' });
    await expect(store.readScan(old)).rejects.toMatchObject({ code: 'no-such-scan' });
  });

  test('and imports at the same time follow one another', async () => {
    const old = [];
    for (let i = 0; i < 4; i += 1)
      old.push(await keep([bucket('one', `p ${i}`), bucket(`b-${i}`, 'shared')]));
    await age(old);
    const [last] = await Promise.all([
      keep([bucket('one', 'p 1'), bucket('two', 'shared')]),
      prune(),
      prune(),
    ]);
    expect(await stored(store, last)).toEqual(canonical([bucket('one', 'p 1'), bucket('two', 'shared')]));
    await prune();
    expect(await orphans()).toEqual({ facts: 0, documents: 0 });
  });

  test('in any history leaves every other scan as it was, and nothing that nobody needs', async () => {
    // Each scan has some of five buckets, each with one of three policies; then some scans are old.
    const world = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.constantFrom('p', 'q', 'r'));
    const night = fc.record({ world, isOld: fc.boolean(), prunes: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(night, { minLength: 1, maxLength: 8 }), async (nights) => {
        await sql(database.url, 'truncate denyscope.scan, denyscope.document, denyscope.fact cascade');
        const texts = new Map<number, string>();
        for (const { world: buckets, isOld, prunes } of nights) {
          const id = await keep(Object.entries(buckets).map(([name, policy]) => bucket(name, policy)));
          texts.set(id, await exported(id));
          if (isOld) await age([id]);
          if (prunes) for (const gone of (await prune()).scans) texts.delete(gone);
        }
        expect(await kept()).toEqual([...texts.keys()]);
        for (const [id, text] of texts) expect(await exported(id)).toBe(text);
        expect(await orphans()).toEqual({ facts: 0, documents: 0 });
      }),
      { numRuns: 25 },
    );
  });
});
