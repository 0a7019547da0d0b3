import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore, startEmbeddedPostgres } from '@denyscope/store';
import { HEADER, bucket, streamed } from '../../support/database-snapshot.ts';
import {
  type StoreProcess,
  faultOf,
  newFolder,
  removeFolders,
  runs,
  serverPid,
  sql,
  storeProcess,
} from '../../support/database.ts';

jest.setTimeout(120_000);

const started: StoreProcess[] = [];

function start(dataDir: string): StoreProcess {
  const one = storeProcess(dataDir);
  started.push(one);
  return one;
}

async function startOpen(dataDir: string): Promise<StoreProcess> {
  const one = start(dataDir);
  expect(await one.next()).toBe('open');
  return one;
}

async function closeAndEnd(one: StoreProcess): Promise<void> {
  one.say('close');
  expect(await one.next()).toBe('closed');
  await one.ended;
}

async function pidOfServer(dataDir: string): Promise<number> {
  const pid = await serverPid(dataDir);
  if (pid === undefined) throw new Error('no server runs');
  return pid;
}

async function isGone(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (!(await runs(pid))) return true;
    await sleep(50);
  }
  return false;
}

/** A data directory with one scan in it, and no server. */
async function withOneScan(): Promise<string> {
  const dataDir = join(await newFolder(), 'data');
  const store = await openStore({ dataDir });
  await store.importSnapshot(HEADER, streamed([bucket('a', 'p')]));
  await store.close();
  return dataDir;
}

async function scansIn(dataDir: string): Promise<number> {
  const store = await openStore({ dataDir });
  try {
    return (await store.scans()).length;
  } finally {
    await store.close();
  }
}

afterEach(() => {
  for (const { child } of started.splice(0)) child.kill('SIGKILL');
});
afterAll(removeFolders);

describe('one data directory, several processes', () => {
  test('share one server, which the last one out stops, not the one who started it', async () => {
    const dataDir = join(await newFolder(), 'data');
    const first = await startOpen(dataDir);
    const server = await pidOfServer(dataDir);
    const second = await startOpen(dataDir);
    expect(await serverPid(dataDir)).toBe(server);

    await closeAndEnd(first);
    expect(await runs(server)).toBe(true);
    second.say('ping');
    expect(await second.next()).toBe('pong');

    await closeAndEnd(second);
    expect(await isGone(server)).toBe(true);
    expect(await serverPid(dataDir)).toBeUndefined();
  });

  test('may race for the start of a new one', async () => {
    const dataDir = join(await newFolder(), 'data');
    const all = Array.from({ length: 4 }, () => start(dataDir));
    expect(await Promise.all(all.map((one) => one.next()))).toEqual(['open', 'open', 'open', 'open']);
    const server = await pidOfServer(dataDir);
    await Promise.all(all.map(closeAndEnd));
    expect(await isGone(server)).toBe(true);
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres'))).toEqual(['postgres']);
  });

  test('may come and go at any time', async () => {
    const dataDir = await withOneScan();
    const visit = async (delay: number): Promise<void> => {
      for (let time = 0; time < 4; time += 1) {
        await sleep(delay);
        expect(await scansIn(dataDir)).toBe(1);
      }
    };
    await Promise.all([0, 7, 20, 45, 80].map(visit));
    expect(await serverPid(dataDir)).toBeUndefined();
  });
});

describe('an interrupt of the whole process group', () => {
  test('leaves the server up until the store was closed', async () => {
    const dataDir = join(await newFolder(), 'data');
    const one = await startOpen(dataDir);
    const server = await pidOfServer(dataDir);
    process.kill(-one.pid, 'SIGINT');
    expect(await one.next()).toBe('closed');
    expect(await isGone(server)).toBe(true);
  });
});

describe('after a crash', () => {
  test('of the process, the next one finds the server running, and stops it', async () => {
    const dataDir = await withOneScan();
    const one = await startOpen(dataDir);
    const server = await pidOfServer(dataDir);
    one.child.kill('SIGKILL');
    await one.ended;
    expect(await runs(server)).toBe(true);
    expect(await scansIn(dataDir)).toBe(1);
    expect(await isGone(server)).toBe(true);
  });

  test('of the server, an open store says so, and the next one has the data', async () => {
    const dataDir = await withOneScan();
    const store = await openStore({ dataDir });
    const server = await pidOfServer(dataDir);
    process.kill(server, 'SIGKILL');
    expect(await isGone(server)).toBe(true);
    // Its orphans notice a moment later.
    while (
      await store.ping().then(
        () => true,
        () => false,
      )
    )
      await sleep(10);
    expect(await faultOf(store.ping())).toMatchObject({ code: 'unreachable', retryable: true });
    await store.close();
    expect(await scansIn(dataDir)).toBe(1);
  });

  test('of the machine, a process that now has the old id does not get in the way', async () => {
    const dataDir = await withOneScan();
    const server = join(dataDir, 'postgres', 'data');
    const { uid, gid } = await stat(server);
    // Of the server's own user: PostgreSQL looks past those of others by itself.
    const owner = process.getuid?.() === 0 ? { uid, gid } : {};
    const bystander = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 120000)'], { cwd: '/', ...owner });
    try {
      const file = `${bystander.pid}\n${server}\n1700000000\n5432\n\n127.0.0.1\n  123456  1\nready   \n`;
      await writeFile(join(server, 'postmaster.pid'), file, { mode: 0o600 });
      await chown(join(server, 'postmaster.pid'), uid, gid);
      expect(await scansIn(dataDir)).toBe(1);
      expect(await serverPid(dataDir)).toBeUndefined();
    } finally {
      bystander.kill();
    }
  });

  test('of the first start, what it left does not get in the way', async () => {
    const dataDir = join(await newFolder(), 'data');
    await mkdir(join(dataDir, 'postgres.new-0123456789ab', 'data'), { recursive: true });
    expect(await scansIn(dataDir)).toBe(0);
  });
});

describe('the server of a data directory', () => {
  test('wants its password, which only its user may read, and no log has', async () => {
    const dataDir = await withOneScan();
    const server = await startEmbeddedPostgres({ dataDir });
    try {
      const home = join(dataDir, 'postgres');
      const password = (await readFile(join(home, 'password'), 'utf8')).trim();
      expect(password).toMatch(/^[0-9a-f]{64}$/);
      expect((await stat(join(home, 'password'))).mode & 0o777).toBe(0o600);
      expect((await stat(home)).mode & 0o777).toBe(0o700);
      expect(await sql(server.url(), 'select 1 as one')).toEqual([{ one: 1 }]);
      for (const wrong of ['', 'wrong']) {
        const url = new URL(server.url());
        url.password = wrong;
        await expect(sql(url.href, 'select 1')).rejects.toThrow(/password/);
      }
      const [settings] = await sql(
        server.url(),
        `select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets`,
      );
      expect(settings).toEqual({ addresses: '127.0.0.1', sockets: '' });
      expect(await readFile(join(home, 'server.log'), 'utf8')).not.toContain(password);
    } finally {
      await server.close();
    }
  });

  test('is not stopped under somebody else who is connected', async () => {
    const dataDir = await withOneScan();
    const server = await startEmbeddedPostgres({ dataDir });
    const visit = sql(server.url(), 'select pg_sleep(1.5)');
    await sleep(200);
    const pid = await pidOfServer(dataDir);
    await server.close();
    expect(await runs(pid)).toBe(true);
    await visit;
    expect(await scansIn(dataDir)).toBe(1);
    expect(await isGone(pid)).toBe(true);
  });

  test('gets none of our environment', async () => {
    const dataDir = join(await newFolder(), 'data');
    const one = storeProcess(dataDir, undefined, {
      AWS_SECRET_ACCESS_KEY: 's3cret',
    });
    started.push(one);
    expect(await one.next()).toBe('open');
    if (process.platform === 'linux') {
      expect(await readFile(`/proc/${await pidOfServer(dataDir)}/environ`, 'utf8')).not.toContain('s3cret');
    }
    await closeAndEnd(one);
  });
});

describe('a data directory that cannot be used', () => {
  test('because another major version wrote it, says what to do', async () => {
    const dataDir = await withOneScan();
    await writeFile(join(dataDir, 'postgres', 'data', 'PG_VERSION'), '14\n');
    const fault = await faultOf(openStore({ dataDir }));
    expect(fault.code).toBe('version-mismatch');
    expect(fault.message).toMatch(/PostgreSQL 14 wrote .*: export with the release that wrote it/);
  });

  test('because a file is in its place, names it', async () => {
    const dataDir = join(await newFolder(), 'file');
    await writeFile(dataDir, '');
    for (const place of [dataDir, join(dataDir, 'below')]) {
      const fault = await faultOf(openStore({ dataDir: place }));
      expect(fault.code).toBe('data-directory');
      expect(fault.message).toContain(`\`${place}\``);
    }
  });

  test('because its password was changed, says so', async () => {
    const dataDir = await withOneScan();
    await writeFile(join(dataDir, 'postgres', 'password'), `${'0'.repeat(64)}\n`);
    const fault = await faultOf(openStore({ dataDir }));
    expect(fault.code).toBe('data-directory');
    expect(fault.message).toContain('refuses the password');
    const pid = await pidOfServer(dataDir);
    process.kill(pid, 'SIGINT');
    expect(await isGone(pid)).toBe(true);
  });

  test('because the server does not start, points at its log', async () => {
    const dataDir = await withOneScan();
    await rm(join(dataDir, 'postgres', 'data', 'global'), { recursive: true });
    const fault = await faultOf(openStore({ dataDir }));
    expect(fault.code).toBe('start-failed');
    expect(fault.message).toContain('server.log');
  });
});

test('a data directory may be moved', async () => {
  const dataDir = await withOneScan();
  const moved = join(await newFolder(), 'elsewhere');
  await rename(dataDir, moved);
  expect(await scansIn(moved)).toBe(1);
});

test('an open store keeps its process alive', async () => {
  const dataDir = await withOneScan();
  const one = await startOpen(dataDir);
  one.child.stdin?.end();
  expect(await Promise.race([once(one.child, 'exit'), sleep(500, 'still there')])).toBe('still there');
  one.child.kill('SIGKILL');
  await one.ended;
  await scansIn(dataDir);
});
