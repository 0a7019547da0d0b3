import { createHash, randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { StoreError, codeOf } from '../error.ts';
import { isOurs } from './binaries.ts';
import { serverState } from './pid-file.ts';

/** In the data directory, names the folder that the cluster is kept in when it is not here. */
const POINTER = 'postgres.location';

const EXPLANATION = `
PostgreSQL does not run as root, and the user who runs it cannot enter this folder, so the database is kept in the
folder above. It belongs to this folder: once this is removed, so may that be.
`;

/**
 * Where the cluster of a data directory was moved to, if it was.
 *
 * @throws StoreError `data-directory` when somebody but root wrote so
 */
export async function movedTo(dataDir: string): Promise<string | undefined> {
  const file = join(dataDir, POINTER);
  try {
    const found = await lstat(file);
    if (!found.isFile() || found.uid !== 0) {
      throw new StoreError('data-directory', `\`${file}\` was not written by root: remove it`);
    }
    const [home = ''] = (await readFile(file, 'utf8')).split('\n', 1);
    return home;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Gives the data directory a folder of the system for its cluster, a fresh one: whoever removed the directory wanted
 * the data gone, and what was kept for it is removed.
 */
export async function moveOut(dataDir: string, folder: string): Promise<string> {
  const prefix = `${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}-`;
  const wanted = join(folder, `${prefix}${randomBytes(4).toString('hex')}`);
  await writePointer(dataDir, wanted);
  const home = (await movedTo(dataDir)) ?? wanted;
  for (const name of await readdir(folder)) {
    const old = name.startsWith(prefix) && !name.startsWith(basename(home));
    if (old) await removeUnused(join(folder, name));
  }
  return home;
}

/** The first of several processes has its say; the pointer appears complete. */
async function writePointer(dataDir: string, home: string): Promise<void> {
  const fresh = join(dataDir, `${basename(home)}.new`);
  await writeFile(fresh, `${home}\n${EXPLANATION}`, { mode: 0o600, flag: 'wx' });
  try {
    await link(fresh, join(dataDir, POINTER));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}

async function removeUnused(home: string): Promise<void> {
  if ((await serverState(join(home, 'data'))).kind !== 'stopped') return;
  await rm(home, { recursive: true, force: true });
}

/** Root's own folder for binaries and clusters, the first of two that can be had. */
export async function systemFolder(): Promise<string> {
  try {
    return await ownFolder('/var/lib/denyscope');
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOENT'].includes(codeOf(error) ?? '')) throw error;
    return ownFolder('/var/tmp/denyscope-root');
  }
}

async function ownFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { mode: 0o755 });
    // Whatever the umask is: the server's user must pass.
    await chmod(folder, 0o755);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    await isOurs(folder);
  }
  return folder;
}
