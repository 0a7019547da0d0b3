import { type SnapshotLine } from '@denyscope/model';
import { type Store, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { HEADER, bucket, streamed } from '../support/database-snapshot.ts';
import { sql } from '../support/database.ts';
import { type Ended, type Folder, makeFolder, start } from './denyscope.ts';

jest.setTimeout(60_000);

let folder: Folder;
let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  [folder, database] = await Promise.all([makeFolder(), createTestDatabase()]);
  store = await openStore({ databaseUrl: database.url });
});
afterAll(async () => {
  await store.close();
  await folder.remove();
  await database.drop();
});

const denyscope = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  start(folder, args, { DATABASE_URL: database.url, ...more }).ended;
const keep = (lines: readonly SnapshotLine[]): Promise<unknown> =>
  store.importSnapshot(HEADER, streamed(lines));

test('old scans go by the policy of the environment or of the command', async () => {
  for (const policy of ['a', 'b', 'c']) await keep([bucket('lasting', 'p'), bucket('one', policy)]);
  await sql(
    database.url,
    `update denyscope.scan set finished_at = finished_at - interval '20 days' where id < 3`,
  );
  const environment = { DENYSCOPE_KEEP_DAYS: '10', DENYSCOPE_KEEP_SCANS: '2' };
  const what = 'scan 1; with 1 resource version and 1 policy document that no other scan has\n';
  const dry = await denyscope(['scans', 'prune', '--dry-run'], environment);
  expect(dry).toEqual({ status: 0, err: '', out: `would go: ${what}` });
  expect((await denyscope(['scans', 'prune'], environment)).out).toBe(`pruned ${what}`);

  const flags = ['scans', 'prune', '--keep-days', '10', '--keep-scans', '1', '--output', 'json'];
  const { out } = await denyscope(flags);
  expect(JSON.parse(out)).toEqual({ dryRun: false, scans: ['2'], facts: 1, documents: 1 });
  expect((await store.scans()).map(({ id }) => id)).toEqual([3]);
});
