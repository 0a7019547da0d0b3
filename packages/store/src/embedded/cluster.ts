import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StoreError, codeOf } from '../error.ts';
import { type Binaries, programOf } from './binaries.ts';
import { type Place, type ServerUser } from './place.ts';
import { runProgram } from './program.ts';

/** A cluster that exists: its files, and how to get in. */
export interface Cluster {
  readonly home: string;
  readonly data: string;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly password: string;
}

/** The superuser of an embedded cluster, and the database that every cluster has. */
export const SUPERUSER = 'postgres';
export const DATABASE = 'postgres';

/**
 * The cluster of a place, made on first use. It is made aside and appears complete, password and all, so that of
 * several processes the first one's remains.
 *
 * @throws StoreError `version-mismatch`, `disk-full`, `start-failed`
 */
export async function findCluster(place: Place, binaries: Binaries): Promise<Cluster> {
  const { home, user } = place;
  const data = join(home, 'data');
  const major = (await majorOf(data)) ?? (await makeCluster(place, binaries));
  if (major !== binaries.major) {
    const message = `PostgreSQL ${major} wrote \`${home}\`, and this release brings ${binaries.major}`;
    const next = 'export with the release that wrote it, and import into another data directory';
    throw new StoreError('version-mismatch', `${message}: ${next}`);
  }
  return { home, data, user, binaries, password: (await readFile(join(home, 'password'), 'utf8')).trim() };
}

async function majorOf(data: string): Promise<string | undefined> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function makeCluster({ home, user }: Place, binaries: Binaries): Promise<string> {
  await removeLeftovers(home);
  const fresh = `${home}.new-${randomBytes(6).toString('hex')}`;
  try {
    await fill(fresh, user, binaries);
    await rename(fresh, home);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process was first, and its cluster is as good.
    if ((await majorOf(join(home, 'data'))) === undefined) throw error;
  }
  return (await majorOf(join(home, 'data'))) ?? binaries.major;
}

async function fill(fresh: string, user: ServerUser | undefined, binaries: Binaries): Promise<void> {
  const password = join(fresh, 'password');
  await mkdir(fresh, { mode: 0o700 });
  await writeFile(password, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  if (user !== undefined) {
    await chown(fresh, user.uid, user.gid);
    await chown(password, user.uid, user.gid);
  }
  await runProgram(
    programOf(binaries, 'initdb'),
    [
      `--pgdata=${join(fresh, 'data')}`,
      `--username=${SUPERUSER}`,
      '--auth=scram-sha-256',
      `--pwfile=${password}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
      '--no-instructions',
    ],
    user,
  );
}

/** Removes what processes that were killed while they made a cluster left behind. */
async function removeLeftovers(home: string): Promise<void> {
  const old = Date.now() - 3_600_000;
  for (const name of await readdir(dirname(home))) {
    const path = join(dirname(home), name);
    if (!name.startsWith(`${basename(home)}.new-`)) continue;
    if ((await stat(path)).mtimeMs < old) await rm(path, { recursive: true, force: true });
  }
}
