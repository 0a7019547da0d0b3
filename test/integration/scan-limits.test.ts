import { setTimeout as sleep } from 'node:timers/promises';
import { type Fault } from '@denyscope/fake-aws';
import { generateWorld } from '@denyscope/worlds';
import { sql } from '../support/database.ts';
import { type FaultGround, SMALL, expectBefore, expectWhole, faultGround } from '../support/fault-ground.ts';
import { ended, linesOf, until } from '../support/live-scan.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(90_000);

const world = generateWorld(SMALL);
const lines = [...world.lines];
const manager = lines.find(({ kind }) => kind === 'organization')?.data['MasterAccountId'];
const dead =
  lines.find(({ kind, accountId }) => kind === 'account' && accountId !== manager)?.accountId ?? '';
const HANGING: Fault = { kind: 'hang', on: ['s3:*', 'kms:*'], accountId: dead };

describe('how long a scan may take', () => {
  let database: TestDatabase;
  let ground: FaultGround;
  const open = async (faults: readonly Fault[]): Promise<void> => {
    database = await createTestDatabase();
    ground = await faultGround({ databaseUrl: database.url, queueUrl: database.url }, { faults });
  };
  afterEach(async () => {
    await ground.close();
    await database.drop();
  });

  /** Calls that were made from now on, after a moment. */
  async function callsFromNowOn(): Promise<number> {
    const before = ground.aws.calls().length;
    await sleep(1_000);
    return ground.aws.calls().length - before;
  }

  test('what was not read within the limit of a scan is a gap, and the rest is published', async () => {
    await open([HANGING]);
    await ground.work();
    const runId = await ground.begin();
    await until(ground.store, runId, { reached: ({ progress }) => progress.waiting === 1 });
    await expectBefore(ground, runId);
    await ground.work({ limitMs: 1 });
    const run = await expectWhole(ground, runId, new RegExp(`^[-+~] \\S+ ${dead} `));
    const gaps = (await linesOf(ground.store, run)).filter(
      ({ kind, accountId }) => kind === 'coverage' && accountId === dead,
    );
    const message = 'not read within the limit of 0 minutes for a scan';
    expect(gaps.map(({ data }) => data)).toEqual([{ step: 'sts:AssumeRole', reason: 'ScanLimit', message }]);
    await sleep(1_000);
    expect(await callsFromNowOn()).toBe(0);
  });

  test('a scan that cannot even list its accounts in time fails, and says why', async () => {
    await open([{ kind: 'hang', on: 'organizations:*' }]);
    await ground.work({ limitMs: 2_000 });
    const run = await ended(ground.store, await ground.begin());
    expect(run.status).toBe('failed');
    expect(run.reason).toContain('could not list its accounts');
    expect(await ground.store.latestScan()).toEqual(ground.before());
  });

  test('a scan that is cancelled stops within seconds, and leaves nothing staged', async () => {
    await open([HANGING]);
    await ground.work();
    const runId = await ground.begin();
    await until(ground.store, runId, { reached: ({ progress }) => progress.waiting === 1 });
    expect(await stagedLines()).toBeGreaterThan(0);
    await ground.store.cancelRun(runId);
    await sleep(2_000);
    expect(await callsFromNowOn()).toBe(0);
    expect(await stagedLines()).toBe(0);
    expect(await ground.store.latestScan()).toEqual(ground.before());
  });

  async function stagedLines(): Promise<number> {
    const rows = await sql<{ readonly lines: number }>(
      database.url,
      'select count(*)::int as lines from denyscope.staged_line',
    );
    return rows[0]?.lines ?? 0;
  }
});
