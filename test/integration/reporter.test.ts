import { explainAnswerSchema, whoCanAnswerSchema } from '@denyscope/model';
import { type Reporter, startReporter } from '@denyscope/reporter';
import { type Store, openStore } from '@denyscope/store';
import { DEMO_STORIES, demoWorld } from '@denyscope/worlds';
import { z } from 'zod';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { TOKEN, WITH_TOKEN, ask, linesOf, post, quietOptions } from './reporter-client.ts';

let database: TestDatabase;
let store: Store;
const log: string[] = [];
const options = quietOptions(log);

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('a reporter without a scan', () => {
  let reporter: Reporter;
  beforeAll(async () => {
    reporter = await startReporter({ ...options, store, access: WITH_TOKEN });
  });
  afterAll(() => reporter.close());

  test('lives, and is not ready', async () => {
    expect((await ask(reporter, '/healthz', { headers: {} })).status).toBe(200);
    const ready = await ask(reporter, '/readyz', { headers: {} });
    expect(ready).toMatchObject({ status: 503, body: { checks: { database: 'ok', scan: 'failed' } } });
  });

  test('says so to questions', async () => {
    const answer = await ask(reporter, '/v1/buckets/example/access');
    expect(answer).toMatchObject({ status: 503, body: { type: 'urn:denyscope:problem:not-ready' } });
  });

  test('notices the first scan', async () => {
    const world = demoWorld();
    await store.importSnapshot(world.header, linesOf(world));
    expect((await ask(reporter, '/readyz', { headers: {} })).body).toEqual({
      status: 'ok',
      checks: { database: 'ok', scan: 'ok' },
    });
  });
});

describe('a reporter', () => {
  let reporter: Reporter;
  beforeAll(async () => {
    reporter = await startReporter({ ...options, store, access: WITH_TOKEN });
  });
  afterAll(() => reporter.close());

  test.each([
    ['none', {}],
    ['another', { authorization: 'Bearer another-token-altogether' }],
    ['one in the wrong scheme', { authorization: `Basic ${TOKEN}` }],
    ['one with something behind it', { authorization: `Bearer ${TOKEN} x` }],
  ])('asks for its token: %s', async (_, headers) => {
    for (const path of ['/v1/buckets/example/access', '/metrics']) {
      const answer = await ask(reporter, path, { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="denyscope"/);
    }
  });

  test('says who can read a bucket, as model describes it, a page at a time', async () => {
    const path = '/v1/buckets/example-payments-vpce-only/access';
    const whole = await ask(reporter, `${path}?access=read`);
    const all = whoCanAnswerSchema.parse(whole.body);
    expect(all).toEqual(whole.body);
    expect(all.principals.length).toBe(all.total);
    const first = whoCanAnswerSchema.parse((await ask(reporter, `${path}?limit=2`)).body);
    const second = whoCanAnswerSchema.parse(
      (await ask(reporter, `${path}?limit=2&cursor=${first.next ?? ''}`)).body,
    );
    expect([...first.principals, ...second.principals]).toEqual(all.principals.slice(0, 4));
    const single = whoCanAnswerSchema.parse((await ask(reporter, `${path}?action=s3:GetObject`)).body);
    expect(new Set(single.principals.map(({ action }) => action))).toEqual(new Set(['s3:GetObject']));
  });

  test.each(DEMO_STORIES.map((story) => [story.id, story] as const))(
    'explains the story %s, as model describes it',
    async (_, { question, expected }) => {
      const { status, body } = await ask(reporter, '/v1/explain', post(question));
      expect(status).toBe(200);
      const answer = explainAnswerSchema.parse(body);
      expect(answer).toEqual(body);
      expect(answer).toMatchObject({ id: question.id, verdict: expected });
    },
  );

  test.each<readonly [what: string, path: string, init: RequestInit, problem: string]>([
    ['an unknown bucket', '/v1/buckets/no-such-bucket/access', {}, '404 not-found'],
    ['an unknown address', '/v1/nothing', {}, '404 not-found'],
    ['an unknown address without a token', '/v1/nothing', { headers: {} }, '404 not-found'],
    ['an unknown scan', '/v1/buckets/a/access?scan=999', {}, '404 not-found'],
    ['a scan that is no number', '/v1/buckets/a/access?scan=last', {}, '400 bad-request'],
    ['an unknown access level', '/v1/buckets/a/access?access=own', {}, '400 bad-request'],
    ['an unknown parameter', '/v1/buckets/a/access?acces=read', {}, '400 bad-request'],
    ['a limit of 0', '/v1/buckets/a/access?limit=0', {}, '400 bad-request'],
    [
      'a level and an action',
      '/v1/buckets/example-web-tls-only/access?access=read&action=s3:GetObject',
      {},
      '400 bad-request',
    ],
    ['a foreign cursor', '/v1/buckets/example-web-tls-only/access?cursor=x', {}, '400 bad-request'],
    ['an address that cannot be read', '/v1/buckets/%zz/access', {}, '400 bad-request'],
    ['a wrong method', '/v1/explain', {}, '405 method-not-allowed'],
    [
      'a wrong method with a body',
      '/healthz',
      post('<x/>', { 'content-type': 'text/xml' }),
      '405 method-not-allowed',
    ],
    ['a body that is no JSON', '/v1/explain', post('{'), '400 bad-request'],
    ['a body that is no request', '/v1/explain', post({ principal: 'anonymous' }), '400 bad-request'],
    [
      'a body of another type',
      '/v1/explain',
      post('x', { 'content-type': 'text/plain' }),
      '415 unsupported-media-type',
    ],
    ['a body that is too large', '/v1/explain', post('x'.repeat(300_000)), '413 too-large'],
  ])('answers %s with a problem', async (_, path, init, problem) => {
    const answer = await ask(reporter, path, init);
    const [status, code] = problem.split(' ');
    expect(answer).toMatchObject({ status: Number(status), body: { type: `urn:denyscope:problem:${code}` } });
    expect(answer.text).not.toMatch(/node_modules|\.ts:|FST_/);
  });

  test('names the fields at fault, and the methods that there are', async () => {
    const { body } = await ask(reporter, '/v1/explain', post({ principal: 'anonymous', resource: 7 }));
    const { faults } = z.object({ faults: z.array(z.object({ path: z.string() })) }).parse(body);
    expect(faults.map(({ path }) => path)).toEqual(['/action', '/resource']);
    expect((await ask(reporter, '/v1/explain')).headers.get('allow')).toBe('POST');
  });

  test('answers HEAD like GET, without a body', async () => {
    expect(await ask(reporter, '/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect(await ask(reporter, '/v1/nothing', { method: 'HEAD' })).toMatchObject({ status: 404, text: '' });
  });

  test('takes over a request id that is one, and makes one otherwise', async () => {
    const idOf = async (given: string): Promise<string | null> =>
      (await ask(reporter, '/healthz', { headers: { 'x-request-id': given } })).headers.get('x-request-id');
    expect(await idOf('trace-1.2')).toBe('trace-1.2');
    expect(await idOf('two words')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('sends no page anything that it could run or keep', async () => {
    const { headers } = await ask(reporter, '/healthz');
    expect(headers.get('content-security-policy')).toBe("default-src 'none';frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  test('tells Prometheus about itself and the last scan', async () => {
    await ask(reporter, '/v1/buckets/example-web-tls-only/access');
    const { headers, text } = await ask(reporter, '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain/);
    const route = 'route="/v1/buckets/:name/access",method="GET",status_class="2xx"';
    for (const series of [
      `denyscope_build_info{version="0.1.0",commit="unknown",node_version="${process.versions.node}"} 1`,
      'denyscope_snapshot_timestamp_seconds{account_id="111122223333"} 1795226400',
      'denyscope_inventory_unreadable_resources{account_id="121234345656",resource_type="bucket",reason="access_denied"} 1',
      'denyscope_coverage_ratio{account_id="343456567878"} 0',
      'denyscope_coverage_ratio{account_id="111122223333"} 1',
      `denyscope_http_request_duration_seconds_count{${route}}`,
      'process_cpu_seconds_total',
    ]) {
      expect(text).toContain(series);
    }
    const buckets = [...text.matchAll(/^denyscope_inventory_resources\{.*resource_type="bucket"\} (\d+)$/gm)];
    expect(buckets.reduce((sum, [, number]) => sum + Number(number), 0)).toBe(60);
    expect(text).not.toMatch(/^denyscope_.*arn:/m);
  });

  test('logs one line a request, and never the token', async () => {
    log.length = 0;
    await ask(reporter, `/v1/buckets/example-web-tls-only/access?cursor=${TOKEN}`);
    const answered = log.filter((line) => line.includes('"msg":"answered"'));
    expect(answered).toHaveLength(1);
    expect(log.join('')).not.toContain(TOKEN);
  });

  test('notices a new scan, and still answers from the old one', async () => {
    const world = demoWorld();
    const lines = world.lines.filter(({ data }) => data['Name'] !== 'example-web-tls-only');
    const { id } = await store.importSnapshot(world.header, linesOf({ ...world, lines }));
    const path = '/v1/buckets/example-web-tls-only/access';
    expect((await ask(reporter, path)).status).toBe(404);
    expect(await ask(reporter, `${path}?scan=${id - 1}`)).toMatchObject({
      status: 200,
      body: { scan: { id: String(id - 1) } },
    });
  });
});
