import { setTimeout as sleep } from 'node:timers/promises';
import { type Leadership, type Store, openStore } from '@denyscope/store';
import { sql } from '../../support/database.ts';
import { type TestDatabase, createTestDatabase } from '../../support/postgres.ts';

jest.setTimeout(30_000);

let database: TestDatabase;
let store: Store;
const standing: Leadership[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
});
afterEach(async () => {
  await Promise.all(standing.splice(0).map((one) => one.close()));
  await store.close();
  await database.drop();
});

interface Candidate {
  readonly leadership: Leadership;
  /** What it heard, in order. */
  readonly heard: readonly boolean[];
}

function stand(): Candidate {
  const heard: boolean[] = [];
  const leadership = store.standForLeader({ onChange: (leads) => heard.push(leads) });
  standing.push(leadership);
  return { leadership, heard };
}

const leading = (candidates: readonly Candidate[]): number =>
  candidates.filter(({ leadership }) => leadership.leads()).length;

/** Watches until something is so; never do two of them lead meanwhile. */
async function until(candidates: readonly Candidate[], reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!reached()) {
    expect(leading(candidates)).toBeLessThanOrEqual(1);
    if (Date.now() > deadline) throw new Error('it took too long');
    await sleep(20);
  }
}

const SESSIONS = `select pid from pg_stat_activity where datname = current_database()
  and application_name = 'denyscope leader'`;

async function pidOfLeader(): Promise<number> {
  const rows = await sql<{ readonly pid: number }>(
    database.url,
    `select pid from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows[0]?.pid ?? 0;
}

describe('of those who stand for leader', () => {
  test('one leads, and another as soon as it ends', async () => {
    const candidates = [stand(), stand(), stand()];
    await until(candidates, () => leading(candidates) === 1);
    const first = candidates.find(({ leadership }) => leadership.leads());
    await first?.leadership.close();
    expect(first?.heard).toEqual([true, false]);
    expect(first?.leadership.leads()).toBe(false);
    await until(candidates, () => leading(candidates) === 1);
  });

  test('one whose connection is cut leads no more, at once, and somebody leads again', async () => {
    const candidates = [stand(), stand()];
    await until(candidates, () => leading(candidates) === 1);
    const first = candidates.find(({ leadership }) => leadership.leads());
    await sql(database.url, 'select pg_terminate_backend($1)', [await pidOfLeader()]);
    await until(candidates, () => first?.heard.includes(false) === true);
    expect(first?.leadership.leads()).toBe(false);
    await until(candidates, () => leading(candidates) === 1);
  });

  test('nobody leads while the database is away, and one does when it is back', async () => {
    const candidates = [stand(), stand()];
    await until(candidates, () => leading(candidates) === 1);
    const name = new URL(database.url).pathname.slice(1);
    const server = new URL(database.url);
    server.pathname = '/postgres';
    await sql(server.href, `alter database ${name} allow_connections false`);
    const sessions = `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`;
    await sql(server.href, sessions, [name]);
    await until(candidates, () => leading(candidates) === 0);
    await sleep(1_500);
    expect(leading(candidates)).toBe(0);
    await sql(server.href, `alter database ${name} allow_connections true`);
    await until(candidates, () => leading(candidates) === 1);
  });

  test('each uses a session of its own, which the server ends when it is silent for long', async () => {
    const one = stand();
    await until([one], () => one.leadership.leads());
    expect(await sql(database.url, SESSIONS)).toHaveLength(1);
    await one.leadership.close();
    await one.leadership.close();
    expect(await sql(database.url, SESSIONS)).toHaveLength(0);
  });
});
