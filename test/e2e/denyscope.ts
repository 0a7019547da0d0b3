import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const LAUNCHER = join(ROOT, 'packages/cli/bin/denyscope.mjs');

/** What the command said, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder to run the command in. */
export interface Folder {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Makes a folder; what was started in it is ended with it, so that a test that fails leaves nothing behind. */
export async function makeFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'denyscope-e2e-'));
  // Started by root, the embedded server runs as another user, who must be able to enter.
  await chmod(path, 0o755);
  return {
    path,
    remove: async () => {
      for (const running of started.splice(0)) {
        running.interrupt();
        await running.ended;
      }
      await rm(path, { recursive: true, force: true });
    },
  };
}

/** The environment of the command: of the tests', only what every program needs, so no server of theirs. */
function environmentOf(more: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...more };
}

interface Running {
  readonly child: ChildProcess;
  /** What it said so far. */
  readonly said: { out: string; err: string };
  readonly ended: Promise<Ended>;
  /** Waits until standard output holds the text. */
  readonly says: (text: string) => Promise<void>;
  /** What Ctrl-C does in a terminal: the signal goes to the whole process group. */
  readonly interrupt: (signal?: NodeJS.Signals) => void;
}

const started: Running[] = [];

/** Starts `denyscope` in a process group of its own. */
export function start(
  folder: Folder,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: folder.path,
    env: environmentOf(environment),
    detached: true,
    stdio: 'pipe',
  });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  const ended = once(child, 'close').then(([status]: unknown[]) => ({
    status: typeof status === 'number' ? status : null,
    ...said,
  }));
  const running: Running = {
    child,
    said,
    ended,
    says: async (text) => {
      while (!said.out.includes(text)) {
        const over = await Promise.race([
          ended.then(() => true),
          once(child.stdout, 'data').then(() => false),
        ]);
        if (over) throw new Error(`denyscope ended before it said \`${text}\`: ${said.out}${said.err}`);
      }
    },
    interrupt: (signal = 'SIGINT') => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
    },
  };
  started.push(running);
  return running;
}

/** Runs `denyscope` to its end, with `input` on its standard input. */
export async function denyscope(folder: Folder, args: readonly string[], input = ''): Promise<Ended> {
  const { child, ended } = start(folder, args);
  child.stdin?.on('error', () => {}).end(input);
  return ended;
}

/** Runs a line of shell, with the command as `$DENYSCOPE`. */
export async function shell(folder: Folder, line: string): Promise<Ended> {
  const environment = environmentOf({ DENYSCOPE: `${process.execPath} ${LAUNCHER}` });
  return new Promise((done) => {
    const options = { cwd: folder.path, env: environment };
    const child = execFile('/bin/sh', ['-c', line], options, (_error, out, err) => {
      done({ status: child.exitCode, out, err });
    });
  });
}

/** The servers that run on databases in this folder, by the lock file that PostgreSQL keeps while it runs. */
export async function serversOf({ path }: Folder): Promise<readonly string[]> {
  const dataDirs = await readdir(path);
  const locks = dataDirs.map((name) => join(path, name, 'postgres/data/postmaster.pid'));
  return locks.filter((lock) => existsSync(lock));
}
