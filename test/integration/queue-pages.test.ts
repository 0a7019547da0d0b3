import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobQueue, type QueuePages, openQueue, openQueuePages } from '@denyscope/queue';
import { type Reporter, startReporter } from '@denyscope/reporter';
import { type Store, openStore } from '@denyscope/store';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';
import { TOKEN, WITH_TOKEN, ask, quietOptions } from './reporter-client.ts';

jest.setTimeout(30_000);

const prefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
const basic = (password: string): RequestInit => ({
  headers: { authorization: `Basic ${Buffer.from(`somebody:${password}`).toString('base64')}` },
});

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

/** The page of the queues, on every backend. */
function describePages(urlOf: () => string): void {
  let queue: JobQueue;
  let queues: QueuePages;
  let reporter: Reporter;
  beforeAll(async () => {
    queue = await openQueue({ url: urlOf(), prefix });
    const secret = new Error('postgres://ann:s3cret@db said no');
    await queue.work('scan-account', {
      run: async ({ runId }) => {
        if (runId === 2) throw Object.assign(secret, { retryable: false });
      },
    });
    for (const runId of [1, 2]) await queue.add('scan-account', { runId, accountId: '111122223333' });
    queues = await openQueuePages({ url: urlOf(), prefix });
    reporter = await startReporter({ ...quietOptions([]), store, access: WITH_TOKEN, queues });
  });
  afterAll(async () => {
    await reporter.close();
    await queues.close();
    await queue.close();
  });

  test.each([
    ['none', {}, 401],
    ['another', basic('another-token-altogether'), 401],
    ['one that is no Basic', { headers: { authorization: 'Basic %' } }, 401],
    ['the right one, as a password', basic(TOKEN), 200],
    ['the right one, as a bearer token', { headers: { authorization: `Bearer ${TOKEN}` } }, 200],
  ])('opens to those with the token: %s', async (_, init, status) => {
    for (const path of ['/queues', '/queues/api/queues', '/queues/static/favicon-32x32.png']) {
      const answer = await ask(reporter, path, init.headers === undefined ? { headers: {} } : init);
      expect(answer.status).toBe(status);
      if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="denyscope"/);
    }
  });

  test('the password of a browser opens nothing else', async () => {
    expect((await ask(reporter, '/metrics', basic(TOKEN))).status).toBe(401);
  });

  test('shows what is there, without the passwords of URLs', async () => {
    for (const end = Date.now() + 10_000; Date.now() < end; await sleep(50)) {
      const { text } = await ask(reporter, '/metrics');
      if (text.includes('bullmq_job_count{queue="scan-account", state="failed"} 1')) break;
    }
    const { text } = await ask(
      reporter,
      '/queues/api/queues?activeQueue=scan-account&status=failed',
      basic(TOKEN),
    );
    expect(text).toContain('run-2-111122223333');
    expect(text).toContain('postgres://ann:[redacted]@db said no');
    const metrics = (await ask(reporter, '/metrics')).text;
    expect(metrics).toContain('bullmq_job_completed_total{queue="scan-account"} 1');
    expect(metrics).toContain('bullmq_job_failed_total{queue="scan-account"} 1');
    expect(metrics.match(/^# TYPE bullmq_job_count gauge$/gm)).toHaveLength(1);
  });

  test('asks nobody else for anything, and runs its own scripts only', async () => {
    const { headers, text } = await ask(reporter, '/queues/', basic(TOKEN));
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none';script-src 'self';style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https:|\*/);
    expect(text).not.toMatch(/https?:\/\/|<style| style=|onload=/);
    const assets = [...text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, path]) => path);
    expect(assets.length).toBeGreaterThan(4);
    for (const asset of assets)
      expect((await ask(reporter, `/queues/${asset}`, basic(TOKEN))).status).toBe(200);
  });

  test.each([
    ['PUT', '/queues/api/queues/pause'],
    ['PUT', '/queues/api/queues/scan-account/obliterate'],
    ['PUT', '/queues/api/queues/scan-account/run-2-111122223333/retry'],
    ['POST', '/queues/api/queues/scan-account/add'],
    ['PATCH', '/queues/api/queues/scan-account/run-2-111122223333/update-data'],
  ])('changes nothing: %s %s', async (method, path) => {
    expect((await ask(reporter, path, { ...basic(TOKEN), method })).status).toBe(405);
    expect((await ask(reporter, path, { headers: {}, method })).status).toBe(401);
  });

  test('the rest of the server keeps its policy', async () => {
    const { headers } = await ask(reporter, '/healthz');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
  });
}

describe('the page of queues on PostgreSQL', () => describePages(() => database.url));
describeWithRedis('the page of queues on Redis', (url) => describePages(() => url));
