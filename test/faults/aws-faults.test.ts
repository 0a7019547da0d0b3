import { type Fault, type FakeAwsOptions } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { type RunRecord } from '@denyscope/store';
import { generateWorld } from '@denyscope/worlds';
import { type FaultGround, SMALL, expectBefore, expectWhole, faultGround } from '../support/fault-ground.ts';
import { linesOf } from '../support/live-scan.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(90_000);

const world = generateWorld({ ...SMALL, accounts: 3 });
const lines = [...world.lines];
const withPolicy = (kind: string): readonly SnapshotLine[] =>
  lines.filter((line) => line.kind === kind && line.data['Policy'] !== undefined);
const manager = lines.find(({ kind }) => kind === 'organization')?.data['MasterAccountId'];
/** An account with policies of every kind, which the organization is not read through. */
const dead = withPolicy('kms-key').find(
  ({ accountId }) => accountId !== manager && of(withPolicy('bucket'), accountId).length > 0,
)?.accountId;
/** Every line's name begins with its kind and its account. */
const ofDead = new RegExp(`^[-+~] \\S+ ${String(dead)} `);

/** The page of a proxy, half an answer, and nothing. */
const NONSENSE: readonly Fault[] = [
  ['iam:GetAccountAuthorizationDetails', '<html><body>Sign in</body></html>'],
  ['kms:GetKeyPolicy', '{"Policy": "{'],
  ['s3:GetBucketPolicy', ''],
].map(([on = '', body = '']) => ({ kind: 'malformed', on, body, accountId: dead ?? '' }));

describe('what AWS does to a scan', () => {
  let database: TestDatabase;
  let ground: FaultGround;
  const scanned = async (options: Partial<FakeAwsOptions>, access: object = {}): Promise<number> => {
    ground = await faultGround({ databaseUrl: database.url, queueUrl: database.url }, options);
    await ground.work({}, access);
    const runId = await ground.begin();
    await expectBefore(ground, runId);
    return runId;
  };
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => ground.close());
  afterAll(() => database.drop());

  test.each<readonly [string, Fault]>([
    ['throttles 30 % of all calls', { kind: 'throttle', rate: 0.3 }],
    ['resets 5 % of all connections', { kind: 'reset', rate: 0.05 }],
    ['lets credentials expire', { kind: 'expired', rate: 0.3, times: 1, on: ['s3:*', 'iam:*', 'kms:*'] }],
  ])('that %s: nothing is missing', async (_, fault) => {
    const runId = await scanned({ faults: [fault] }, { maxAttempts: 12 });
    await expectWhole(ground, runId);
    const disturbed = ground.aws.calls().filter(({ outcome }) => outcome !== 'ok');
    expect(disturbed.length).toBeGreaterThan(5);
  });

  test('an account that never answers is what is missing, and no other', async () => {
    const runId = await scanned(
      { faults: [{ kind: 'hang', accountId: dead ?? '' }] },
      { deadlineMs: 15_000 },
    );
    const run = await expectWhole(ground, runId, ofDead);
    expect(run.progress).toMatchObject({ failed: 1 });
    const read = (await linesOfDead(run)).map(told);
    expect(read.filter((what) => !OF_ORGANIZATION.has(what))).toEqual(['sts:AssumeRole Timeout']);
  });

  test('a policy that is no JSON is kept as it is', async () => {
    const [broken] = withPolicy('bucket');
    const data = { ...broken?.data, Policy: '{"Statement": [' };
    const served = lines.map((line) => (line === broken ? { ...line, data } : line));
    const runId = await scanned({ snapshot: { ...world, lines: served } });
    await expectWhole(ground, runId);
  });

  test('policies that are answered by something else are unreadable, never absent', async () => {
    const runId = await scanned({ faults: NONSENSE }, { maxAttempts: 2 });
    const run = await expectWhole(ground, runId, ofDead);
    const read = await linesOfDead(run);
    expect(read.map(told)).toContain('iam:GetAccountAuthorizationDetails InvalidResponse');
    expect(read.filter(({ kind }) => ['iam-user', 'iam-role'].includes(kind))).toEqual([]);
    for (const kind of ['bucket', 'kms-key']) {
      const all = read.filter((line) => line.kind === kind);
      expect(all).toHaveLength(of(lines, dead).filter((line) => line.kind === kind).length);
      expect(all.filter((line) => !isPolicyUnreadable(line))).toEqual([]);
    }
  });

  async function linesOfDead(run: RunRecord): Promise<readonly SnapshotLine[]> {
    return of(await linesOf(ground.store, run), dead);
  }
});

function of(among: readonly SnapshotLine[], accountId: string | undefined): readonly SnapshotLine[] {
  return among.filter((line) => line.accountId === accountId);
}

/** What the organization tells of an account without its help. */
const OF_ORGANIZATION: ReadonlySet<string> = new Set(['account', 'delegated-administrator']);

/** A line's kind, or the step that it says was not taken, and why. */
function told({ kind, data }: SnapshotLine): string {
  return kind === 'coverage' ? `${String(data['step'])} ${String(data['reason'])}` : kind;
}

function isPolicyUnreadable({ data, unreadable = [] }: SnapshotLine): boolean {
  const said = unreadable.find(({ field }) => field === 'Policy');
  return data['Policy'] === undefined && said?.reason === 'InvalidResponse';
}
