import { describeReads, requiredActions, snapshotHeader, type ObservedCall } from '@denyscope/collect';
import { startFakeAws, type FakeAws, type FakeAwsOptions } from '@denyscope/fake-aws';
import { snapshotsEqual } from '@denyscope/inventory';
import type { SnapshotLine } from '@denyscope/model';
import { demoWorld, generateWorld, PRESETS } from '@denyscope/worlds';
import { differences, scanAll, type ScanOptions } from './scan.ts';

jest.setTimeout(120_000);

const header = snapshotHeader('2026-11-21T02:00:00Z');
const demo = demoWorld();
const SCANNER = '222233334444';

/** Accounts of the demo organization. */
const PAYMENTS = '888899990000';
const ANALYTICS = '666677778888';
const WEB = '777788889999';

const open: FakeAws[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((aws) => aws.close()));
});

async function serve(options: FakeAwsOptions): Promise<FakeAws> {
  const aws = await startFakeAws(options);
  open.push(aws);
  return aws;
}

async function scanDemo(
  faults: FakeAwsOptions['faults'],
  options: ScanOptions = {},
): Promise<readonly SnapshotLine[]> {
  const aws = await serve({ snapshot: demo, scannerAccountId: SCANNER, faults });
  return scanAll(aws, options);
}

const tiny = (seed: number, oddity = 0) => generateWorld({ ...PRESETS.tiny, seed, accounts: 4, oddity });

test('a scan of the demo organization is the snapshot that was served', async () => {
  const lines = await scanDemo([]);
  expect(differences(demo.lines, lines)).toEqual([]);
  expect(snapshotsEqual({ header, lines: demo.lines }, { header, lines })).toBe(true);
});

test('a whole scan makes every read of the table, and no other', async () => {
  const calls: ObservedCall[] = [];
  await scanDemo([], { observe: (call) => calls.push(call) });
  const made = new Set(calls.map(({ service, operation }) => `${service} ${operation}`));
  const rows = describeReads().matchAll(/^\| ([a-z0-9-]+ [A-Za-z]+)/gm);
  const table = new Set(Array.from(rows, ([, read = '']) => read));
  // How the roles are entered; the scanner's own policy allows it, not theirs.
  expect([...made].filter((read) => !table.has(read))).toEqual(['sts AssumeRole']);
  // The one is asked before a scan, the other only where the list of buckets does not tell the Region.
  expect([...table].filter((read) => !made.has(read))).toEqual([
    'sts GetCallerIdentity',
    's3 GetBucketLocation',
  ]);
});

test.each([1, 2, 3, 4, 5])(
  'a scan of generated organization %i is the snapshot that was served',
  async (seed) => {
    const world = tiny(seed);
    const lines = await scanAll(await serve({ snapshot: world }));
    expect(differences(world.lines, lines)).toEqual([]);
  },
);

test('a scan of what was scanned is the same again, whatever was odd about the first', async () => {
  const first = await scanAll(await serve({ snapshot: tiny(6, 0.3) }));
  const second = await scanAll(await serve({ snapshot: { header, lines: first } }));
  expect(differences(first, second).filter((line) => !EVERY_KEY_OR_NONE.test(line))).toEqual([]);
});

/** Aliases come in one list a Region, so one key's cannot be unreadable while the others' are read. */
const EVERY_KEY_OR_NONE = /^~ kms-key .* (?:Aliases|unreadable)$/;

/** What cannot make the way over AWS's wire: see the comment of each. */
const LOST = [
  // SDK clients read the members that they know.
  / FieldOfTomorrow$/,
  // Nothing serves a kind that nobody knows.
  /^- table-bucket /,
  // Documents are text on the wire; the snapshot may hold them as objects.
  / (?:Policy|PolicyDocument|AssumeRolePolicyDocument)$/,
  // A throttled call is retried, and what is throttled to the end has one reason in every service: `Throttled`.
  / unreadable$/,
  EVERY_KEY_OR_NONE,
];

test.each([7, 8, 9])('of odd organization %i, only what AWS cannot say is lost', async (seed) => {
  const world = tiny(seed, 0.3);
  const lines = await scanAll(await serve({ snapshot: world }), { maxAttempts: 2 });
  const unexplained = differences(world.lines, lines).filter(
    (line) => !LOST.some((pattern) => pattern.test(line)),
  );
  expect(unexplained).toEqual([]);
});

test('one account denied, one policy denied and one account hanging leave exactly their gaps', async () => {
  const isRead = ({ accountId, data }: SnapshotLine) =>
    accountId === ANALYTICS && data['Policy'] !== undefined;
  const bucket = String(demo.lines.find((line) => line.kind === 'bucket' && isRead(line))?.data['Name']);
  const lines = await scanDemo(
    [
      { kind: 'deny', on: 'sts:AssumeRole', accountId: WEB, message: 'not you' },
      { kind: 'deny', on: 's3:GetBucketPolicy', resource: bucket, message: 'locked out' },
      { kind: 'hang', on: ['s3:*', 'kms:*'], accountId: PAYMENTS },
    ],
    { deadlines: { [PAYMENTS]: 30_000 } },
  );
  const before = differences(demo.lines, lines);
  const elsewhere = before.filter((line) => !line.includes(WEB) && !line.includes(PAYMENTS));
  expect(elsewhere.map((line) => line.replace(/ .* /, ' '))).toEqual(['~ Policy', '~ unreadable']);
  expect(lines.find(({ data }) => data['Name'] === bucket)).toMatchObject({
    unreadable: [{ field: 'Policy', reason: 'AccessDenied', message: 'locked out' }],
  });
  expect(gapsOf(lines, WEB)).toEqual(['sts:AssumeRole AccessDenied']);
  expect(kindsOf(lines, WEB)).toEqual(['account', 'coverage']);
  expect(gapsOf(lines, ANALYTICS)).toEqual([]);
  expect(new Set(gapsOf(lines, PAYMENTS))).toEqual(
    new Set(['s3:ListBuckets Timeout', 'kms:ListKeys Timeout', 'kms:ListAliases Timeout']),
  );
  expect(kindsOf(lines, PAYMENTS)).toContain('iam-role');
});

function gapsOf(lines: readonly SnapshotLine[], accountId: string): readonly string[] {
  return lines
    .filter((line) => line.kind === 'coverage' && line.accountId === accountId)
    .map(({ data }) => `${String(data['step'])} ${String(data['reason'])}`);
}

function kindsOf(lines: readonly SnapshotLine[], accountId: string): readonly string[] {
  return [
    ...new Set(lines.filter((line) => line.accountId === accountId).map(({ kind }) => kind)),
  ].toSorted();
}

test('what is throttled, reset, refused for its age or late for a while is read all the same', async () => {
  const world = tiny(1);
  const aws = await serve({
    snapshot: world,
    faults: [
      { kind: 'throttle', rate: 0.2 },
      { kind: 'reset', rate: 0.05 },
      { kind: 'expired', rate: 0.02 },
      { kind: 'latency', milliseconds: 2 },
    ],
  });
  const calls: ObservedCall[] = [];
  const lines = await scanAll(aws, { observe: (call) => calls.push(call), maxAttempts: 10 });
  expect(differences(world.lines, lines)).toEqual([]);
  expect(aws.calls().length).toBeGreaterThan(calls.length);
});

test('what is throttled to the end is a gap of that name', async () => {
  const world = tiny(1);
  const aws = await serve({ snapshot: world, faults: [{ kind: 'throttle', on: 'kms:ListKeys' }] });
  const lines = await scanAll(aws, { maxAttempts: 1 });
  const reasons = lines.filter(({ kind }) => kind === 'coverage').map(({ data }) => data['reason']);
  expect(new Set(reasons)).toEqual(new Set(['Throttled']));
  expect(lines.some(({ kind }) => kind === 'kms-key')).toBe(false);
});

test('a Region that is not enabled is a gap, and its buckets keep their lines', async () => {
  const lines = await scanDemo([{ kind: 'region-disabled', region: 'eu-central-1' }]);
  const gaps = lines.filter(({ kind, region }) => kind === 'coverage' && region === 'eu-central-1');
  expect(new Set(gaps.map(({ data }) => data['reason']))).toEqual(new Set(['RegionDisabled']));
  const bucket = lines.find(({ data }) => data['Name'] === 'example-payments-dr-frankfurt');
  expect(bucket?.unreadable).toContainEqual(
    expect.objectContaining({ field: 'Policy', reason: 'RegionDisabled' }),
  );
});

test('a bucket that is deleted during the scan is dropped; one odd answer drops none', async () => {
  const gone = { kind: 'error', status: 404, code: 'NoSuchBucket' } as const;
  const lines = await scanDemo([
    { ...gone, on: 's3:GetBucket*', resource: 'example-access-logs' },
    { ...gone, on: 's3:GetBucketAbac', resource: 'example-security-reports' },
  ]);
  const bucketNamed = (name: string) => lines.find(({ data }) => data['Name'] === name);
  expect(bucketNamed('example-access-logs')).toBeUndefined();
  expect(bucketNamed('example-security-reports')).toMatchObject({
    unreadable: [{ field: 'AbacStatus', reason: 'NoSuchBucket' }],
  });
});

test('the role is entered once an account, with the external id, and nothing is called that the table lacks', async () => {
  const world = tiny(2);
  const aws = await serve({ snapshot: world, externalId: 'denyscope-42' });
  const refused = await scanAll(aws);
  expect(refused.filter(({ data }) => data['step'] === 'sts:AssumeRole').length).toBeGreaterThan(0);
  const before = aws.calls().length;
  const lines = await scanAll(aws, { externalId: 'denyscope-42' });
  expect(differences(world.lines, lines)).toEqual([]);
  const calls = aws.calls().slice(before);
  const entered = calls
    .filter(({ operation }) => operation === 'AssumeRole')
    .map(({ accountId }) => accountId);
  expect(entered).toHaveLength(new Set(entered).size);
  const actions = calls.filter(({ service }) => service === 'kms' || service === 'ec2' || service === 'iam');
  for (const { service, operation } of actions)
    expect(requiredActions()).toContain(`${service}:${operation}`);
});
