import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type OwnServer, describeUnless } from './own-server.ts';
import { type StartedRedis, startRedisServer } from './redis-server.ts';

/** A Redis that keeps nothing over a restart, or all of it. */
export async function ownRedis(appendOnly: boolean): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-redis-'));
  const port = await freePort();
  let server: StartedRedis | undefined;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (server !== undefined && 'stop' in server) await server.stop(signal);
  };
  const start = async (): Promise<void> => {
    server = await startRedisServer({ port, folder, appendOnly });
    if ('failure' in server) throw new Error(server.failure);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}/0`,
    start,
    kill: () => stop('SIGKILL'),
    close: async () => {
      await stop('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `describe` for tests that start a Redis, where there is such a program. */
export function describeWithOwnRedis(title: string, body: () => void): void {
  const { status } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  describeUnless(status === 0 ? undefined : 'there is no redis-server on PATH', title, body);
}
