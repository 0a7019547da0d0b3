import { Client } from 'pg';
import { checkConnectionUrl, placeOf } from './connection-url.ts';
import { StoreError, toStoreError } from './error.ts';
import { type MigrationState, migrationState } from './migrate.ts';
import * as sql from './sql/examine-sql.ts';

/** A database as it stands, looked at without changing it. */
export interface DatabaseExam {
  /** Its place without user and password. */
  readonly place: string;
  /** As the server writes it: `15.8 (Debian 15.8-0+deb12u1)`. */
  readonly version: string;
  readonly encoding: string;
  /** A standby, or one that was set so. */
  readonly isReadOnly: boolean;
  /** Whether the user may make schemas in it, as the first migration does. */
  readonly mayCreate: boolean;
  /** How far its clock is ahead of this machine's, in milliseconds; as exact as the way there is short. */
  readonly clockAheadMs: number;
  readonly migrations: MigrationState;
  /** Why a table of a moment could not be filled: a full disk, say. */
  readonly writeFault: StoreError | undefined;
}

const TIMEOUT_MS = 10_000;

/**
 * Looks at a database as a store would use it. What it writes lives for a moment, and in no table of ours.
 *
 * @throws StoreError as opening a store does
 */
export async function examineDatabase(databaseUrl: string): Promise<DatabaseExam> {
  const place = placeOf(checkConnectionUrl(databaseUrl));
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
    application_name: 'denyscope doctor',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const row = await settingsOf(client);
    return {
      place,
      version: row.version,
      encoding: row.encoding,
      isReadOnly: row.read_only,
      mayCreate: row.may_create,
      clockAheadMs: await clockAhead(client),
      migrations: await migrationState(client),
      writeFault: await writeFault(client),
    };
  } catch (error) {
    throw toStoreError(error);
  } finally {
    await client.end().catch(() => {});
  }
}

interface SettingsRow {
  readonly version: string;
  readonly encoding: string;
  readonly read_only: boolean;
  readonly may_create: boolean;
}

async function settingsOf(client: Client): Promise<SettingsRow> {
  const { rows } = await client.query<SettingsRow>(sql.SETTINGS);
  const [row] = rows;
  if (row === undefined) throw new StoreError('failed', 'the database server tells no settings');
  return row;
}

async function clockAhead(client: Client): Promise<number> {
  const asked = Date.now();
  const { rows } = await client.query<{ readonly now: Date }>(sql.CLOCK);
  // The server read its clock about half-way.
  return (rows[0]?.now.getTime() ?? asked) - (asked + Date.now()) / 2;
}

async function writeFault(client: Client): Promise<StoreError | undefined> {
  try {
    await client.query(sql.WRITE_FOR_A_MOMENT);
    return undefined;
  } catch (error) {
    return toStoreError(error);
  } finally {
    await client.query('rollback').catch(() => {});
  }
}
