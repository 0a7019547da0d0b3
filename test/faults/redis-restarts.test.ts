import { setTimeout as sleep } from 'node:timers/promises';
import { openQueue } from '@denyscope/queue';
import {
  type FaultGround,
  expectBefore,
  expectWhole,
  faultGround,
  midScan,
} from '../support/fault-ground.ts';
import { type OwnServer } from '../support/own-server.ts';
import { describeWithOwnRedis, ownRedis } from '../support/own-redis.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(90_000);

describeWithOwnRedis('a Redis that is restarted in mid-scan', () => {
  let redis: OwnServer;
  let database: TestDatabase;
  let ground: FaultGround;
  const open = async (appendOnly: boolean): Promise<void> => {
    redis = await ownRedis(appendOnly);
    database = await createTestDatabase();
    ground = await faultGround({ databaseUrl: database.url, queueUrl: redis.url });
  };
  afterEach(async () => {
    await ground.close();
    await redis.close();
    await database.drop();
  });

  test.each([
    ['and comes back empty', false],
    ['and comes back with what it knew', true],
  ])('%s: the scan goes on', async (_, appendOnly) => {
    await open(appendOnly);
    for (const place of [0, 1]) await ground.work({ concurrency: 1 + place, stallMs: 2_000 });
    const runId = await midScan(ground);
    await redis.kill();
    await sleep(1_500);
    await expectBefore(ground, runId);
    await redis.start();
    await expectWhole(ground, runId);
  });

  test('and comes back empty: it is told again when scans are due', async () => {
    await open(false);
    const queue = await openQueue({ url: redis.url, sayAgainMs: 200 });
    const nextDue = () => queue.nextDue('nightly', 'start-scan').catch(() => undefined);
    await queue.schedule(
      'nightly',
      { cron: '0 2 * * *', timeZone: 'UTC' },
      { name: 'start-scan', payload: {} },
    );
    const due = await nextDue();
    await redis.kill();
    await redis.start();
    while ((await nextDue()) === undefined) await sleep(50);
    expect(await nextDue()).toEqual(due);
    await queue.close();
  });
});
