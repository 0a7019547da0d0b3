import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverState } from './pid-file.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'denyscope-pid-'));
});
afterEach(() => rm(data, { recursive: true }));

const file = (): string => join(data, 'postmaster.pid');
const write = (pid: number | string, status: string): Promise<void> =>
  writeFile(file(), `${pid}\n${data}\n1700000000\n5433\n\n127.0.0.1\n  123  4\n${status}\n`);

/** An id that a process had and no longer has. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('a cluster without the file is stopped', async () => {
  expect(await serverState(data)).toEqual({ kind: 'stopped' });
});

test('a file that names a dead process is left for PostgreSQL to judge', async () => {
  await write(deadPid(), 'ready');
  const before = await readFile(file(), 'utf8');
  expect(await serverState(data)).toEqual({ kind: 'stopped' });
  expect(await readFile(file(), 'utf8')).toBe(before);
});

test('a file that names a living process that is no server of this cluster is made to name none', async () => {
  await write(process.pid, 'ready');
  const [, ...rest] = (await readFile(file(), 'utf8')).split('\n');
  expect(await serverState(data)).toEqual({ kind: 'stopped' });
  expect((await readFile(file(), 'utf8')).split('\n')).toEqual(['2147483647', ...rest]);
});

test('a file that was just created is of a server that starts, an old empty one is not', async () => {
  await writeFile(file(), '');
  expect(await serverState(data)).toEqual({ kind: 'changing', pid: 0 });
  const old = new Date(Date.now() - 60_000);
  await utimes(file(), old, old);
  expect(await serverState(data)).toEqual({ kind: 'stopped' });
});

describe('a process that runs for the cluster', () => {
  test.each([
    ['ready   ', 'ready', { port: 5433 }],
    ['starting', 'changing', {}],
    ['stopping', 'changing', {}],
    ['', 'changing', {}],
  ])('and says `%s` is %s', async (status, kind, more) => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', data]);
    try {
      await write(child.pid ?? 0, status);
      expect(await serverState(data)).toEqual({ kind, pid: child.pid, ...more });
    } finally {
      child.kill('SIGKILL');
    }
  });
});
