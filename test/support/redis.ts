import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Redis to test with, or why there is none. */
export type TestRedis =
  | { readonly kind: 'ready'; readonly url: string; readonly stop: () => Promise<void> }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** Where the global setup leaves the URL, or the reason, for the test files, which run in other processes. */
const URL_OF_SERVER = 'DENYSCOPE_TEST_REDIS';
const REASON = 'DENYSCOPE_TEST_REDIS_UNAVAILABLE';

/** Uses REDIS_URL where given, else starts the machine's `redis-server` on a free port, in memory only. */
export async function provideRedis(environment: NodeJS.ProcessEnv): Promise<TestRedis> {
  const given = environment['REDIS_URL'];
  if (given) {
    const { hostname, port } = new URL(given);
    if (!(await answers(hostname, Number(port || 6379))))
      throw new Error('the server of REDIS_URL does not answer');
    return { kind: 'ready', url: given, stop: async () => {} };
  }
  return startRedis(environment);
}

async function startRedis(environment: NodeJS.ProcessEnv): Promise<TestRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-redis-'));
  const flags = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  const server = spawn('redis-server', flags, { stdio: 'ignore', env: environment });
  const state: { failure: string | undefined } = { failure: undefined };
  server.on('error', () => (state.failure = 'there is no redis-server on PATH and REDIS_URL is not set'));
  server.on('exit', (code) => (state.failure ??= `redis-server ended with status ${String(code)}`));

  const deadline = Date.now() + 10_000;
  while (state.failure === undefined && Date.now() < deadline) {
    if (await answers('127.0.0.1', port)) {
      return { kind: 'ready', url: `redis://127.0.0.1:${port}/0`, stop: () => stop(server, folder) };
    }
    await sleep(25);
  }
  await stop(server, folder);
  return { kind: 'unavailable', reason: state.failure ?? 'redis-server did not answer within ten seconds' };
}

async function stop(server: ChildProcess, folder: string): Promise<void> {
  if (server.pid !== undefined && server.exitCode === null && server.signalCode === null) {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  }
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Whether something that speaks Redis listens there; a demand for a password is an answer too. */
async function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (ok: boolean): void => {
      socket.destroy();
      resolve(ok);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => finish(/^(?:\+PONG|-NOAUTH)/.test(data.toString('utf8'))));
  });
}

/** Tells the test files what was found. */
export function announceRedis(redis: TestRedis, environment: NodeJS.ProcessEnv): void {
  if (redis.kind === 'ready') {
    environment[URL_OF_SERVER] = redis.url;
    return;
  }
  environment[REASON] = redis.reason;
  process.stderr.write(`Redis tests are skipped: ${redis.reason}\n`);
}

/** `describe` for tests that need Redis: skipped, with the reason in the title, where there is none. */
export function describeWithRedis(title: string, body: (url: string) => void): void {
  const url = process.env[URL_OF_SERVER];
  if (url) {
    describe(title, () => body(url));
    return;
  }
  const reason = process.env[REASON] ?? 'run this test by `npm run integration`';
  describe.skip(`${title} (skipped: ${reason})`, () => body('redis://unavailable.invalid'));
}
