import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Store, StoreError, openStore } from '@denyscope/store';
import { Client, type QueryResultRow } from 'pg';
import { createTestDatabase } from './postgres.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const CHILD = fileURLToPath(new URL('database-child.ts', import.meta.url));

/** A store on an empty database of its own; `drop` closes it and removes the database. */
export async function freshStore(): Promise<{ readonly store: Store; readonly drop: () => Promise<void> }> {
  const database = await createTestDatabase();
  const store = await openStore({ databaseUrl: database.url });
  return {
    store,
    drop: async () => {
      await store.close();
      await database.drop();
    },
  };
}

/** The StoreError that a promise fails with. */
export async function faultOf(promise: Promise<unknown>): Promise<StoreError> {
  const fault = await promise.then(
    () => new Error('it did not fail'),
    (error: unknown) => error,
  );
  if (fault instanceof StoreError) return fault;
  throw new Error('it failed in another way', { cause: fault });
}

/** Runs one statement on a connection of its own. */
export async function sql<Row extends QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Row>(text, [...values]);
    return rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** A folder for data directories, removed by `removeFolders`; other users may enter, as the servers of root's need. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-store-'));
  await chmod(folder, 0o755);
  folders.push(folder);
  return folder;
}

const folders: string[] = [];

export async function removeFolders(): Promise<void> {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
}

/** A PostgreSQL server that is not the embedded one, or why there is none. */
export type OtherServer = { readonly url: string } | { readonly missing: string };

/** The server of DATABASE_URL, else the usual one of this machine if it lets us in. */
export function otherServer(): OtherServer {
  const given = process.env['DATABASE_URL'];
  if (given) return { url: given };
  const url = 'postgres://postgres@127.0.0.1:5432/postgres';
  const script = `const { Client } = require('pg');
    const client = new Client({ connectionString: process.argv[1], connectionTimeoutMillis: 3000 });
    client.connect().then(() => client.end(), () => process.exit(1));`;
  const { status } = spawnSync(process.execPath, ['-e', script, url], { cwd: REPOSITORY });
  return status === 0
    ? { url }
    : { missing: 'DATABASE_URL is not set, and no server at 127.0.0.1:5432 lets us in' };
}

/** Another process that has a store open. */
export interface StoreProcess {
  readonly pid: number;
  readonly child: ChildProcess;
  /** The next thing that it reports: `open`, `pong`, `closed`, or an error's code and message. */
  readonly next: () => Promise<string>;
  readonly say: (command: 'ping' | 'close') => void;
  readonly ended: Promise<unknown>;
}

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Opens the store of a data directory in a process (and process group) of its own. */
export function storeProcess(
  dataDir: string,
  owner?: Owner,
  environment: NodeJS.ProcessEnv = {},
): StoreProcess {
  const args = ['--conditions=@denyscope/source', '--import', 'tsx', CHILD, dataDir];
  const child = spawn(process.execPath, args, {
    cwd: REPOSITORY,
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
    ...owner,
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { promise: ended, resolve } = promiseWithResolvers<unknown>();
  child.on('exit', resolve);
  return {
    pid: child.pid ?? 0,
    child,
    ended,
    say: (command) => child.stdin.write(`${command}\n`),
    next: async () => {
      const line: IteratorResult<string, undefined> = await lines.next();
      return line.done === true ? 'ended' : line.value;
    },
  };
}

/** Promise.withResolvers, which Node 20 lacks. */
function promiseWithResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The process id of the server of a data directory, as its own file says. */
export async function serverPid(dataDir: string): Promise<number | undefined> {
  try {
    return Number.parseInt(await readFile(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

/** Whether a process runs; one that ended and waits to be collected does not. */
export async function runs(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') {
    return (
      spawnSync('ps', ['-p', String(pid), '-o', 'state='])
        .stdout.toString()
        .trim()
        .replace(/^Z.*/, '') !== ''
    );
  }
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')) !== '';
  } catch {
    return false;
  }
}

/** A home folder that belongs to another user and is closed to all others. */
export async function homeOf(owner: Owner): Promise<string> {
  const home = join(await newFolder(), 'home');
  await mkdir(home, { mode: 0o700 });
  await chown(home, owner.uid, owner.gid);
  return home;
}
