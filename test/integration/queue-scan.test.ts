import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobQueue, type NamedJob, openQueue } from '@denyscope/queue';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';

jest.setTimeout(30_000);

const PREFIX = `denyscope-test-${randomBytes(6).toString('hex')}`;
const ACCOUNTS = Array.from({ length: 12 }, (_, place) => String(100_000_000_000 + place));
let runs = 0;

async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!reached() && Date.now() < deadline) await sleep(10);
}

function accountsOf(runId: number): readonly NamedJob[] {
  return ACCOUNTS.map((accountId) => ({ name: 'scan-account', payload: { runId, accountId } }));
}

/** What a scan asks of the queue, on every backend. */
function describeScans(urlOf: () => string): void {
  const opened: JobQueue[] = [];
  const open = async (stallMs?: number): Promise<JobQueue> => {
    const queue = await openQueue({ url: urlOf(), prefix: PREFIX, stallMs });
    opened.push(queue);
    return queue;
  };
  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.close({ graceMs: 0 });
  });

  /** Runs accounts and publications, and writes down what ran. */
  async function working(queue: JobQueue, account: (accountId: string) => Promise<void>): Promise<string[]> {
    const ran: string[] = [];
    await queue.work('scan-account', {
      run: async ({ accountId }) => {
        await account(accountId);
        ran.push(accountId);
      },
    });
    await queue.work('publish-scan', {
      run: async () => {
        ran.push('published');
      },
    });
    return ran;
  }

  describe('a job that waits for others', () => {
    test('runs once, after all of them', async () => {
      const queue = await open();
      const runId = ++runs;
      await queue.addAfter({ name: 'publish-scan', payload: { runId } }, accountsOf(runId));
      const ran = await working(queue, () => sleep(5));
      await until(() => ran.includes('published'));
      await sleep(200);
      expect(ran.toSorted()).toEqual([...ACCOUNTS, 'published']);
      expect(ran.at(-1)).toBe('published');
    });

    test('runs also when some of them fail for good', async () => {
      const queue = await open();
      const runId = ++runs;
      await queue.addAfter({ name: 'publish-scan', payload: { runId } }, accountsOf(runId));
      const ran = await working(queue, async (accountId) => {
        if (accountId === ACCOUNTS[3]) throw Object.assign(new Error('no'), { retryable: false });
      });
      await until(() => ran.includes('published'));
      expect(ran).toHaveLength(ACCOUNTS.length);
      expect(ran).not.toContain(ACCOUNTS[3]);
    });

    test('runs at once where there are none', async () => {
      const queue = await open();
      await queue.addAfter({ name: 'publish-scan', payload: { runId: ++runs } }, []);
      const ran = await working(queue, async () => {});
      await until(() => ran.length > 0);
      expect(ran).toEqual(['published']);
    });

    test('may be added again, before, while and after they run: each runs once', async () => {
      const queue = await open();
      const runId = ++runs;
      const addAll = (): Promise<void> =>
        queue.addAfter({ name: 'publish-scan', payload: { runId } }, accountsOf(runId));
      await addAll();
      await addAll();
      const ran = await working(queue, () => sleep(30));
      await until(() => ran.length >= 3);
      await addAll();
      await until(() => ran.includes('published'));
      await addAll();
      await sleep(500);
      expect(ran.toSorted()).toEqual([...ACCOUNTS, 'published']);
      expect(ran.at(-1)).toBe('published');
    });

    test('is pending until it ended; forgotten then, it runs again after what it waits for', async () => {
      const queue = await open();
      const runId = ++runs;
      const publish: NamedJob = { name: 'publish-scan', payload: { runId } };
      const [account] = accountsOf(runId);
      const jobs = account === undefined ? [] : [account];
      expect(await queue.isPending(publish)).toBe(false);
      await queue.addAfter(publish, jobs);
      expect(await queue.isPending(publish)).toBe(true);
      await queue.forgetEnded([publish, ...jobs]);
      expect(await queue.isPending(publish)).toBe(true);
      const ran: string[] = [];
      await queue.work('scan-account', {
        run: async () => {
          ran.push('account');
          throw Object.assign(new Error('no'), { retryable: false });
        },
      });
      await queue.work('publish-scan', { run: async () => void ran.push('published') });
      await until(() => ran.length === 2);
      while (await queue.isPending(publish)) await sleep(10);
      await queue.addAfter(publish, jobs);
      await sleep(200);
      expect(ran).toEqual(['account', 'published']);
      await queue.forgetEnded([publish, ...jobs]);
      await queue.addAfter(publish, jobs);
      await until(() => ran.length === 4);
      expect(ran).toEqual(['account', 'published', 'account', 'published']);
    });

    test('is refused with a payload that a job does not take', async () => {
      const queue = await open();
      const wrong = { name: 'publish-scan', payload: { runId: -1 } } as const;
      await expect(queue.addAfter(wrong, [])).rejects.toMatchObject({ code: 'invalid-payload' });
    });
  });

  describe('a worker that stops', () => {
    test('gives back what does not end in time, and another goes on with it as if untried', async () => {
      const [one, other] = [await open(), await open()];
      const runId = ++runs;
      const attempts: unknown[] = [];
      await one.add('scan-account', { runId, accountId: '100000000000' });
      await one.work('scan-account', {
        run: async (_, job) => {
          attempts.push(['one', job.attempt]);
          await sleep(60_000, undefined, { signal: job.signal });
        },
      });
      await until(() => attempts.length > 0);
      await one.close({ graceMs: 50 });
      await other.work('scan-account', {
        run: async (_, job) => {
          attempts.push(['other', job.attempt]);
        },
      });
      await until(() => attempts.length > 1);
      expect(attempts).toEqual([
        ['one', 1],
        ['other', 1],
      ]);
    });
  });

  describe('a schedule', () => {
    const EVERY_SECOND = { cron: '* * * * * *', timeZone: 'Europe/Berlin' };

    test('fires once a time, however many say it and however many work', async () => {
      const queues = [await open(), await open(), await open()];
      const fired: number[] = [];
      for (const queue of queues) {
        await queue.schedule('nightly', EVERY_SECOND, { name: 'start-scan', payload: {} });
        await queue.work('start-scan', { run: async () => void fired.push(Math.floor(Date.now() / 1000)) });
      }
      await until(() => fired.length >= 3);
      const seen = fired.slice(0, 3);
      expect(new Set(seen).size).toBe(3);
      // Later tests hear no more of it.
      await queues[0]?.schedule('nightly', { ...EVERY_SECOND, cron: '0 0 29 2 *' }, START);
    });

    test('says when it is due, by the clock of its place', async () => {
      const queue = await open();
      await queue.schedule('due', { cron: '30 2 * * *', timeZone: 'Asia/Kolkata' }, START);
      const due = await queue.nextDue('due', 'start-scan');
      expect(due?.toISOString()).toMatch(/T21:00:00.000Z$/);
      expect(await queue.nextDue('none', 'start-scan')).toBeUndefined();
      await queue.schedule('due', { cron: '30 3 * * *', timeZone: 'Asia/Kolkata' }, START);
      expect((await queue.nextDue('due', 'start-scan'))?.toISOString()).toMatch(/T22:00:00.000Z$/);
    });

    test('that is due while nobody works is not forgotten by saying it again', async () => {
      const queue = await open();
      await queue.schedule('late', EVERY_SECOND, START);
      const due = await queue.nextDue('late', 'start-scan');
      await sleep(1_500);
      await queue.schedule('late', EVERY_SECOND, START);
      expect(await queue.nextDue('late', 'start-scan')).toEqual(due);
      await queue.schedule('late', { ...EVERY_SECOND, cron: '0 0 29 2 *' }, START);
    });

    const START: NamedJob = { name: 'start-scan', payload: {} };
  });
}

describeWithRedis('scans in the queue on Redis', (url) => describeScans(() => url));

describe('scans in the queue on PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  describeScans(() => database.url);
});
