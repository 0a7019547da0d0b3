import { execFile } from 'node:child_process';
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { codeOf } from '../error.ts';

/** What the server of a cluster is doing, by its own `postmaster.pid`. */
export type ServerState =
  | { readonly kind: 'stopped' }
  /** Starting, recovering or stopping. */
  | { readonly kind: 'changing'; readonly pid: number }
  | { readonly kind: 'ready'; readonly pid: number; readonly port: number };

const STOPPED: ServerState = { kind: 'stopped' };

/**
 * Looks at the server of the cluster in `data`. A file that a crashed server left behind counts as stopped, also when
 * its process id has since been given to another process.
 */
export async function serverState(data: string): Promise<ServerState> {
  const file = join(data, 'postmaster.pid');
  const text = await readIfThere(file);
  if (text === undefined) return STOPPED;
  // https://www.postgresql.org/docs/15/storage-file-layout.html: pid, folder, start, port, socket, address, key, status
  const [first = '', , , port = '', , , , status = ''] = text.split('\n');
  const pid = Number.parseInt(first, 10);
  // The server creates the file before it writes it.
  if (Number.isNaN(pid)) return (await isFresh(file)) ? { kind: 'changing', pid: 0 } : STOPPED;
  if (!(await isRunning(pid, data, { file, text }))) return STOPPED;
  return status.trim() === 'ready' ? { kind: 'ready', pid, port: Number(port) } : { kind: 'changing', pid };
}

interface PidFile {
  readonly file: string;
  readonly text: string;
}

async function isRunning(pid: number, data: string, found: PidFile): Promise<boolean> {
  // Negative is a stand-alone backend, which PostgreSQL knows how to handle.
  if (pid <= 0 || !isAlive(pid)) return false;
  if (await isServerOf(pid, data)) return true;
  await disown(found);
  return false;
}

/** Whether the process exists; one of another user does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  return (await commandLine(pid)).includes(data);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return await readFile(`/proc/${pid}/cmdline`, 'utf8');
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-p', String(pid), '-o', 'args=']);
    return stdout;
  } catch {
    // It went in the meantime.
    return '';
  }
}

/** No process has this id, on any system. */
const NO_PID = 2 ** 31 - 1;

/**
 * Makes the file name no process. PostgreSQL would refuse to start while the named one lives, whatever it is; the rest
 * stays, since from it PostgreSQL tells whether orphans of the crashed server still use its memory.
 */
async function disown({ file, text }: PidFile): Promise<void> {
  const fresh = `${file}.new-${process.pid}`;
  try {
    const { uid, gid } = await stat(dirname(file));
    await writeFile(fresh, text.replace(/^-?\d+/, String(NO_PID)), { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(fresh, uid, gid);
    // Somebody else may have started the server since.
    if ((await readIfThere(file)) === text) await rename(fresh, file);
  } catch (error) {
    // The server had just ended in good order, and took its file along.
    if (codeOf(error) !== 'ENOENT') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

async function isFresh(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs < 5_000;
  } catch {
    return false;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
