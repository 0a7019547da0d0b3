import { type Stats } from 'node:fs';
import { mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError, codeOf } from '../error.ts';
import { moveOut, movedTo, systemFolder } from './moved-out.ts';

/** Who runs the server, when that is not this process's own user. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** Where the embedded server of a data directory keeps its things. */
export interface Place {
  /** Holds `data` (the cluster), `password` and `server.log`; belongs to the server's user. */
  readonly home: string;
  readonly user: ServerUser | undefined;
  /** Where the binaries go when they cannot be used in place. */
  readonly binaries: string;
  /** What a person should know about the place. */
  readonly notice?: string;
}

/** PostgreSQL refuses to run as root; this is `nobody` on every system. */
const NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/**
 * Decides where the cluster lives and who runs it: here and this user; for root, the user that the data directory
 * belongs to, or nobody, and then in a folder of the system if nobody cannot enter this one.
 *
 * @throws StoreError `data-directory`
 */
export async function findPlace(dataDir: string): Promise<Place> {
  const root = process.getuid?.() === 0;
  await mkdir(dataDir, { recursive: true, mode: root ? 0o711 : 0o700 });
  const here = await realpath(dataDir);
  const home = join(here, 'postgres');
  return root ? rootsPlace(here, home) : { home, user: undefined, binaries: here };
}

async function rootsPlace(dataDir: string, home: string): Promise<Place> {
  const binaries = await systemFolder();
  const elsewhere = await movedTo(dataDir);
  if (elsewhere !== undefined) return { home: elsewhere, user: NOBODY, binaries };
  const existing = await statIfThere(home);
  const user = ownerOf(existing) ?? ownerOf(await stat(dataDir)) ?? NOBODY;
  if (await canEnter(dataDir, user)) return { home, user, binaries };
  if (existing === undefined && user === NOBODY) {
    const moved = await moveOut(dataDir, binaries);
    const notice = `the database of \`${dataDir}\` is kept in \`${moved}\`, since PostgreSQL does not run as root`;
    return { home: moved, user, binaries, notice };
  }
  const message = `the user ${user.uid}, who runs its server, cannot enter the data directory \`${dataDir}\``;
  throw new StoreError('data-directory', `${message}: give it and the folders above it the mode o+x`);
}

function ownerOf(folder: Stats | undefined): ServerUser | undefined {
  return folder === undefined || folder.uid === 0 ? undefined : { uid: folder.uid, gid: folder.gid };
}

/** Whether the user may pass through the folder and all above it, by their modes. */
async function canEnter(folder: string, user: ServerUser): Promise<boolean> {
  if (!mayPass(await stat(folder), user)) return false;
  return dirname(folder) === folder || canEnter(dirname(folder), user);
}

function mayPass({ uid, gid, mode }: Stats, user: ServerUser): boolean {
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return gid === user.gid ? (mode & 0o010) !== 0 : (mode & 0o001) !== 0;
}

async function statIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
