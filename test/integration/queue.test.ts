import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { type FailedAttempt, type JobQueue, JOBS, openQueue } from '@denyscope/queue';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis, provideRedis } from '../support/redis.ts';

const ACCOUNT = '111122223333';
/** Keys of this run, should the Redis be shared. */
const PREFIX = `denyscope-test-${randomBytes(6).toString('hex')}`;
let scans = 0;

async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!reached() && Date.now() < deadline) await sleep(10);
}

const sockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

/** Those of the test before may be about to end. */
async function settledSockets(): Promise<number> {
  await sleep(200);
  return sockets();
}

/** What every backend does; `urlOf` is asked when the tests run. */
function describeContract(urlOf: () => string): void {
  const opened: JobQueue[] = [];
  const open = async (): Promise<JobQueue> => {
    const queue = await openQueue({ url: urlOf(), prefix: PREFIX });
    opened.push(queue);
    return queue;
  };
  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.close();
  });

  test('runs a job once, with its payload', async () => {
    const queue = await open();
    const runId = ++scans;
    const ran: unknown[] = [];
    await queue.add('scan-account', { runId, accountId: ACCOUNT });
    await queue.work('scan-account', {
      run: async (payload, job) => {
        ran.push({ ...payload, id: job.id, attempt: job.attempt });
      },
    });
    await until(() => ran.length > 0);
    await sleep(300);
    expect(ran).toEqual([{ runId, accountId: ACCOUNT, id: `run-${runId}-${ACCOUNT}`, attempt: 1 }]);
  });

  test('keeps the kinds of job apart', async () => {
    const queue = await open();
    const runId = ++scans;
    const ran: string[] = [];
    const note = (name: string) => ({
      run: async (payload: { readonly runId: number }) => {
        ran.push(`${name} ${payload.runId}`);
      },
    });
    await queue.work('scan-organization', note('organization'));
    await queue.work('publish-scan', note('publish'));
    await queue.add('publish-scan', { runId });
    await queue.add('scan-organization', { runId });
    await until(() => ran.length > 1);
    expect(ran.toSorted()).toEqual([`organization ${runId}`, `publish ${runId}`]);
  });

  test('takes a job that is added twice for one', async () => {
    const queue = await open();
    const runId = ++scans;
    const ran: number[] = [];
    await queue.work('publish-scan', {
      run: async (payload) => {
        ran.push(payload.runId);
      },
    });
    await queue.add('publish-scan', { runId });
    await until(() => ran.length > 0);
    await queue.add('publish-scan', { runId });
    await sleep(300);
    expect(ran).toEqual([runId]);
  });

  test.each([
    ['a wrong value', { runId: 1, accountId: '12' }, '`/accountId`: expected twelve digits'],
    ['a missing field', { accountId: ACCOUNT }, '`/runId`: expected number'],
    [
      'a secret',
      { runId: 1, accountId: ACCOUNT, secretAccessKey: 's3cr3t' },
      '`/secretAccessKey`: no such field',
    ],
  ])('refuses a payload with %s, and names the place', async (_, payload: object, said) => {
    const queue = await open();
    const typed: { readonly runId: number; readonly accountId: string } = { runId: 0, accountId: '' };
    // What comes from outside the compiler's sight.
    const smuggled = Object.assign(typed, { runId: undefined, accountId: undefined }, payload);
    const refusal: unknown = await queue.add('scan-account', smuggled).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ name: 'QueueError', code: 'invalid-payload', retryable: false });
    expect(String(refusal)).toContain(said);
    expect(String(refusal)).not.toContain('s3cr3t');
  });

  test('retries a failing job with the backoff of the table, then fails it', async () => {
    const { attempts, firstDelayMs, jitter } = JOBS['evaluate-shard'].retry;
    const queue = await open();
    const runId = ++scans;
    const starts: number[] = [];
    const failures: FailedAttempt[] = [];
    const error = new Error('the shard fell over');
    await queue.work('evaluate-shard', {
      run: async () => {
        starts.push(Date.now());
        throw error;
      },
      onFailure: (failure) => failures.push(failure),
    });
    await queue.add('evaluate-shard', { runId, accountId: ACCOUNT });
    await until(() => failures.length === attempts);
    await sleep(300);
    const id = `run-${runId}-${ACCOUNT}`;
    expect(failures).toEqual(
      Array.from({ length: attempts }, (_, place) => ({
        id,
        error,
        attempt: place + 1,
        final: place === attempts - 1,
      })),
    );
    const gaps = starts.slice(1).map((start, place) => start - (starts[place] ?? 0));
    expect(gaps).toHaveLength(attempts - 1);
    gaps.forEach((gap, place) => {
      const longest = firstDelayMs * 2 ** place;
      // Clocks of timers and servers are a little apart.
      expect(gap).toBeGreaterThan(longest * (1 - jitter) - 50);
      expect(gap).toBeLessThan(longest + 3_000);
    });
  });

  test('does not retry an error that says that it is final', async () => {
    const queue = await open();
    const failures: FailedAttempt[] = [];
    const error = Object.assign(new Error('the role is gone'), { retryable: false });
    await queue.work('scan-account', {
      run: () => Promise.reject(error),
      onFailure: (failure) => failures.push(failure),
    });
    await queue.add('scan-account', { runId: ++scans, accountId: ACCOUNT });
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ attempt: 1, final: true }]);
    expect(failures[0]?.error).toBe(error);
  });

  test('runs no job in two workers', async () => {
    const [one, other] = [await open(), await open()];
    const runId = ++scans;
    const ran: string[] = [];
    const workers = new Set<number>();
    const accounts = Array.from({ length: 40 }, (_, place) => String(100_000_000_000 + place));
    for (const accountId of accounts) await one.add('scan-account', { runId, accountId });
    for (const [place, queue] of [one, other].entries()) {
      await queue.work('scan-account', {
        run: async (payload) => {
          ran.push(payload.accountId);
          workers.add(place);
          await sleep(20);
        },
      });
    }
    await until(() => ran.length >= accounts.length);
    await sleep(300);
    expect(ran.toSorted()).toEqual(accounts);
    expect(workers.size).toBe(2);
  });

  test('waits for the running job when it closes, and leaves nothing open', async () => {
    const before = await settledSockets();
    const queue = await open();
    let done = false;
    let started = false;
    await queue.work('scan-account', {
      run: async () => {
        started = true;
        await sleep(200);
        done = true;
      },
    });
    await queue.add('scan-account', { runId: ++scans, accountId: ACCOUNT });
    await until(() => started);
    await queue.close();
    expect(done).toBe(true);
    await until(() => sockets() <= before);
    expect(sockets()).toBe(before);
    await expect(queue.add('publish-scan', { runId: ++scans })).rejects.toMatchObject({ code: 'closed' });
    await expect(queue.work('publish-scan', { run: async () => {} })).rejects.toMatchObject({
      code: 'closed',
    });
  });
}

describeWithRedis('the queue on Redis', (url) => {
  // First: timers of the driver outlive the lost server by seconds.
  test('closes though the server went away', async () => {
    const server = await provideRedis({ PATH: process.env['PATH'] });
    if (server.kind !== 'ready') return;
    const queue = await openQueue({ url: server.url });
    await queue.work('publish-scan', { run: async () => {} });
    await server.stop();
    await expect(queue.add('publish-scan', { runId: 1 })).rejects.toMatchObject({ code: 'unreachable' });
    await queue.close();
  });

  describeContract(() => url);

  test('tells a wrong password without repeating it', async () => {
    const refused = new URL(url);
    [refused.username, refused.password] = ['nobody', 's3cr3t'];
    const refusal = await refusalOf(refused.href);
    expect(refusal).toMatchObject({ code: 'refused', retryable: false });
    expectNowhere(refusal, 's3cr3t');
  });
});

describe('the queue on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  describeContract(() => database.url);

  test('is migrated by several processes at the same time', async () => {
    const fresh = await createTestDatabase();
    const queues = await Promise.all([1, 2, 3].map(() => openQueue({ url: fresh.url })));
    for (const queue of queues) await queue.close();
    await fresh.drop();
  });

  test('tells a database that is not there', async () => {
    const refused = new URL(database.url);
    refused.pathname = '/no_such_database';
    expect(await refusalOf(refused.href)).toMatchObject({ code: 'refused' });
  });
});

describe('openQueue', () => {
  test.each(['redis://:s3cr3t@127.0.0.1:1/0', 'postgres://denyscope:s3cr3t@127.0.0.1:1/denyscope'])(
    'says that nobody answers at %s, without the password',
    async (url) => {
      const before = await settledSockets();
      const refusal = await refusalOf(url);
      expect(refusal).toMatchObject({ code: 'unreachable', retryable: true });
      expectNowhere(refusal, 's3cr3t');
      await until(() => sockets() <= before);
      expect(sockets()).toBe(before);
    },
  );
});

async function refusalOf(url: string): Promise<unknown> {
  return openQueue({ url }).then(
    async (queue) => queue.close(),
    (error: unknown) => error,
  );
}

function expectNowhere(error: unknown, secret: string): void {
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(secret);
}
