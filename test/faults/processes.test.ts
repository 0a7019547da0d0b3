import { setTimeout as sleep } from 'node:timers/promises';
import { generateWorld } from '@denyscope/worlds';
import { type FaultGround, SMALL, expectWhole, faultGround, midScan } from '../support/fault-ground.ts';
import { ended } from '../support/live-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';

jest.setTimeout(120_000);

/** More accounts than a worker reads at a time, each of which takes seconds: whoever stops it comes in the middle. */
const LONG = {
  snapshot: generateWorld({ ...SMALL, accounts: 8 }),
  faults: [{ kind: 'latency', milliseconds: 100 }],
} as const;

/** Scheduler and workers as processes of their own, whatever keeps the queue. */
function describeProcesses(
  urlOf: (database: TestDatabase) => string,
  more: (groundOf: () => FaultGround) => void = () => {},
): void {
  let database: TestDatabase;
  let ground: FaultGround;
  beforeEach(async () => {
    database = await createTestDatabase();
    ground = await faultGround({ databaseUrl: database.url, queueUrl: urlOf(database) }, LONG);
  });
  afterEach(async () => {
    await ground.close();
    await database.drop();
  });

  test('the only worker that is told to stop gives back its jobs, and the next one ends the scan', async () => {
    const first = await ground.spawn();
    const runId = await midScan(ground);
    await first.end('SIGTERM');
    expect((await ground.store.runState(runId))?.status).toBe('running');
    expect(first.child.exitCode).toBe(0);
    await ground.spawn();
    await expectWhole(ground, runId);
  });

  more(() => ground);
}

describe('processes with the queue on PostgreSQL', () =>
  describeProcesses(({ url }) => url, schedulersBegin));
describeWithRedis('processes with the queue on Redis', (url) => describeProcesses(() => url));

function schedulersBegin(groundOf: () => FaultGround): void {
  test('two schedulers begin one scan when it is due, and none while it runs', async () => {
    const ground = groundOf();
    const services = await Promise.all([ground.spawn('scheduler'), ground.spawn('scheduler')]);
    await sleep(5_000);
    const said = services.flatMap(({ log }) => log);
    expect(said.filter((line) => line.includes('a scan begins'))).toHaveLength(1);
    const skipped = said.filter((line) => line.includes('one runs still')).length;
    expect(skipped).toBeGreaterThanOrEqual(1);
    expect(skipped).toBeLessThanOrEqual(3);
    const run = await ground.store.latestRun();
    expect(run).toMatchObject({ status: 'running' });
    await ground.spawn('nightly-worker');
    expect(await ended(ground.store, run?.id ?? 0)).toMatchObject({ status: 'published' });
  });
}
