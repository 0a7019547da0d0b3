import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeAws, startFakeAws } from '@denyscope/fake-aws';
import { type Store, openStore } from '@denyscope/store';
import { demoWorld } from '@denyscope/worlds';
import { differences } from '../integration/collect/scan.ts';
import { SCANNER, begin, ended, linesOf, until } from '../support/live-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';
import {
  type ProcessGround,
  type ServiceKind,
  type ServiceProcess,
  serviceProcess,
} from '../support/scan-process.ts';

jest.setTimeout(120_000);

const demo = demoWorld();

/** Scheduler and workers as processes of their own, whatever keeps the queue. */
function describeProcesses(urlOf: (database: TestDatabase) => string): void {
  let database: TestDatabase;
  let store: Store;
  let aws: FakeAws;
  let ground: ProcessGround;
  const processes: ServiceProcess[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openStore({ databaseUrl: database.url });
    const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
    ground = { store, queueUrl: urlOf(database), queuePrefix, databaseUrl: database.url };
    const faults = [{ kind: 'latency', milliseconds: 25 }] as const;
    aws = await startFakeAws({ snapshot: demo, scannerAccountId: SCANNER, faults });
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map((one) => one.end('SIGKILL')));
    await aws.close();
    await store.close();
    await database.drop();
  });
  const start = async (kind: ServiceKind): Promise<ServiceProcess> => {
    const one = await serviceProcess(kind, ground, aws);
    processes.push(one);
    return one;
  };

  test('a worker that is killed in mid-scan loses nothing and doubles nothing', async () => {
    const [victim] = await Promise.all([start('worker'), start('worker')]);
    const runId = await begin(ground);
    await until(store, runId, { reached: ({ progress }) => progress.listed && progress.complete >= 1 });
    await victim.end('SIGKILL');
    const run = await ended(store, runId);
    const lines = await linesOf(store, run);
    expect(differences(demo.lines, lines)).toEqual([]);
    expect(lines).toHaveLength(new Set(lines.map((line) => JSON.stringify(line))).size);
    expect(await store.scans()).toHaveLength(1);
  });

  test('the only worker that is told to stop gives back its jobs, and the next one ends the scan', async () => {
    const first = await start('worker');
    const runId = await begin(ground);
    await until(store, runId, { reached: ({ progress }) => progress.complete >= 1 });
    await first.end('SIGTERM');
    expect((await store.runState(runId))?.status).toBe('running');
    expect(first.child.exitCode).toBe(0);
    await start('worker');
    const lines = await linesOf(store, await ended(store, runId));
    expect(differences(demo.lines, lines)).toEqual([]);
  });

  test('two schedulers begin one scan when it is due, and none while it runs', async () => {
    const services = await Promise.all([start('scheduler'), start('scheduler')]);
    await sleep(5_000);
    const said = services.flatMap(({ log }) => log);
    expect(said.filter((line) => line.includes('a scan begins'))).toHaveLength(1);
    const skipped = said.filter((line) => line.includes('one runs still')).length;
    expect(skipped).toBeGreaterThanOrEqual(1);
    expect(skipped).toBeLessThanOrEqual(3);
    const run = await store.latestRun();
    expect(run).toMatchObject({ status: 'running' });
    await start('nightly-worker');
    expect(await ended(store, run?.id ?? 0)).toMatchObject({ status: 'published' });
  });
}

describe('processes with the queue on PostgreSQL', () => describeProcesses(({ url }) => url));
describeWithRedis('processes with the queue on Redis', (url) => describeProcesses(() => url));
