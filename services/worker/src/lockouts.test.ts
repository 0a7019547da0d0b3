import { type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { createLogger } from '@denyscope/ops';
import { lockedOut, withLockouts } from './lockouts.ts';

const ACCOUNT = '222233334444';
const header: SnapshotHeader = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'aws',
  collected: { bucket: ['Policy', 'TagSet'], 'organization-policy': ['Content', 'TargetIds'] },
};
const role = { roleName: 'reader' };
const everything = { Effect: 'Allow', Action: '*', Resource: '*' };
const document = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const reader: SnapshotLine = {
  kind: 'iam-role',
  accountId: ACCOUNT,
  data: {
    RoleName: 'reader',
    Arn: `arn:aws:iam::${ACCOUNT}:role/reader`,
    RolePolicyList: [{ PolicyName: 'all', PolicyDocument: document(everything) }],
  },
};
const account: SnapshotLine = { kind: 'account', accountId: ACCOUNT, data: { Id: ACCOUNT, ParentId: 'r-1' } };
const scp = (...statements: readonly object[]): SnapshotLine => ({
  kind: 'organization-policy',
  data: {
    Id: 'p-1',
    Type: 'SERVICE_CONTROL_POLICY',
    TargetIds: ['r-1', ACCOUNT],
    Content: document(everything, ...statements),
  },
});
const organization = (...statements: readonly object[]): readonly SnapshotLine[] => [
  {
    kind: 'organization',
    data: { Id: 'o-1', MasterAccountId: '111122223333', EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY'] },
  },
  { kind: 'root', data: { Id: 'r-1' } },
  scp(...statements),
];
const noTags = { Sid: 'NoTags', Effect: 'Deny', Action: 's3:GetBucketTagging', Resource: 'arn:aws:s3:::b-*' };
const bucket = (at: number, reason = 'AccessDenied'): SnapshotLine => ({
  kind: 'bucket',
  accountId: ACCOUNT,
  region: 'eu-west-1',
  data: { Name: `b-${at}`, BucketRegion: 'eu-west-1' },
  unreadable: [{ field: 'TagSet', reason, message: 'Access Denied' }],
});

const known = (...statements: readonly object[]) => ({
  accountId: ACCOUNT,
  header,
  role,
  organization: organization(...statements),
  scanner: undefined,
});
const told = (lines: readonly SnapshotLine[]) =>
  lines.filter(({ kind }) => kind === 'bucket').map(({ unreadable }) => unreadable?.[0]?.statement?.sid);

test('beyond the bound the same reads share what refused all of them', async () => {
  const buckets = Array.from({ length: 400 }, (_, at) => bucket(at));
  const lines = await lockedOut(known(noTags), [reader, account, ...buckets]);
  expect(new Set(told(lines))).toEqual(new Set(['NoTags']));
});

test('but not where some of them were not refused by it', async () => {
  const some = { ...noTags, Resource: 'arn:aws:s3:::b-1*' };
  const buckets = Array.from({ length: 400 }, (_, at) => bucket(at));
  const lines = told(await lockedOut(known(some), [reader, account, ...buckets]));
  expect(lines.slice(0, 3)).toEqual([undefined, 'NoTags', undefined]);
  expect(lines.slice(200)).toEqual(Array.from({ length: 200 }, () => undefined));
});

test('what was not refused, or by a role that nobody listed, stays as it is', async () => {
  const throttled = [reader, account, bucket(1, 'Throttled')];
  expect(await lockedOut(known(noTags), throttled)).toEqual(throttled);
  const roleless = [
    { ...reader, data: { ...reader.data, RoleName: 'x', Arn: 'arn:aws:iam::222233334444:role/x' } },
  ];
  expect(await lockedOut(known(noTags), [...roleless, account, bucket(1)])).toEqual([
    ...roleless,
    account,
    bucket(1),
  ]);
});

test('a store that fails costs the lines nothing', async () => {
  const log: string[] = [];
  const logger = createLogger({
    level: 'warn',
    name: 'w',
    destination: { write: (line) => void log.push(line) },
  });
  const stagedOrganization = () => Promise.reject(new Error('away'));
  const lines = [reader, account, bucket(1)];
  const place = { runId: 1, accountId: ACCOUNT, header };
  expect(await withLockouts({ store: { stagedOrganization }, role, logger }, place, lines)).toBe(lines);
  expect(log.join('')).toContain('what locked the scanner out was not found');
  const unharmed = [reader, account];
  expect(await withLockouts({ store: { stagedOrganization }, role, logger }, place, unharmed)).toBe(unharmed);
  expect(log).toHaveLength(1);
});
