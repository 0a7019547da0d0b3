import { readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { StoreError, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { faultOf, freshStore, sql } from '../../support/database.ts';

jest.setTimeout(60_000);

const MIGRATIONS = new URL('../../../migrations/', import.meta.url);

describe('opening a store', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  const applied = (): Promise<readonly unknown[]> =>
    sql(database.url, 'select name from denyscope.migration order by id');
  const open = async (databaseUrl = database.url): Promise<void> => {
    const store = await openStore({ databaseUrl });
    await store.close();
  };
  const faultOfOpening = (databaseUrl: string): Promise<StoreError> => faultOf(open(databaseUrl));
  const urlWith = (change: (url: URL) => void): string => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };

  test('brings an empty database to the schema, and does it once', async () => {
    await open();
    const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql'));
    const all = files.toSorted().map((name) => ({ name: name.replace('.sql', '') }));
    expect(await applied()).toEqual(all);
    await open();
    expect(await applied()).toEqual(all);
    expect(await sql(database.url, `select from pg_tables where schemaname = 'public'`)).toEqual([]);
  });

  test('many times at once migrates once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => open()));
    const files = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql'));
    expect(await applied()).toHaveLength(files.length);
  });

  test('leaves alone what else is in the database', async () => {
    await sql(database.url, 'create table public.scan (theirs int)');
    await open();
    expect(await sql(database.url, 'select theirs from public.scan')).toEqual([]);
  });

  test('refuses a database that a newer release migrated', async () => {
    await open();
    await sql(
      database.url,
      `insert into denyscope.migration (name, run_on) values ('9999-from-the-future', now())`,
    );
    const fault = await faultOfOpening(database.url);
    expect(fault).toMatchObject({ code: 'newer-schema', retryable: false });
    expect(fault.message).toContain('9999-from-the-future');
  });

  test('says that a migration failed, and leaves nothing of it', async () => {
    await sql(database.url, 'create schema denyscope; create table denyscope.fact (theirs int)');
    expect(await faultOfOpening(database.url)).toMatchObject({ code: 'migration-failed' });
    expect(await applied()).toEqual([]);
    expect(await sql(database.url, `select to_regclass('denyscope.scan') as there`)).toEqual([
      { there: null },
    ]);
  });

  test('needs no right to create once the schema is there', async () => {
    await open();
    const role = `denyscope_test_${process.pid}`;
    const secret = 'pa/ss#w?rd@1';
    const limited = urlWith((url) => {
      url.username = role;
      url.password = encodeURIComponent(secret);
    });
    await sql(database.url, `create role ${role} login password '${secret}'`);
    try {
      const fault = await faultOfOpening(limited);
      expect(fault).toMatchObject({ code: 'refused', retryable: false });
      await sql(
        database.url,
        `grant usage on schema denyscope to ${role};
         grant select on all tables in schema denyscope to ${role}`,
      );
      await open(limited);
    } finally {
      await sql(database.url, `drop owned by ${role}; drop role ${role}`);
    }
  });

  test('refuses a database that cannot hold every character', async () => {
    const name = `${new URL(database.url).pathname.slice(1)}_ascii`;
    await sql(database.url, `create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
    try {
      const fault = await faultOfOpening(urlWith((url) => (url.pathname = `/${name}`)));
      expect(fault.code).toBe('unsuitable-database');
    } finally {
      await sql(database.url, `drop database ${name} with (force)`);
    }
  });

  describe('on a server that does not let us in', () => {
    const SECRET = 's3cret-pa55';
    const cases: readonly (readonly [string, StoreError['code'], boolean, (url: URL) => void])[] = [
      ['nobody listens', 'unreachable', true, (url) => (url.port = '1')],
      ['the host has no address', 'unreachable', true, (url) => (url.hostname = 'nowhere.invalid')],
      ['the database is not there', 'refused', false, (url) => (url.pathname = '/nowhere')],
      ['the user is not there', 'refused', false, (url) => (url.username = 'nobody-of-this-name')],
    ];
    test.each(cases)('because %s, names the place and no password', async (_, code, retryable, change) => {
      const url = urlWith((one) => {
        change(one);
        // Where the user is refused anyway the password may be any; else it must be right.
        if (code === 'unreachable') one.password = SECRET;
      });
      const fault = await faultOfOpening(url);
      const { host, password } = new URL(url);
      expect(fault).toMatchObject({ code, retryable });
      expect(fault.message).toContain(host);
      if (password !== '') expect(`${fault.message} ${String(fault.cause)}`).not.toContain(password);
    });

    test('because what listens there is no database', async () => {
      const server = createServer((socket) => socket.end('220 mail.example.org\r\n')).listen(0, '127.0.0.1');
      try {
        await new Promise((resolve) => server.once('listening', resolve));
        const address = server.address();
        const port = typeof address === 'object' ? address?.port : undefined;
        const fault = await faultOfOpening(`postgres://u:${SECRET}@127.0.0.1:${port}/x`);
        expect(fault).toBeInstanceOf(StoreError);
        expect(`${fault.message} ${String(fault.cause)}`).not.toContain(SECRET);
      } finally {
        server.close();
      }
    });
  });
});

test('a fresh store of the tests is empty, and goes away', async () => {
  const { store, drop } = await freshStore();
  expect(await store.scans()).toEqual([]);
  await drop();
  await expect(store.ping()).rejects.toThrow('closed');
});

test('a store needs to be told where', async () => {
  await expect(openStore({})).rejects.toMatchObject({ code: 'data-directory' });
  await expect(openStore({ databaseUrl: 'nonsense' })).rejects.toMatchObject({ code: 'invalid-url' });
});
