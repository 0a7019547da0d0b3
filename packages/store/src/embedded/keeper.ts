import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { StoreError, toStoreError } from '../error.ts';
import { KEEP, KEEP_ALONE, OTHERS, UNKEEP } from '../sql/keeper-sql.ts';
import { LOCK, LOCK_SPACE } from '../sql/locks.ts';
import { type Cluster, DATABASE, SUPERUSER } from './cluster.ts';
import { serverState } from './pid-file.ts';
import { startServer, stopServer } from './server.ts';

/**
 * One process's share in a running server: a connection that holds a shared advisory lock until it ends, however the
 * process ends. The last to leave gets the exclusive lock, and stops the server while it holds it: who comes in that
 * moment gets no share, waits, and starts the server anew.
 */
export interface Keeper {
  readonly port: number;
  /** Gives the share up, and stops the server if it was the last. */
  readonly leave: () => Promise<void>;
}

const LOCK_ID = [LOCK_SPACE, LOCK.keep];
const ATTACH_MS = 150_000;

/**
 * Joins the cluster's server, started if it does not run.
 *
 * @throws StoreError
 */
export async function joinServer(cluster: Cluster): Promise<Keeper> {
  const deadline = Date.now() + ATTACH_MS;
  while (Date.now() < deadline) {
    const state = await serverState(cluster.data);
    if (state.kind === 'stopped') await startServer(cluster);
    const keeper = state.kind === 'ready' ? await claim(cluster, state.port) : undefined;
    if (keeper !== undefined) return keeper;
    if (state.kind !== 'stopped') await sleep(25);
  }
  throw new StoreError(
    'start-failed',
    `the embedded PostgreSQL does not let us in: see \`${cluster.home}/server.log\``,
  );
}

async function claim(cluster: Cluster, port: number): Promise<Keeper | undefined> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SUPERUSER,
    database: DATABASE,
    password: cluster.password,
    ssl: false,
    application_name: 'denyscope keeper',
    connectionTimeoutMillis: 10_000,
  });
  // A server that goes away is seen by the store's own connections.
  client.on('error', () => {});
  try {
    await client.connect();
    if (await done(client, KEEP)) return { port, leave: () => leave(client, cluster) };
  } catch (error) {
    const fault = toStoreError(error);
    if (fault.code !== 'unreachable') throw refused(fault, cluster);
  }
  await client.end().catch(() => {});
  return undefined;
}

function refused(fault: StoreError, cluster: Cluster): StoreError {
  if (fault.code !== 'refused') return fault;
  const message = `the embedded PostgreSQL refuses the password in \`${cluster.home}\`: use another data directory`;
  return new StoreError('data-directory', message, fault);
}

async function leave(client: Client, cluster: Cluster): Promise<void> {
  try {
    await done(client, UNKEEP);
    if ((await done(client, KEEP_ALONE)) && (await isAlone(client))) await stopServer(cluster);
  } catch (error) {
    // The server went before us: crashed, or stopped by hand.
    if (toStoreError(error).code !== 'unreachable') throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Connections that were just closed take a moment to leave the server's list. */
async function isAlone(client: Client): Promise<boolean> {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const { rows } = await client.query<{ readonly others: number }>(OTHERS);
    if (rows[0]?.others === 0) return true;
    await sleep(25);
  }
  return false;
}

async function done(client: Client, sql: string): Promise<boolean> {
  const { rows } = await client.query<{ readonly done: boolean }>(sql, LOCK_ID);
  return rows[0]?.done === true;
}
