import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Stands in for the command: says its process id, then waits for a signal or ends as it is told. */
const MAIN = `
const [how = ''] = process.argv.slice(2);
if (how.startsWith('exit:')) process.exit(Number(how.slice(5)));
if (how === 'killed') process.kill(process.pid, 'SIGKILL');
process.on('SIGINT', () => { console.log('closing'); setTimeout(() => process.exit(130), 50); });
process.on('SIGTERM', () => { console.log('closing'); setTimeout(() => process.exit(0), 50); });
setInterval(() => {}, 1000);
console.log('ready ' + process.pid);
`;

describe('the denyscope launcher', () => {
  let folder: string;
  let children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'denyscope-launcher-'));
    await cp(join(ROOT, 'packages/cli/bin'), join(folder, 'bin'), { recursive: true });
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src/main.ts'), MAIN);
  });
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL');
    children = [];
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  function launch(...args: readonly string[]) {
    const child = spawn(process.execPath, [join(folder, 'bin/denyscope.mjs'), ...args], { stdio: 'pipe' });
    children.push(child);
    const seen = { output: '', errors: '' };
    child.stdout.on('data', (data) => (seen.output += String(data)));
    child.stderr.on('data', (data) => (seen.errors += String(data)));
    const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal }));
    return { child, seen, ended };
  }

  function isAlive(pid: number): boolean {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  }

  test.each([0, 1, 3])('ends with the status %i of the command', async (status) => {
    expect(await launch(`exit:${status}`).ended).toEqual({ code: status, signal: null });
  });

  test('ends by the signal that ended the command', async () => {
    expect(await launch('killed').ended).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 0],
  ] as const)(
    'passes %s on once, waits for the command and leaves nothing behind',
    async (signal, status) => {
      const { child, seen, ended } = launch();
      await once(child.stdout, 'data');
      child.kill(signal);
      expect(await ended).toEqual({ code: status, signal: null });
      expect(seen.output).toMatch(/^ready \d+\nclosing\n$/);
      expect(seen.errors).toBe('');
      expect(isAlive(Number(/\d+/.exec(seen.output)?.[0]))).toBe(false);
    },
  );
});
