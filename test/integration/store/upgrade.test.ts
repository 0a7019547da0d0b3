import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { type SnapshotLine, canonicalJson } from '@denyscope/model';
import { ORGANIZATION, type Store, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { HEADER, bucket, canonical, stored, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';

jest.setTimeout(60_000);

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);
const ACCOUNTS = ['111122223333', '222233334444', '333344445555', '444455556666'] as const;
const [ONE, TWO, THREE, FOUR] = ACCOUNTS;

/** What the two scans of every version hold. */
const KEPT = bucket('kept', 'policy of kept');
const CHANGES = [bucket('changes', 'before'), bucket('changes', 'after')] as const;

interface Row {
  readonly key: Buffer;
  readonly names: readonly [kind: string, accountId: string, region: string, id: string];
  readonly hash: Buffer;
  readonly body: string;
  readonly document: { readonly hash: Buffer; readonly body: string };
}

/** A bucket as release 0.1 writes it, spelled out: what is stored must not change its meaning with the code. */
function rowOf({ kind, accountId = '', region = '', data }: SnapshotLine): Row {
  const id = String(data['Name']);
  const policy = JSON.stringify(data['Policy']);
  const reference = { $document: sha256(policy).toString('hex') };
  const body = canonicalJson({ kind, accountId, region, data: { ...data, Policy: reference } });
  return {
    key: Buffer.from([kind, accountId, region, id].join('\0\0')),
    names: [kind, accountId, region, id],
    hash: sha256(body),
    body,
    document: { hash: sha256(policy), body: policy },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What each version could hold beyond the one before, written as it wrote it. */
const WRITERS: Readonly<Record<string, (url: string) => Promise<void>>> = {
  '0001': writeScans,
  '0002': writeRuns,
};

async function writeScans(url: string): Promise<void> {
  for (const takenAt of ['2026-11-20T02:00:00Z', '2026-11-21T02:00:00Z']) {
    await sql(
      url,
      `insert into denyscope.scan (source, status, taken_at, finished_at, header, counts)
       values ('demo', 'complete', $1::timestamptz, now(), $2, '{"bucket": 2}')`,
      [takenAt, canonicalJson({ ...HEADER, takenAt })],
    );
  }
  const lives = [
    [KEPT, 1, null],
    [CHANGES[0], 1, 2],
    [CHANGES[1], 2, null],
  ] as const;
  for (const [line, from, to] of lives) {
    const { key, names, hash, body, document } = rowOf(line);
    await sql(url, 'insert into denyscope.document (sha256, body) values ($1, $2)', [
      document.hash,
      document.body,
    ]);
    await sql(
      url,
      `insert into denyscope.fact
         (sort_key, valid_from, valid_to, kind, account_id, region, resource_id, content_hash, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [key, from, to, ...names, hash, body],
    );
  }
}

/** Scan 2 came from a run, one run was cancelled, and one runs. */
async function writeRuns(url: string): Promise<void> {
  const runs = [
    [10, 'published', 2],
    [20, 'cancelled', null],
    [30, 'running', null],
  ] as const;
  const addPart = (values: readonly unknown[]): Promise<unknown> =>
    sql(
      url,
      `insert into denyscope.scan_part (run_id, part, status, reason, lines, gaps)
       values ($1, $2, $3, $4, 7, $5)`,
      values,
    );
  for (const [id, status, scan] of runs) {
    await sql(
      url,
      `insert into denyscope.scan_run (id, status, finished_at, header, scan_id)
       values ($1, $2, case when $2 = 'running' then null else now() end, $3, $4)`,
      [id, status, canonicalJson(HEADER), scan],
    );
    await addPart([id, ORGANIZATION, 'done', null, 0]);
    await addPart([id, ONE, 'done', null, 0]);
    await addPart([id, TWO, 'done', null, 3]);
    await addPart([id, THREE, status === 'published' ? 'failed' : 'waiting', null, 0]);
    await addPart([id, FOUR, 'skipped', 'suspended', 0]);
  }
  const { key, names, hash, body, document } = rowOf(KEPT);
  await sql(
    url,
    `insert into denyscope.staged_line (run_id, part, line, sort_key, kind, account_id, region, resource_id, hash, body)
     values (30, $1, 1, $2, $3, $4, $5, $6, $7, $8), (30, $1, null, null, null, null, null, null, $9, $10)`,
    [ONE, key, ...names, hash, body, document.hash, document.body],
  );
}

/** Everything that was written reads as it did. */
async function checkScans(store: Store): Promise<void> {
  expect((await store.scans()).map(({ id, takenAt }) => [id, takenAt])).toEqual([
    [2, '2026-11-21T02:00:00.000Z'],
    [1, '2026-11-20T02:00:00.000Z'],
  ]);
  expect((await store.readScan(1)).header).toEqual({ ...HEADER, takenAt: '2026-11-20T02:00:00Z' });
  for (const [index, changed] of CHANGES.entries())
    expect(await stored(store, index + 1)).toEqual(canonical([KEPT, changed]));
}

async function checkRuns(store: Store): Promise<void> {
  const common = { listed: true, complete: 1, partial: 1, skipped: 1, gaps: 3 };
  expect(await store.runState(10)).toMatchObject({
    status: 'published',
    scanId: 2,
    progress: { ...common, waiting: 0, failed: 1 },
  });
  expect((await store.runState(20))?.progress).toEqual({ ...common, waiting: 1, failed: 0 });
  expect(await store.ledger(2)).toMatchObject([
    { part: TWO, status: 'done', lines: 7, gaps: 3 },
    { part: THREE, status: 'failed' },
    { part: FOUR, status: 'skipped', reason: 'suspended' },
  ]);
  const reads = (await store.accountReads()).map(({ accountId, readAt }) => [
    accountId,
    readAt !== undefined,
  ]);
  expect(reads).toEqual([
    [ONE, true],
    [TWO, true],
    [THREE, false],
  ]);
  const running = await store.latestRun();
  expect(running).toMatchObject({
    id: 30,
    status: 'running',
    progress: { ...common, waiting: 1, failed: 0 },
  });
  const scan = await store.publishRun(30);
  expect(await stored(store, scan.id)).toContain(canonical([KEPT])[0]);
  expect((await store.runState(30))?.progress).toEqual({ ...common, waiting: 0, failed: 1, gaps: 4 });
}

async function versions(): Promise<readonly string[]> {
  return (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).toSorted();
}

/** A database as a release left it that knew these migrations, with data in it. */
async function writtenBy(url: string, files: readonly string[]): Promise<void> {
  await sql(
    url,
    `create schema denyscope; create table denyscope.migration
       (id serial primary key, name varchar(255) not null, run_on timestamp not null)`,
  );
  for (const file of files) {
    await sql(url, await readFile(new URL(file, MIGRATIONS), 'utf8'));
    const name = file.replace('.sql', '');
    await sql(url, 'insert into denyscope.migration (name, run_on) values ($1, now())', [name]);
  }
  for (const file of files) await WRITERS[file.slice(0, 4)]?.(url);
}

describe('what an earlier release wrote is readable after the upgrade', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  async function upgrade(files: readonly string[]): Promise<Store> {
    await writtenBy(database.url, files);
    return openStore({ databaseUrl: database.url });
  }

  test('from every version', async () => {
    const all = await versions();
    expect(all.length).toBeGreaterThan(3);
    for (let known = 1; known < all.length; known += 1) {
      const store = await upgrade(all.slice(0, known));
      try {
        await checkScans(store);
        if (known >= 2) await checkRuns(store);
        const next = await store.importSnapshot(HEADER, streamed([KEPT]));
        expect(next.documents).toBe(0);
        expect(await stored(store, next.id)).toEqual(canonical([KEPT]));
      } finally {
        await store.close();
      }
      await database.drop();
      database = await createTestDatabase();
    }
  });

  test('and pruned like what this release writes', async () => {
    const store = await upgrade((await versions()).slice(0, 2));
    try {
      await sql(
        database.url,
        `update denyscope.scan set finished_at = now() - interval '2 days' where id = 1`,
      );
      const pruned = await store.pruneScans({ keepDays: 1, keepScans: 1 });
      expect(pruned).toEqual({ scans: [1], facts: 1, documents: 1 });
      expect(await stored(store, 2)).toEqual(canonical([KEPT, CHANGES[1]]));
    } finally {
      await store.close();
    }
  });
});
