import { type SnapshotLine } from '@denyscope/model';
import { type Store, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { HEADER, bucket, streamed } from '../../support/database-snapshot.ts';
import { sql } from '../../support/database.ts';

jest.setTimeout(60_000);

describe('closing a store', () => {
  let database: TestDatabase;
  let store: Store;
  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openStore({ databaseUrl: database.url });
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const sessions = (): Promise<readonly unknown[]> =>
    sql(
      database.url,
      `select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    );

  test('twice is the same as once', async () => {
    await Promise.all([store.close(), store.close()]);
    await store.close();
    expect(await sessions()).toEqual([]);
  });

  test('is final', async () => {
    await store.close();
    await expect(store.ping()).rejects.toMatchObject({ code: 'closed', retryable: false });
    await expect(store.importSnapshot(HEADER, streamed([]))).rejects.toMatchObject({ code: 'closed' });
  });

  test('cuts a running import short, of which nothing remains', async () => {
    const started: { tell: () => void } = { tell: () => {} };
    const running = new Promise<void>((resolve) => {
      started.tell = resolve;
    });
    const endless = async function* (): AsyncGenerator<SnapshotLine> {
      for (let i = 0; ; i += 1) {
        yield bucket(`b-${i}`, 'x'.repeat(1_000));
        if (i === 2_000) started.tell();
      }
    };
    const importing = store.importSnapshot(HEADER, endless()).catch((error: unknown) => error);
    await running;
    await store.close();
    expect(await importing).toMatchObject({ code: 'closed' });
    expect(await sql(database.url, 'select from denyscope.scan')).toEqual([]);
    expect(await sessions()).toEqual([]);
  });

  test('cuts a reading short', async () => {
    const lines = Array.from({ length: 2_500 }, (_, i) => bucket(`b-${i}`, 'p'));
    const { id } = await store.importSnapshot(HEADER, streamed(lines));
    const reading = (await store.readScan(id)).lines[Symbol.asyncIterator]();
    expect((await reading.next()).done).toBe(false);
    await store.close();
    const rest = async (): Promise<void> => {
      while ((await reading.next()).done !== true);
    };
    await expect(rest()).rejects.toMatchObject({ code: 'closed' });
    expect(await sessions()).toEqual([]);
  });
});
