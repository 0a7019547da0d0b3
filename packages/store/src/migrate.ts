import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { StoreError, codeOf, toStoreError } from './error.ts';
import { LOCK, LOCK_SPACE } from './sql/locks.ts';
import { APPLIED, MIGRATIONS_TABLE, SCHEMA, TABLE, TRY_LOCK } from './sql/migrate-sql.ts';

/** The same folder seen from src and from dist. */
const FOLDER = fileURLToPath(new URL('../../../migrations/', import.meta.url));
const POLL_MS = 200;

/**
 * Brings the database to this release's schema. A database that is there already is only looked at, so that a service
 * may run under a user who cannot create anything. Gives the names of the migrations that it ran.
 *
 * @throws StoreError `migration-failed`, `newer-schema`, and those of connecting
 */
export async function migrate(url: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url, application_name: 'denyscope migrate' });
  client.on('error', () => {});
  try {
    await client.connect();
    if (await isCurrent(client)) return [];
    await lock(client);
    return (await isCurrent(client)) ? [] : await run(client);
  } catch (error) {
    throw toStoreError(error);
  } finally {
    // The lock goes with the session.
    await client.end().catch(() => {});
  }
}

async function isCurrent(client: Client): Promise<boolean> {
  return (await migrationState(client)).pending.length === 0;
}

/** The migrations that a database has, and those of this release that it lacks, by name. */
export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
}

/** @throws StoreError `newer-schema` */
export async function migrationState(client: Client): Promise<MigrationState> {
  const known = await migrations();
  const { rows } = await client.query<{ readonly there: boolean }>(TABLE);
  if (rows[0]?.there !== true) return { applied: [], pending: known };
  const applied = (await client.query<{ readonly name: string }>(APPLIED)).rows.map(({ name }) => name);
  const unknown = applied.find((name) => !known.includes(name));
  if (unknown === undefined) return { applied, pending: known.filter((name) => !applied.includes(name)) };
  const message = `a newer release migrated the database: \`${unknown}\` is unknown here`;
  throw new StoreError('newer-schema', `${message}: use that release, or another database`);
}

async function migrations(): Promise<readonly string[]> {
  return (await readdir(FOLDER))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length));
}

/**
 * Asks again and again instead of waiting in `pg_advisory_lock`: a session that waits there deadlocks with a migration
 * that creates an index concurrently.
 */
async function lock(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ readonly done: boolean }>(TRY_LOCK, [LOCK_SPACE, LOCK.migrate]);
    if (rows[0]?.done === true) return;
    await sleep(POLL_MS);
  }
}

async function run(client: Client): Promise<readonly string[]> {
  // Loaded when there is something to do: it brings a compiler along.
  const { runner } = await import('node-pg-migrate');
  try {
    const done = await runner({
      dbClient: client,
      dir: FOLDER,
      ignorePattern: '(?!.*\\.sql$).*',
      direction: 'up',
      migrationsTable: MIGRATIONS_TABLE,
      migrationsSchema: SCHEMA,
      createMigrationsSchema: true,
      noLock: true,
      log: () => {},
    });
    return done.map(({ name }) => name);
  } catch (error) {
    const fault = toStoreError(error);
    if (fault.code !== 'failed') throw fault;
    const code = codeOf(error);
    const message = 'a migration of the database failed and was rolled back';
    throw new StoreError('migration-failed', code === undefined ? message : `${message}: \`${code}\``, error);
  }
}
