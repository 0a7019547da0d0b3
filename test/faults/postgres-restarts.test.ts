import { setTimeout as sleep } from 'node:timers/promises';
import {
  type FaultGround,
  expectBefore,
  expectWhole,
  faultGround,
  midScan,
} from '../support/fault-ground.ts';
import { describeWithOwnPostgres, ownPostgres } from '../support/own-postgres.ts';
import { type OwnServer } from '../support/own-server.ts';
import { describeWithRedis } from '../support/redis.ts';

jest.setTimeout(90_000);

/** How the scan fares when the server of the store is killed and recovers. */
function describeRestart(queueUrlOf: (server: OwnServer) => string): void {
  let server: OwnServer;
  let ground: FaultGround;
  beforeEach(async () => {
    server = await ownPostgres();
    ground = await faultGround({ databaseUrl: server.url, queueUrl: queueUrlOf(server) });
  });
  afterEach(async () => {
    await ground.close();
    await server.close();
  });

  test('the scan waits for it, goes on, and gives no account up', async () => {
    for (const concurrency of [1, 2]) await ground.work({ concurrency, stallMs: 2_000 });
    const runId = await midScan(ground);
    await server.kill();
    await sleep(3_000);
    expect(ground.log.join('')).toContain('the database server does not answer');
    await server.start();
    await expectBefore(ground, runId);
    await expectWhole(ground, runId);
  });
}

describeWithOwnPostgres('a PostgreSQL that is restarted in mid-scan, with the queue on it', () =>
  describeRestart(({ url }) => url),
);

describeWithOwnPostgres('a PostgreSQL that is restarted in mid-scan', () =>
  describeWithRedis('with the queue on Redis', (url) => describeRestart(() => url)),
);
