import { randomBytes } from 'node:crypto';
import { type Fault, type FakeAws, startFakeAws } from '@denyscope/fake-aws';
import { buildEstate, snapshotsEqual } from '@denyscope/inventory';
import { compileEstate, explain } from '@denyscope/matrix';
import { type SnapshotLine } from '@denyscope/model';
import { type RunScope, type Store, StoreError, openStore } from '@denyscope/store';
import { DEMO_STORIES, PRESETS, demoWorld, generateWorld } from '@denyscope/worlds';
import { type Worker } from '@denyscope/worker';
import {
  type Ground,
  SCANNER,
  accessTo,
  begin,
  ended,
  linesOf,
  until,
  workerOn,
} from '../support/live-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { describeWithRedis } from '../support/redis.ts';
import { differences } from './collect/scan.ts';

jest.setTimeout(90_000);

const demo = demoWorld();
const PAYMENTS = '888899990000';
const WEB = '777788889999';

/** What scans do, whatever keeps the queue. */
function describeScans(urlOf: (database: TestDatabase) => string): void {
  let database: TestDatabase;
  let store: Store;
  let ground: Ground;
  const opened: { readonly close: () => Promise<void> }[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openStore({ databaseUrl: database.url });
    const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
    ground = { store, queueUrl: urlOf(database), queuePrefix };
  });
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.close();
    await store.close();
    await database.drop();
  });
  const hold = async <T extends { readonly close: () => Promise<void> }>(opening: Promise<T>): Promise<T> => {
    const one = await opening;
    opened.push(one);
    return one;
  };
  const serve = (faults: readonly Fault[] = []): Promise<FakeAws> =>
    hold(startFakeAws({ snapshot: demo, scannerAccountId: SCANNER, faults }));
  const work = (aws: FakeAws, more: object = {}): Promise<Worker> =>
    hold(workerOn(ground, { ...accessTo(aws), ...more }));

  async function scanned(scope?: RunScope): Promise<readonly SnapshotLine[]> {
    return linesOf(store, await ended(store, await begin(ground, scope)));
  }

  test('the demo organization is scanned as it is served, and stays the same in a second scan', async () => {
    await work(await serve());
    const lines = await scanned();
    expect(differences(demo.lines, lines)).toEqual([]);
    const scan = await store.latestScan();
    expect(scan).toMatchObject({ id: 1, source: 'demo' });
    const { header } = await store.readScan(1);
    expect(snapshotsEqual({ header, lines }, { header, lines: demo.lines })).toBe(true);
    expect(await scanned()).toEqual(lines);
    expect(await store.latestScan()).toMatchObject({ opened: 0, closed: 0, documents: 0 });
    expect((await store.latestRun())?.progress).toMatchObject({ waiting: 0, failed: 1, skipped: 1 });
  });

  test.each([1, 2])('generated organization %i is scanned as it is served', async (seed) => {
    const world = generateWorld({ ...PRESETS.tiny, seed, accounts: 4, oddity: 0 });
    await work(await hold(startFakeAws({ snapshot: world })));
    expect(differences(world.lines, await scanned())).toEqual([]);
  });

  test('its answers are those of the imported snapshot', async () => {
    await work(await serve());
    const header = { ...demo.header, source: 'demo' as const };
    const answers = [demo.lines, await scanned()].map((lines) => {
      const compiled = compileEstate(buildEstate(header, lines));
      return DEMO_STORIES.map(({ question }) => explain(compiled, question, { id: '1', finishedAt: 'then' }));
    });
    expect(answers[1]).toEqual(answers[0]);
  });

  test('faults become gaps that are named, and the scan completes', async () => {
    const denied = demo.lines.find(
      ({ kind, accountId, data }) =>
        kind === 'bucket' && accountId !== PAYMENTS && accountId !== WEB && data['Policy'] !== undefined,
    );
    const bucket = String(denied?.data['Name']);
    const aws = await serve([
      { kind: 'deny', on: 'sts:AssumeRole', accountId: WEB, message: 'not you' },
      { kind: 'deny', on: 's3:GetBucketPolicy', resource: bucket, message: 'locked out' },
      { kind: 'deny', on: ['s3:*', 'kms:*'], accountId: PAYMENTS },
      { kind: 'throttle', rate: 0.1 },
    ]);
    await work(aws, { maxAttempts: 10 });
    const runId = await begin(ground);
    const run = await ended(store, runId, 240_000);
    expect(run).toMatchObject({ status: 'published', progress: { waiting: 0, failed: 2 } });
    const parts = await store.runParts(runId);
    expect(parts.find(({ part }) => part === WEB)).toMatchObject({
      status: 'failed',
      reason: 'AccessDenied',
    });
    expect(parts.find(({ part }) => part === PAYMENTS)?.gaps).toBeGreaterThan(0);
    const lines = await linesOf(store, run);
    const elsewhere = differences(demo.lines, lines).filter(
      (line) => !line.includes(WEB) && !line.includes(PAYMENTS),
    );
    expect(elsewhere.map((line) => line.replace(/ .* /, ' '))).toEqual(['~ Policy', '~ unreadable']);
    const { header } = await store.readScan(run.scanId ?? 0);
    const compiled = compileEstate(buildEstate(header, lines));
    const asked = explain(
      compiled,
      {
        principal: `arn:aws:iam::${WEB}:role/nobody-knows`,
        action: 's3:GetObject',
        resource: `arn:aws:s3:::${bucket}/x`,
      },
      { id: '1', finishedAt: 'then' },
    );
    expect(asked).toMatchObject({ ok: true, answer: { verdict: 'unknown' } });
  }, 300_000);

  test('an account whose job fails for good is a gap, and the scan completes', async () => {
    const refused = new StoreError('refused', 'the database server refuses the privilege');
    const stagePart: Store['stagePart'] = (runId, part, lines) =>
      part === PAYMENTS ? Promise.reject(refused) : store.stagePart(runId, part, lines);
    await hold(workerOn({ ...ground, store: { ...store, stagePart } }, accessTo(await serve())));
    const lines = await scanned();
    const { code: reason, message } = refused;
    expect(lines.filter(({ kind, accountId }) => kind === 'coverage' && accountId === PAYMENTS)).toEqual([
      { kind: 'coverage', accountId: PAYMENTS, data: { step: 'sts:AssumeRole', reason, message } },
    ]);
    expect((await store.latestRun())?.progress).toMatchObject({ waiting: 0, failed: 2 });
  });

  test('a second scan while one runs is refused, and a cancelled one leaves nothing', async () => {
    const before = await store.importSnapshot(demo.header, served(demo.lines));
    await work(await serve([{ kind: 'latency', milliseconds: 150 }]));
    const runId = await begin(ground);
    await expect(begin(ground)).rejects.toThrow('is running');
    await until(store, runId, { reached: ({ progress }) => progress.complete > 0 });
    expect(await store.cancelRun(runId)).toMatchObject({ status: 'cancelled' });
    expect(await store.latestScan()).toEqual(before);
    const again = await begin(ground, { accounts: [SCANNER] });
    expect(await ended(store, again)).toMatchObject({ status: 'published', progress: { complete: 1 } });
    expect(await store.runState(runId)).toMatchObject({ status: 'cancelled', scanId: undefined });
  });

  test('a worker for a real organization does not touch a run over the demo, and ends it', async () => {
    const aws = await serve();
    await hold(workerOn(ground, { ...accessTo(aws), source: 'aws' }));
    const run = await ended(store, await begin(ground));
    expect(run).toMatchObject({ status: 'failed' });
    expect(aws.calls()).toEqual([]);
  });

  test('a scan of some accounts says of the others that they were left out', async () => {
    await work(await serve());
    const lines = await scanned({ accounts: [SCANNER], regions: ['eu-west-1'] });
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    expect(new Set(of('iam-role').map(({ accountId }) => accountId))).toEqual(new Set([SCANNER]));
    expect(of('account')).toHaveLength(demo.lines.filter(({ kind }) => kind === 'account').length);
    const excluded = of('coverage').filter(({ data }) => data['reason'] === 'Excluded');
    const inRegions = excluded.filter(({ region }) => region !== undefined);
    const places = inRegions.map(({ accountId, region }) => `${accountId ?? ''} ${region ?? ''}`);
    expect(new Set(places)).toEqual(new Set([`${SCANNER} eu-central-1`, `${SCANNER} us-east-1`]));
    expect(excluded).toHaveLength(of('account').length - 2 + inRegions.length);
  });

  test('an organization that cannot be listed ends the scan, and what was known stays', async () => {
    const before = await store.importSnapshot(demo.header, served(demo.lines));
    const aws = await serve([{ kind: 'deny', on: 'organizations:*' }]);
    await work(aws);
    const runId = await begin(ground);
    await until(store, runId, { reached: () => aws.calls().length > 0 });
    expect(await store.latestScan()).toEqual(before);
    await store.cancelRun(runId);
  });
}

async function* served(lines: readonly SnapshotLine[]): AsyncGenerator<SnapshotLine> {
  yield* lines;
}

describe('a live scan with the queue on PostgreSQL', () => describeScans(({ url }) => url));
describeWithRedis('a live scan with the queue on Redis', (url) => describeScans(() => url));
