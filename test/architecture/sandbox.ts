import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A copy of the repository in a temporary folder, to plant violations in. */
export interface Sandbox {
  readonly folder: string;
  readonly plant: (path: string, text: string) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const COPIED = [
  '.dependency-cruiser.cjs',
  '.oxlintrc.json',
  '.prettierrc.json',
  'knip.jsonc',
  'package.json',
  'packages',
  'scripts',
  'services',
  'test/support',
  'test/tsconfig.json',
  'test/worlds',
  'tsconfig.base.json',
  'tsconfig.json',
];
const LEFT_BEHIND = new Set(['dist', 'node_modules', 'coverage']);

export async function copyRepository(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-planted-'));
  for (const path of COPIED) {
    await cp(join(ROOT, path), join(folder, path), {
      recursive: true,
      filter: (from) => !LEFT_BEHIND.has(basename(from)),
    });
  }
  await linkDependencies(folder);
  return {
    folder,
    plant: async (path, text) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Installed packages are shared with the repository; links between workspaces lead to the copy. */
async function linkDependencies(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '@denyscope'), { recursive: true });
  for (const name of await readdir(join(ROOT, 'node_modules'))) {
    if (name !== '@denyscope') await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  }
  for (const group of ['packages', 'services']) {
    for (const name of await readdir(join(folder, group))) {
      await symlink(join(folder, group, name), join(modules, '@denyscope', name));
    }
  }
  await symlink(join(folder, 'test/worlds'), join(modules, '@denyscope', 'worlds'));
}

/** Runs an installed tool's script in a folder; a status other than 0 is an answer, not an error. */
export async function runTool(
  script: string,
  args: readonly string[],
  folder: string,
): Promise<{ readonly status: number; readonly output: string }> {
  const options = {
    cwd: folder,
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  };
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(ROOT, 'node_modules', script), ...args],
      options,
      (error, stdout, stderr) => {
        const status = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
        done({ status, output: stdout === '' ? stderr : stdout });
      },
    );
  });
}
