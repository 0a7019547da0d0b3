import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });

  async function ask(url: string, sql: string): Promise<unknown> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      const { rows }: { rows: unknown[] } = await client.query(sql);
      return rows;
    } finally {
      await client.end();
    }
  }

  test('answers, and is empty', async () => {
    const tables =
      "select count(*)::int as tables from information_schema.tables where table_schema = 'public'";
    expect(await ask(database.url, tables)).toEqual([{ tables: 0 }]);
  });

  test('is gone once dropped', async () => {
    await database.drop();
    await expect(ask(database.url, 'select 1')).rejects.toThrow('does not exist');
  });
});
