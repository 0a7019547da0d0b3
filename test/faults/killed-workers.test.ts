import { setTimeout as sleep } from 'node:timers/promises';
import { randomOf } from '@denyscope/worlds';
import { type FaultGround, expectBefore, expectWhole, faultGround } from '../support/fault-ground.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';
import { type ServiceProcess } from '../support/scan-process.ts';

jest.setTimeout(90_000);

/** How many random runs there are, over both queues: five unless DENYSCOPE_FAULT_SEEDS says otherwise. */
const SEEDS = Array.from(
  { length: Number(process.env['DENYSCOPE_FAULT_SEEDS'] ?? 5) },
  (_, place) => place + 1,
);
const KILLS = 2;
/** About as long as a scan takes. */
const LONGEST_MS = 2_500;

/** Kills workers at moments that follow from a seed. */
function describeKills(seeds: readonly number[], urlOf: (database: TestDatabase) => string): void {
  let database: TestDatabase;
  let ground: FaultGround;
  let workers: readonly ServiceProcess[];
  beforeAll(async () => {
    database = await createTestDatabase();
    ground = await faultGround({ databaseUrl: database.url, queueUrl: urlOf(database) });
    workers = await Promise.all([ground.spawn(), ground.spawn()]);
  });
  afterAll(async () => {
    await ground.close();
    await database.drop();
  });

  test.each(seeds)('seed %i: nothing is lost and nothing is doubled', async (seed) => {
    const random = randomOf(seed, 'kills');
    const runId = await ground.begin();
    for (let kill = 0; kill < KILLS; kill += 1) {
      await sleep(random.below(LONGEST_MS));
      const place = random.below(workers.length);
      await workers[place]?.end('SIGKILL');
      await expectBefore(ground, runId);
      workers = workers.with(place, await ground.spawn());
    }
    await expectWhole(ground, runId);
  });
}

describe('workers that are killed, with the queue on PostgreSQL', () =>
  describeKills(
    SEEDS.filter((seed) => seed % 2 === 1),
    ({ url }) => url,
  ));
describeWithRedis('workers that are killed, with the queue on Redis', (url) =>
  describeKills(
    SEEDS.filter((seed) => seed % 2 === 0),
    () => url,
  ),
);
