import { request as httpRequest } from 'node:http';
import { openScans, startReporter } from '@denyscope/reporter';
import { type Store, openStore } from '@denyscope/store';
import { demoWorld } from '@denyscope/worlds';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { WITH_TOKEN, ask, linesOf, quietOptions } from './reporter-client.ts';

let database: TestDatabase;
let store: Store;
const options = quietOptions([]);

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
  const world = demoWorld();
  await store.importSnapshot(world.header, linesOf(world));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe('a reporter under load', () => {
  test('asks those to wait who ask too often, wrong tokens included', async () => {
    const reporter = await startReporter({ ...options, store, access: WITH_TOKEN, requestsPerMinute: 3 });
    try {
      const statuses: number[] = [];
      for (let turn = 0; turn < 5; turn += 1) {
        statuses.push((await ask(reporter, '/v1/buckets/x/access', { headers: {} })).status);
      }
      expect(statuses).toEqual([401, 401, 401, 429, 429]);
      const refused = await ask(reporter, '/metrics');
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect((await ask(reporter, '/healthz')).status).toBe(200);
    } finally {
      await reporter.close();
    }
  });

  test('reads a scan once for all who ask for it', async () => {
    let reads = 0;
    const counting: Parameters<typeof openScans>[0] = {
      ...store,
      readScan: (id) => {
        reads += 1;
        return reads === 1 ? Promise.reject(new Error('lost')) : store.readScan(id);
      },
    };
    const scans = openScans(counting);
    await expect(scans.latest()).rejects.toThrow('lost');
    const [one, other] = await Promise.all([scans.latest(), scans.latest()]);
    expect(one).toBe(other);
    expect(reads).toBe(2);
  });
});

describe('an open reporter', () => {
  test('asks for no token on loopback', async () => {
    const reporter = await startReporter({ ...options, store, access: { kind: 'open' } });
    expect((await ask(reporter, '/metrics', { headers: {} })).status).toBe(200);
    await reporter.close();
  });

  test('does not listen where others can reach it', async () => {
    const start = startReporter({ ...options, store, access: { kind: 'open' }, host: '0.0.0.0' });
    await expect(start).rejects.toThrow('loopback');
  });

  test('does not answer to the name of another site that leads here', async () => {
    const reporter = await startReporter({ ...options, store, access: { kind: 'open' } });
    const status = await new Promise((resolve) => {
      httpRequest(`${reporter.url}/metrics`, { headers: { host: 'evil.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).end();
    });
    expect(status).toBe(403);
    await reporter.close();
  });
});

describe('a reporter whose database is gone', () => {
  test('says 503 without the words of the driver, keeps its numbers, and is not ready', async () => {
    const own = await createTestDatabase();
    const lost = await openStore({ databaseUrl: own.url });
    const world = demoWorld();
    await lost.importSnapshot(world.header, linesOf(world));
    const reporter = await startReporter({ ...options, store: lost, access: WITH_TOKEN });
    try {
      expect((await ask(reporter, '/metrics')).text).toContain('denyscope_coverage_ratio{');
      await own.drop();
      const { status, text } = await ask(reporter, '/v1/buckets/example-web-tls-only/access');
      expect([500, 503]).toContain(status);
      expect(text).not.toMatch(/database ".*" does not exist|3D000|postgres:\/\//);
      expect((await ask(reporter, '/metrics')).text).toContain('denyscope_coverage_ratio{');
      expect((await ask(reporter, '/readyz')).status).toBe(503);
    } finally {
      await reporter.close();
      await lost.close();
    }
  });
});
