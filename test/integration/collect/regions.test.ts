/** What a scan says of Regions that it did not look into, and what comes of it. */
import { snapshotHeader } from '@denyscope/collect';
import { startFakeAws, type FakeAws, type FakeAwsOptions } from '@denyscope/fake-aws';
import { buildEstate } from '@denyscope/inventory';
import { compileEstate, explain } from '@denyscope/matrix';
import type { SnapshotLine } from '@denyscope/model';
import { scanAll, type ScanOptions } from './scan.ts';

jest.setTimeout(60_000);

const OWNER = '111122223333';
const KEY = `arn:aws:kms:eu-central-1:${OWNER}:key/k`;
const ROLE = `arn:aws:iam::${OWNER}:role/reader`;
const TAKEN_AT = '2026-11-22T02:00:00Z';
const everything = (actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });

/** An account with a bucket in eu-central-1, whose default key is there too. */
const lines: readonly SnapshotLine[] = [
  { kind: 'organization', data: { Id: 'o-1', MasterAccountId: OWNER, EnabledPolicyTypes: [] } },
  { kind: 'root', data: { Id: 'r-1' } },
  {
    kind: 'account',
    accountId: OWNER,
    data: {
      Id: OWNER,
      Status: 'ACTIVE',
      State: 'ACTIVE',
      ParentId: 'r-1',
      EnabledRegions: ['eu-west-1', 'eu-central-1'],
    },
  },
  {
    kind: 'iam-role',
    accountId: OWNER,
    data: {
      RoleName: 'reader',
      Arn: ROLE,
      Path: '/',
      InstanceProfileList: [
        {
          InstanceProfileName: 'web',
          Arn: `arn:aws:iam::${OWNER}:instance-profile/web`,
          Roles: [{ RoleName: 'reader', Arn: ROLE }],
        },
      ],
      AssumeRolePolicyDocument: everything(['sts:AssumeRole']),
      RolePolicyList: [{ PolicyName: 'p', PolicyDocument: everything(['s3:*', 'kms:*']) }],
      AttachedManagedPolicies: [],
    },
  },
  {
    kind: 'bucket',
    accountId: OWNER,
    region: 'eu-central-1',
    data: {
      Name: 'far-bucket',
      BucketRegion: 'eu-central-1',
      Owner: { ID: 'me' },
      Grants: [],
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      Payer: 'BucketOwner',
      AbacStatus: { Status: 'Disabled' },
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }],
      },
    },
  },
  {
    kind: 'kms-key',
    accountId: OWNER,
    region: 'eu-central-1',
    data: {
      KeyMetadata: { KeyId: 'k', Arn: KEY, KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: OWNER }, Action: 'kms:*', Resource: '*' }],
      }),
    },
  },
];

let aws: FakeAws | undefined;
afterEach(async () => {
  await aws?.close();
});

async function scanned(
  options: ScanOptions = {},
  served: Partial<FakeAwsOptions> = {},
): Promise<readonly SnapshotLine[]> {
  const header = snapshotHeader(TAKEN_AT, 'demo');
  aws = await startFakeAws({ snapshot: { header, lines }, ...served });
  return scanAll(aws, options);
}

const regionGaps = (found: readonly SnapshotLine[]) =>
  found
    .filter(({ data }) => data['step'] === 'scan:Region')
    .map(({ region, data }) => `${region ?? ''} ${String(data['reason'])}`);

function answerOf(found: readonly SnapshotLine[]) {
  const compiled = compileEstate(buildEstate(snapshotHeader(TAKEN_AT), found));
  const request = { principal: ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::far-bucket/x' };
  const explained = explain(compiled, request, { id: '1', finishedAt: TAKEN_AT });
  if (!explained.ok) throw new Error(explained.problem.message);
  return explained.answer;
}

test('a whole scan has no such gap, and reads the key; roles keep the instances that wear them', async () => {
  const found = await scanned();
  expect(regionGaps(found)).toEqual([]);
  expect(answerOf(found).verdict).toBe('allowed');
  expect(found.find(({ kind }) => kind === 'iam-role')?.data['InstanceProfileList']).toMatchObject([
    { InstanceProfileName: 'web', Roles: [{ RoleName: 'reader' }] },
  ]);
});

test('a key in a Region that was left out is unknown, never absent, and the gap is named', async () => {
  const found = await scanned({ regions: ['eu-west-1'] });
  expect(regionGaps(found)).toEqual(['eu-central-1 Excluded']);
  expect(found.find(({ kind }) => kind === 'account')?.data['EnabledRegions']).toEqual([
    'eu-west-1',
    'eu-central-1',
  ]);
  const { verdict, missing } = answerOf(found);
  expect(verdict).toBe('unknown');
  expect(missing).toContainEqual({
    document: `${KEY}#policy`,
    reason: 'the key is not in the scan: scan:Region Excluded',
  });
});

test('a Region that is not enabled and holds a bucket all the same is unreachable, not absent', async () => {
  const off = lines.map((line) =>
    line.kind === 'account' ? { ...line, data: { ...line.data, EnabledRegions: ['eu-west-1'] } } : line,
  );
  const header = snapshotHeader(TAKEN_AT, 'demo');
  const found = await scanned(
    { maxAttempts: 2 },
    {
      snapshot: { header, lines: off },
      faults: [{ kind: 'region-disabled', region: 'eu-central-1' }],
    },
  );
  expect(regionGaps(found)).toEqual(['eu-central-1 RegionDisabled']);
  expect(found.find(({ kind }) => kind === 'bucket')?.unreadable).toContainEqual(
    expect.objectContaining({ field: 'Policy', reason: 'RegionDisabled' }),
  );
  expect(answerOf(found).verdict).toBe('unknown');
});

test('where nobody tells which Regions are enabled, those of all accounts are looked into', async () => {
  const found = await scanned({}, { faults: [{ kind: 'deny', on: 'ec2:DescribeRegions' }] });
  const gaps = found.filter(({ kind }) => kind === 'coverage').map(({ data }) => data['step']);
  expect(gaps).toEqual(['ec2:DescribeRegions']);
  expect(answerOf(found).verdict).toBe('allowed');
});

test('a wanted Region that the account has not enabled has nothing to be read', async () => {
  const found = await scanned({ regions: ['eu-west-1', 'eu-central-1', 'ap-south-2'] });
  expect(found.filter(({ kind }) => kind === 'coverage')).toEqual([]);
});
