import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server in the place of AWS that nobody here wrote. */
export interface Emulator {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const COMMAND = 'moto_server';

/** Whether the emulator is on this machine: it is a Python program, which npm cannot install. */
export function hasEmulator(): boolean {
  return spawnSync(COMMAND, ['--help'], { stdio: 'ignore' }).status === 0;
}

const START_MS = 30_000;

/** Starts the emulator, empty, on a free port of the loopback interface. */
export async function startEmulator(): Promise<Emulator> {
  const port = await freePort();
  const child = spawn(COMMAND, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return {
    url,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}/moto-api/data.json`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error(`${COMMAND} did not start`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
