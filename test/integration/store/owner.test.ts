import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@denyscope/store';
import { HEADER, bucket, streamed } from '../../support/database-snapshot.ts';
import {
  type Owner,
  type StoreProcess,
  faultOf,
  homeOf,
  newFolder,
  removeFolders,
  runs,
  storeProcess,
} from '../../support/database.ts';

jest.setTimeout(120_000);

/** The usual `nobody`: some user who is not root and owns nothing here. */
const SOMEBODY: Owner = { uid: 65534, gid: 65534 };
const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

function reasonToSkip(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can act as several users';
  try {
    execFileSync(process.execPath, ['-e', `require('fs').accessSync('package.json')`], {
      cwd: REPOSITORY,
      ...SOMEBODY,
    });
    return undefined;
  } catch {
    return 'another user cannot read this folder';
  }
}

const reason = reasonToSkip();
const suite = (title: string, body: () => void): void => {
  if (reason === undefined) describe(title, body);
  else describe.skip(`${title} (skipped: ${reason})`, body);
};

const started: StoreProcess[] = [];

function startAs(owner: Owner | undefined, dataDir: string, home: string): StoreProcess {
  const one = storeProcess(dataDir, owner, owner === undefined ? {} : { HOME: home, TMPDIR: home });
  started.push(one);
  return one;
}

async function closeAndEnd(one: StoreProcess): Promise<void> {
  one.say('close');
  expect(await one.next()).toBe('closed');
  await one.ended;
}

async function serverIn(home: string): Promise<{ readonly pid: number; readonly uid: number }> {
  const pid = Number.parseInt(await readFile(join(home, 'data', 'postmaster.pid'), 'utf8'), 10);
  return { pid, uid: (await stat(`/proc/${pid}`)).uid };
}

afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});
afterAll(removeFolders);

suite('an ordinary user', () => {
  test('with a closed home runs the server as himself', async () => {
    const home = await homeOf(SOMEBODY);
    const dataDir = join(home, 'data');
    const one = startAs(SOMEBODY, dataDir, home);
    expect(await one.next()).toBe('open');
    const { pid, uid } = await serverIn(join(dataDir, 'postgres'));
    expect(uid).toBe(SOMEBODY.uid);
    await closeAndEnd(one);
    expect(await runs(pid)).toBe(false);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  test('who may not write the data directory hears so', async () => {
    const closed = join(await newFolder(), 'roots');
    await mkdir(closed, { mode: 0o755 });
    const one = startAs(SOMEBODY, join(closed, 'data'), await homeOf(SOMEBODY));
    expect(await one.next()).toMatch(
      /^data-directory: .*cannot be used: `EACCES`: give another one by --data-dir/,
    );
  });

  test('shares his data directory with root, who leaves it his', async () => {
    const home = await homeOf(SOMEBODY);
    const dataDir = join(home, 'data');
    const first = startAs(SOMEBODY, dataDir, home);
    expect(await first.next()).toBe('open');
    await closeAndEnd(first);
    // Root starts the server, and the user joins; then the other way round.
    const orders = [
      [undefined, SOMEBODY],
      [SOMEBODY, undefined],
    ] as const;
    for (const [starter, joiner] of orders) {
      const one = startAs(starter, dataDir, home);
      expect(await one.next()).toBe('open');
      const other = startAs(joiner, dataDir, home);
      expect(await other.next()).toBe('open');
      const { pid, uid } = await serverIn(join(dataDir, 'postgres'));
      expect(uid).toBe(SOMEBODY.uid);
      await closeAndEnd(one);
      await closeAndEnd(other);
      expect(await runs(pid)).toBe(false);
    }
  });
});

suite('root', () => {
  test('with an open data directory keeps the database in it, run by nobody', async () => {
    const dataDir = join(await newFolder(), 'data');
    const one = startAs(undefined, dataDir, '/root');
    expect(await one.next()).toBe('open');
    expect((await serverIn(join(dataDir, 'postgres'))).uid).toBe(SOMEBODY.uid);
    await closeAndEnd(one);
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  describe('with a data directory that nobody can enter', () => {
    async function closedFolder(): Promise<string> {
      const folder = await newFolder();
      await chmod(folder, 0o700);
      return join(folder, 'data');
    }

    async function open(
      dataDir: string,
    ): Promise<{ readonly notices: readonly string[]; readonly home: string }> {
      const notices: string[] = [];
      const store = await openStore({ dataDir, onNotice: (notice) => notices.push(notice) });
      const [home = ''] = (await readFile(join(dataDir, 'postgres.location'), 'utf8')).split('\n', 1);
      await store.importSnapshot(HEADER, streamed([bucket('a', 'p')]));
      notices.push(`${(await store.scans()).length} scans`);
      await store.close();
      return { notices, home };
    }

    test('keeps the database in a folder of the system, and says so once', async () => {
      const dataDir = await closedFolder();
      const first = await open(dataDir);
      try {
        expect(first.notices).toEqual([
          `the database of \`${dataDir}\` is kept in \`${first.home}\`, since PostgreSQL does not run as root`,
          '1 scans',
        ]);
        expect(await stat(first.home)).toMatchObject({ uid: SOMEBODY.uid });
        expect((await stat(first.home)).mode & 0o777).toBe(0o700);
        expect(await open(dataDir)).toEqual({ notices: ['2 scans'], home: first.home });

        // Whoever removes the directory wants its data gone.
        await rm(dataDir, { recursive: true });
        const anew = await open(dataDir);
        expect(anew.notices.at(-1)).toBe('1 scans');
        await expect(stat(first.home)).rejects.toThrow('ENOENT');
        await rm(anew.home, { recursive: true });
      } finally {
        await rm(first.home, { recursive: true, force: true });
      }
    });

    test('does not follow a pointer that somebody else wrote', async () => {
      const dataDir = await closedFolder();
      await mkdir(dataDir);
      const file = join(dataDir, 'postgres.location');
      await writeFile(file, '/etc\n');
      await chown(file, SOMEBODY.uid, SOMEBODY.gid);
      expect((await faultOf(openStore({ dataDir }))).message).toContain('was not written by root');
      await rm(file);
      await symlink('/etc/passwd', file);
      expect((await faultOf(openStore({ dataDir }))).message).toContain('was not written by root');
    });

    test('says how to open a directory that a server was in before it was closed', async () => {
      const dataDir = join(await newFolder(), 'data');
      await (await openStore({ dataDir })).close();
      await chmod(dirname(dataDir), 0o700);
      const fault = await faultOf(openStore({ dataDir }));
      expect(fault.code).toBe('data-directory');
      expect(fault.message).toContain('o+x');
      await chmod(dirname(dataDir), 0o755);
      await (await openStore({ dataDir })).close();
    });
  });
});
