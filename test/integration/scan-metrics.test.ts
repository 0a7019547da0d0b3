import { type FakeAws, startFakeAws } from '@denyscope/fake-aws';
import { createLogger } from '@denyscope/ops';
import { startReporter } from '@denyscope/reporter';
import { type Store, openStore } from '@denyscope/store';
import { createWorkerMetrics, startWorker } from '@denyscope/worker';
import { demoWorld } from '@denyscope/worlds';
import { SCANNER, accessTo, begin, ended } from '../support/live-scan.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { ask, quietOptions } from './reporter-client.ts';

jest.setTimeout(120_000);

const demo = demoWorld();
const metrics = createWorkerMetrics(false);
let database: TestDatabase;
let store: Store;
let aws: FakeAws;
let startedAt: number;
beforeAll(async () => {
  startedAt = Date.now() / 1000;
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
  aws = await startFakeAws({ snapshot: demo, scannerAccountId: SCANNER, pageSize: 1000 });
  const ground = { store, queueUrl: database.url, queuePrefix: 'unused' };
  const logger = createLogger({ level: 'silent', name: 'worker' });
  const worker = await startWorker({ ...ground, aws: accessTo(aws), logger, metrics, concurrency: 6 });
  expect(await ended(store, await begin(ground))).toMatchObject({ status: 'published' });
  await worker.close();
});
afterAll(async () => {
  await aws.close();
  await store.close();
  await database.drop();
});

/** The series of a metric, by the labels that are written. */
function seriesOf(text: string, name: string): ReadonlyMap<string, number> {
  const lines = text.matchAll(new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`, 'gm'));
  return new Map([...lines].map(([, labels = '', value]) => [labels, Number(value)]));
}

test('a worker counts what became of every account, once', async () => {
  const runs = seriesOf(await metrics.metrics.text(), 'denyscope_scan_runs_total');
  const of = (result: string): number =>
    [...runs.keys()].filter((labels) => labels.includes(`"${result}"`)).length;
  expect([of('success'), of('partial'), of('failed'), of('skipped')]).toEqual([9, 1, 1, 1]);
  expect(new Set(runs.values())).toEqual(new Set([1]));
});

test('a worker measures how long jobs wait, and how long the stages take', async () => {
  const text = await metrics.metrics.text();
  expect(seriesOf(text, 'denyscope_job_wait_seconds_count')).toEqual(
    new Map([
      ['queue="scan-organization",job_type="scan-organization"', 1],
      ['queue="scan-account",job_type="scan-account"', 11],
    ]),
  );
  const stages = seriesOf(text, 'denyscope_scan_duration_seconds_count');
  expect(stages.get('stage="inventory"')).toBe(11);
  expect(stages.get('stage="persist"')).toBe(12);
  expect(stages.get('stage="report"')).toBe(1);
  expect(stages.get('stage="assume_role"')).toBeGreaterThanOrEqual(11);
});

test('the reporter tells when accounts were tried and read, and how many there are; a later failure changes nothing', async () => {
  const reporter = await startReporter({
    ...quietOptions([]),
    store,
    access: { kind: 'open' },
    commit: '0123abc',
    moreMetrics: [metrics.metrics.text, () => Promise.reject(new Error('away'))],
  });
  try {
    const text = async (): Promise<string> => (await ask(reporter, '/metrics', { headers: {} })).text;
    const first = await text();
    const read = seriesOf(first, 'denyscope_scan_last_success_timestamp_seconds');
    expect(read.size).toBe(10);
    expect(seriesOf(first, 'denyscope_scan_last_attempt_timestamp_seconds').size).toBe(11);
    for (const time of read.values()) expect(time).toBeGreaterThanOrEqual(startedAt - 5);
    expect(seriesOf(first, 'denyscope_org_accounts')).toEqual(
      new Map([
        ['status="active"', 10],
        ['status="suspended"', 1],
        ['status="excluded"', 0],
        ['status="never_scanned"', 1],
      ]),
    );
    expect(first).toContain('denyscope_build_info{version="0.1.0",commit="0123abc"');
    expect(first).toContain('denyscope_scan_runs_total{');
    const { run } = await store.beginRun({ header: demo.header });
    await store.failRun(run.id, 'the test said so');
    expect(seriesOf(await text(), 'denyscope_scan_last_success_timestamp_seconds')).toEqual(read);
  } finally {
    await reporter.close();
  }
});
