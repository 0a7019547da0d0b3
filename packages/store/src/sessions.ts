import { Client, type ClientConfig, Pool, type PoolClient } from 'pg';
import { StoreError, toStoreError } from './error.ts';
import { CUT_SHORT } from './sql/scan-sql.ts';

/** Connections to one database. */
export interface Sessions {
  /** Lends a connection to `work`; errors of the driver come out as StoreErrors. */
  readonly use: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>;
  /** Borrows a connection until `giveBack`; `broken` says that it should not be used again. */
  readonly borrow: () => Promise<Borrowed>;
  /** An error of a borrowed connection in the store's words. */
  readonly inWords: (error: unknown) => StoreError;
  readonly close: () => Promise<void>;
}

export interface Borrowed {
  readonly client: PoolClient;
  readonly giveBack: (broken?: boolean) => void;
}

const CONNECT_MS = 15_000;
let stores = 0;

export function openSessions(url: string): Sessions {
  stores += 1;
  // By this name a store knows its own sessions again.
  const name = `denyscope ${process.pid}.${stores}`;
  const common = { connectionString: url, connectionTimeoutMillis: CONNECT_MS, keepAlive: true };
  const pool = new Pool({ ...common, application_name: name, max: 8 });
  // An idle connection that is lost is replaced by the next use, which says so if that fails.
  pool.on('error', () => {});
  const lent = new Set<Borrowed>();
  let closing: Promise<void> | undefined;

  const borrow = async (): Promise<Borrowed> => {
    if (closing !== undefined) throw new StoreError('closed', 'the store is closed');
    const loan = loanOf(await connect(pool), lent);
    lent.add(loan);
    return loan;
  };
  const inWords = (error: unknown): StoreError => {
    const cut = closing !== undefined && !(error instanceof StoreError);
    return cut ? new StoreError('closed', 'the store was closed', error) : toStoreError(error);
  };
  return {
    borrow,
    inWords,
    use: (work) => lend(borrow, work, inWords),
    close: () => (closing ??= closeAll(pool, lent, () => cutShort(common, name))),
  };
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw toStoreError(error);
  }
}

function loanOf(client: PoolClient, lent: Set<Borrowed>): Borrowed {
  // While it is lent, the pool does not listen; the query that runs hears of the loss too.
  const ignore = (): void => {};
  client.on('error', ignore);
  const loan: Borrowed = {
    client,
    giveBack: (broken = false) => {
      if (!lent.delete(loan)) return;
      client.off('error', ignore);
      client.release(broken);
    },
  };
  return loan;
}

async function lend<T>(
  borrow: () => Promise<Borrowed>,
  work: (client: PoolClient) => Promise<T>,
  inWords: (error: unknown) => StoreError,
): Promise<T> {
  const loan = await borrow();
  try {
    const result = await work(loan.client);
    loan.giveBack();
    return result;
  } catch (error) {
    // Who knows what state it is in.
    loan.giveBack(true);
    throw inWords(error);
  }
}

/** The server would notice a closed socket only when its statement ends, so it is told. */
async function closeAll(pool: Pool, lent: Set<Borrowed>, cut: () => Promise<void>): Promise<void> {
  if (lent.size > 0) await cut();
  for (const loan of lent) loan.giveBack(true);
  await pool.end();
}

async function cutShort(config: ClientConfig, name: string): Promise<void> {
  const client = new Client(config);
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(CUT_SHORT, [name]);
  } catch {
    // Then the connections are gone already.
  } finally {
    await client.end().catch(() => {});
  }
}

/** One transaction; whatever goes wrong, nothing of it remains. */
export async function inTransaction<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // When the connection is lost too, the server rolls back by itself.
    await client.query('rollback').catch(() => {});
    throw error;
  }
}
