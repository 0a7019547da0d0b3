import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { redisAnswers, startRedisServer } from './redis-server.ts';

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
    if (!(await redisAnswers(hostname, Number(port || 6379))))
      throw new Error('the server of REDIS_URL does not answer');
    return { kind: 'ready', url: given, stop: async () => {} };
  }
  return startRedis(environment);
}

async function startRedis(environment: NodeJS.ProcessEnv): Promise<TestRedis> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'denyscope-redis-'));
  const started = await startRedisServer({ port, folder, environment });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  if ('failure' in started) {
    await remove();
    return { kind: 'unavailable', reason: started.failure };
  }
  const stop = async (): Promise<void> => {
    await started.stop();
    await remove();
  };
  return { kind: 'ready', url: `redis://127.0.0.1:${port}/0`, stop };
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
