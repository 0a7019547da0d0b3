import { accountReads } from './account-reads.ts';
import { accountSizes } from './account-sizes.ts';
import { changeStoreOf } from './changes-read.ts';
import { checkConnectionUrl, placeOf } from './connection-url.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { StoreError, toStoreError } from './error.ts';
import { importSnapshot } from './import-snapshot.ts';
import { standForLeader } from './leadership.ts';
import { withErrorsOf } from './line-errors.ts';
import { migrate } from './migrate.ts';
import { pruneScans } from './prune-scans.ts';
import { publishRun } from './publish-run.ts';
import { rateBudgets } from './rate-budget.ts';
import { linesOf } from './read-scan.ts';
import { accountLine, failPart, stagePart } from './run-parts.ts';
import { type RunStore } from './run-store.ts';
import { beginRun, endRun, expectParts, latestRun, ledgerOf, partStatus, runById, runParts } from './runs.ts';
import { allScans, headerOf, latestScan, noSuchScan, scanById } from './scans.ts';
import { type Sessions, openSessions } from './sessions.ts';
import { ENCODING, PING } from './sql/scan-sql.ts';
import { stagedOrganization } from './staged-organization.ts';
import { type Store } from './store.ts';

export interface StoreOptions {
  /** A PostgreSQL server; it goes before `dataDir`. */
  readonly databaseUrl?: string | undefined;
  /** The folder of an embedded PostgreSQL. */
  readonly dataDir?: string | undefined;
  /** Hears what a person should know, as one line of text. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/**
 * Opens the store of a server or of a data directory, migrated to this release's schema.
 *
 * @throws StoreError; its message names no password
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, dataDir, onNotice } = options;
  if (databaseUrl !== undefined) return openServer(databaseUrl);
  if (dataDir === undefined) throw new StoreError('data-directory', 'give DATABASE_URL or a data directory');
  const server = await startEmbeddedPostgres({ dataDir, ...(onNotice === undefined ? {} : { onNotice }) });
  return openEmbedded(server);
}

/** A database that is there, for the store and for others who keep something in it. */
export interface Database {
  /** A connection URL; it may hold a password, so it is not for logs. */
  readonly url: string;
  /** Stops an embedded server if nobody else uses it. Stores on it must be closed before. */
  readonly close: () => Promise<void>;
}

/**
 * The database of a server, or the embedded one of a data directory, which is started where it does not run.
 *
 * @throws StoreError as opening a store does
 */
export async function openDatabase({ databaseUrl, dataDir, onNotice }: StoreOptions): Promise<Database> {
  if (databaseUrl !== undefined) return { url: checkConnectionUrl(databaseUrl).href, close: async () => {} };
  if (dataDir === undefined) throw new StoreError('data-directory', 'give DATABASE_URL or a data directory');
  const server = await startEmbeddedPostgres({ dataDir, ...(onNotice === undefined ? {} : { onNotice }) });
  return { url: server.url(), close: server.close };
}

async function openServer(databaseUrl: string): Promise<Store> {
  const place = placeOf(checkConnectionUrl(databaseUrl));
  try {
    return await openAt(databaseUrl, async () => {});
  } catch (error) {
    if (!(error instanceof StoreError) || !['unreachable', 'refused'].includes(error.code)) throw error;
    throw new StoreError(error.code, `${error.message}: DATABASE_URL names ${place}`, error.cause);
  }
}

async function openEmbedded(server: EmbeddedPostgres): Promise<Store> {
  try {
    return await openAt(server.url(), server.close);
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function openAt(url: string, afterwards: () => Promise<void>): Promise<Store> {
  await migrate(url);
  const sessions = openSessions(url);
  try {
    await sessions.use(async (client) => {
      const { rows } = await client.query<{ readonly encoding: string }>(ENCODING);
      if (rows[0]?.encoding === 'UTF8') return;
      throw new StoreError('unsuitable-database', 'the database is not encoded in UTF-8: create one that is');
    });
  } catch (error) {
    await sessions.close();
    throw toStoreError(error);
  }
  return storeOf(url, sessions, afterwards);
}

function storeOf(url: string, sessions: Sessions, afterwards: () => Promise<void>): Store {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await sessions.close();
    await afterwards();
  };
  return {
    importSnapshot: (header, lines, options = {}) => importSnapshot(sessions, { header, lines, options }),
    latestScan: () => sessions.use(latestScan),
    scan: (id) => sessions.use((client) => scanById(client, id)),
    scans: () => sessions.use(allScans),
    readScan: async (id) => ({
      header: await sessions.use((client) => headerOf(client, id)),
      lines: linesOf(sessions, id),
    }),
    counts: async (id) => {
      const scan = await sessions.use((client) => scanById(client, id));
      if (scan?.status !== 'complete') throw noSuchScan(id);
      return scan.counts;
    },
    drawTokens: rateBudgets(sessions),
    ping: () =>
      sessions.use(async (client) => {
        await client.query(PING);
      }),
    ledger: (scanId) => sessions.use((client) => ledgerOf(client, scanId)),
    pruneScans: (retention, options) => sessions.use((client) => pruneScans(client, retention, options)),
    accountReads: () => sessions.use(accountReads),
    accountSizes: (scanId) => sessions.use((client) => accountSizes(client, scanId)),
    standForLeader: (candidate) => standForLeader(url, candidate),
    ...runStoreOf(sessions),
    ...changeStoreOf(sessions),
    close: () => (closing ??= close()),
  };
}

function runStoreOf({ use }: Sessions): RunStore {
  return {
    beginRun: (options) => use((client) => beginRun(client, options)),
    runState: (runId) => use((client) => runById(client, runId)),
    latestRun: () => use(latestRun),
    runParts: (runId) => use((client) => runParts(client, runId)),
    partStatus: (runId, part) => use((client) => partStatus(client, runId, part)),
    expectParts: (runId, parts) => use((client) => expectParts(client, runId, parts)),
    stagePart: (runId, part, lines) =>
      withErrorsOf(lines, (kept) => use((client) => stagePart(client, { runId, part }, kept))),
    failPart: (runId, part, failure) => use((client) => failPart(client, { runId, part }, failure)),
    accountLine: (runId, accountId) => use((client) => accountLine(client, { runId, part: accountId })),
    stagedOrganization: (runId, accountIds) => use((client) => stagedOrganization(client, runId, accountIds)),
    publishRun: (runId) => use((client) => publishRun(client, runId)),
    failRun: (runId, reason) => use((client) => endRun(client, runId, 'failed', reason)),
    cancelRun: (runId) => use((client) => endRun(client, runId, 'cancelled')),
  };
}
