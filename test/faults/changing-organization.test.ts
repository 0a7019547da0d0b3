import { type FakeAwsOptions } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { generateWorld } from '@denyscope/worlds';
import { type FaultGround, SMALL, expectWhole, faultGround, midScan } from '../support/fault-ground.ts';
import { linesOf } from '../support/live-scan.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(90_000);

const world = generateWorld(SMALL);
const lines = [...world.lines];
const manager = lines.find(({ kind }) => kind === 'organization')?.data['MasterAccountId'];
const late =
  lines.find(({ kind, accountId }) => kind === 'account' && accountId !== manager)?.accountId ?? '';

/** The same organization without the account, which no policy is attached to either. */
const smaller = lines
  .filter(({ accountId }) => accountId !== late)
  .map((line): SnapshotLine => {
    const targets = line.data['TargetIds'];
    if (!Array.isArray(targets)) return line;
    return { ...line, data: { ...line.data, TargetIds: targets.filter((target) => target !== late) } };
  });

describe('an organization that changes in mid-scan', () => {
  let database: TestDatabase;
  let ground: FaultGround;
  const scan = async (options: Partial<FakeAwsOptions>): Promise<number> => {
    database = await createTestDatabase();
    ground = await faultGround({ databaseUrl: database.url, queueUrl: database.url }, options);
    await ground.work({ concurrency: 1 });
    return midScan(ground);
  };
  afterEach(async () => {
    await ground.close();
    await database.drop();
  });

  test('an account that appears is scanned like all others', async () => {
    const runId = await scan({ snapshot: { ...world, lines: smaller } });
    ground.turnInto(lines);
    const run = await expectWhole(ground, runId);
    expect(run.progress.failed).toBe(0);
    expect(await ground.store.latestScan()).toMatchObject({ id: run.scanId });
  });

  test('an account that left and could not be read says so', async () => {
    const denied = { kind: 'deny', on: 'sts:AssumeRole', accountId: late } as const;
    const runId = await scan({ faults: [denied] });
    ground.turnInto(smaller);
    const run = await expectWhole({ ...ground, lines }, runId, new RegExp(`^[-+~] \\S+ ${late} `));
    expect(run.progress.failed).toBe(1);
    const gaps = (await linesOf(ground.store, run)).filter(
      ({ kind, accountId }) => kind === 'coverage' && accountId === late,
    );
    const message = 'the account left the organization during the scan';
    expect(gaps.map(({ data }) => data)).toEqual([
      { step: 'sts:AssumeRole', reason: 'AccountLeft', message },
    ]);
  });
});
