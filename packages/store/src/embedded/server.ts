import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, readFile, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError, codeOf } from '../error.ts';
import { programOf } from './binaries.ts';
import { type Cluster } from './cluster.ts';
import { serverState } from './pid-file.ts';
import { cannotRun, runProgram, serverEnvironment, whyItFailed } from './program.ts';

/** Given at every start, so that a release may change them for clusters that exist. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  // A crash of the machine may lose the last moments, never damage what was there.
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  work_mem: '32MB',
  maintenance_work_mem: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // No statements and no rows in the log: they are the organization's policies.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_line_prefix: '%m [%p] ',
};

const POLL_MS = 20;
/** Recovery after a crash may take long; while the server works on it, we wait. */
const START_MS = 120_000;
const STOP_MS = 60_000;

/**
 * Starts the server of a stopped cluster and waits until it is ready, or until somebody else's start came first: the
 * server's own lock file lets one win.
 *
 * @throws StoreError `start-failed`, `disk-full`, `unsupported-platform`
 */
export async function startServer(cluster: Cluster): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const child = await spawnServer(cluster);
    if ((await outcome(child, cluster)) === 'ready') return;
    if ((await serverState(cluster.data)).kind !== 'stopped') return;
    // Another program took the port in the meantime, or the last orphans of a crashed server still use its memory.
    if (attempt === 5) throw whyItFailed(await tailOf(logOf(cluster)), `: see \`${logOf(cluster)}\``);
    await sleep(100 * attempt);
  }
}

async function spawnServer(cluster: Cluster): Promise<ChildProcess> {
  const log = await openLog(cluster);
  const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  try {
    const child = spawn(
      programOf(cluster.binaries, 'postgres'),
      ['-D', cluster.data, '-p', String(await freePort()), ...flags],
      {
        cwd: cluster.binaries.folder,
        env: serverEnvironment(),
        // A session of its own: Ctrl-C in a terminal reaches its whole process group, and we still need the server.
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
        windowsHide: true,
        ...cluster.user,
      },
    );
    child.unref();
    if (child.pid === undefined) throw cannotRun((await once(child, 'error'))[0]);
    return child;
  } finally {
    await log.close();
  }
}

async function outcome(child: ChildProcess, cluster: Cluster): Promise<'ready' | 'ended'> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return 'ended';
    // Our own server, not whoever else may answer on that port.
    const state = await serverState(cluster.data);
    if (state.kind === 'ready' && state.pid === child.pid) return 'ready';
    await sleep(POLL_MS);
  }
  throw tooLong('start', cluster);
}

/**
 * Stops the server and waits until it has gone.
 *
 * @throws StoreError `start-failed` when it does not go
 */
export async function stopServer(cluster: Cluster): Promise<void> {
  const state = await serverState(cluster.data);
  if (state.kind === 'stopped' || state.pid === 0) return;
  if (process.platform === 'win32') {
    await runProgram(programOf(cluster.binaries, 'pg_ctl'), ['stop', '-D', cluster.data, '-m', 'fast', '-w']);
    return;
  }
  signalFastShutdown(state.pid);
  const deadline = Date.now() + STOP_MS;
  while (Date.now() < deadline) {
    if ((await serverState(cluster.data)).kind === 'stopped') return;
    await sleep(POLL_MS);
  }
  throw tooLong('stop', cluster);
}

function signalFastShutdown(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

function tooLong(what: string, cluster: Cluster): StoreError {
  return new StoreError(
    'start-failed',
    `the embedded PostgreSQL takes too long to ${what}: see \`${logOf(cluster)}\``,
  );
}

function logOf(cluster: Cluster): string {
  return join(cluster.home, 'server.log');
}

async function openLog(cluster: Cluster): Promise<FileHandle> {
  const file = logOf(cluster);
  if ((await sizeOf(file)) > 1_000_000) await rename(file, `${file}.1`);
  const log = await open(file, 'a', 0o600);
  if (cluster.user !== undefined) await log.chown(cluster.user.uid, cluster.user.gid);
  return log;
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function tailOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).slice(-4_000);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string')
    throw new StoreError('start-failed', 'there is no free port');
  return address.port;
}
