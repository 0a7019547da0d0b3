/** What is deleted while a scan runs, and what single services refuse or answer oddly (semantics.md H.6). */
import { startFakeAws, type FakeAws, type Fault } from '@denyscope/fake-aws';
import { buildEstate } from '@denyscope/inventory';
import type { SnapshotLine } from '@denyscope/model';
import { ANY_TEXT } from '../fake-aws-row.ts';
import { HEADER, LINES, MANAGEMENT, MEMBER, OTHER, TRAIL_ARN } from '../fake-aws-world.ts';
import { differences, scanAll } from './scan.ts';

jest.setTimeout(120_000);

let aws: FakeAws | undefined;
afterEach(async () => {
  await aws?.close();
});

async function scanned(
  faults: readonly Fault[] = [],
  lines: readonly SnapshotLine[] = LINES,
): Promise<readonly SnapshotLine[]> {
  aws = await startFakeAws({ snapshot: { header: HEADER, lines }, faults });
  const found = await scanAll(aws, { maxAttempts: 1 });
  await aws.close();
  return found;
}

const gone = (on: string, code: string, resource?: string): Fault => ({
  kind: 'error',
  status: 404,
  code,
  on,
  ...(resource !== undefined && { resource }),
});

test('what was listed and is deleted then is dropped, of every kind', async () => {
  const before = await scanned();
  const after = await scanned([
    gone('kms:*', 'NotFoundException', 'bare'),
    gone('s3:GetBucket*', 'NoSuchBucket', 'bare-bucket'),
    gone('s3-control:GetAccessPoint*', 'NoSuchAccessPoint', 'bare-point'),
    gone('s3-control:GetMultiRegionAccessPoint*', 'NoSuchMultiRegionAccessPoint', 'bare-mrap'),
    gone('cloudtrail:Get*', 'TrailNotFoundException'),
    gone('organizations:*', 'PolicyNotFoundException', 'p-one'),
    gone('organizations:ListDelegatedServicesForAccount', 'AccountNotRegisteredException'),
    gone('organizations:ListTagsForResource', 'TargetNotFoundException', OTHER),
  ]);
  const dropped = differences(before, after).filter((line) => !line.includes(` ${OTHER} eu-west-1 `));
  expect(dropped).toEqual([
    `- access-point ${MEMBER} eu-west-1 arn:aws:s3:eu-west-1:${MEMBER}:accesspoint/bare-point`,
    `- account ${OTHER}  ${OTHER}`,
    `- account-public-access-block ${OTHER}  `,
    `- bucket ${MEMBER} eu-west-1 bare-bucket`,
    `- delegated-administrator ${OTHER}  ${OTHER}`,
    `- kms-key ${MEMBER} eu-west-1 arn:aws:kms:eu-west-1:${MEMBER}:key/bare`,
    `- multi-region-access-point ${MEMBER}  bare-mrap.mrap`,
    '- organization-policy   p-one',
    `- trail ${MANAGEMENT} eu-west-1 ${TRAIL_ARN}`,
  ]);
});

test('one odd answer drops nothing: it is unreadable', async () => {
  const found = await scanned([
    gone('s3-control:GetMultiRegionAccessPointPolicyStatus', 'NoSuchMultiRegionAccessPoint', 'full-mrap'),
    gone('cloudtrail:GetEventSelectors', 'TrailNotFoundException'),
  ]);
  const ofKind = (kind: string) => found.filter((line) => line.kind === kind);
  const point = ofKind('multi-region-access-point').find(({ data }) => data['Name'] === 'full-mrap');
  expect(point).toMatchObject({
    data: { Policy: ANY_TEXT },
    unreadable: [{ field: 'PolicyStatus', reason: 'NoSuchMultiRegionAccessPoint' }],
  });
  expect(ofKind('trail')).toMatchObject([
    {
      data: { IsLogging: true },
      unreadable: [{ field: 'EventSelectors' }, { field: 'AdvancedEventSelectors' }],
    },
  ]);
});

test('a trail is told once, at home, however many Regions and accounts it reaches', async () => {
  const trails = (await scanned()).filter(({ kind }) => kind === 'trail');
  expect(trails.map(({ accountId, region }) => [accountId, region])).toEqual([[MANAGEMENT, 'eu-west-1']]);
  expect(trails[0]?.data).toMatchObject({
    TrailARN: TRAIL_ARN,
    IsLogging: true,
    EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object' }] }],
  });
});

test.each([
  ['deny', 'AccessDenied'],
  ['throttle', 'Throttled'],
] as const)('each list that is refused (%s) is a gap of its own', async (kind, reason) => {
  const on = [
    's3-control:ListMultiRegionAccessPoints',
    'ec2:DescribeRouteTables',
    'cloudtrail:DescribeTrails',
    'iam:ListSAMLProviders',
    'iam:ListOpenIDConnectProviders',
    'organizations:ListDelegatedAdministrators',
  ];
  const found = await scanned([{ kind, on }]);
  const gaps = found.filter(({ data }) => data['reason'] === reason).map(({ data }) => data['step']);
  const steps = on.map((call) => call.replace('s3-control', 's3'));
  expect([...new Set(gaps)].filter((step) => step !== 'sts:AssumeRole' && step !== 'kms:ListKeys')).toEqual(
    expect.arrayContaining(steps),
  );
  const kinds = new Set(found.map((line) => line.kind));
  for (const lost of ['multi-region-access-point', 'route-table', 'trail', 'identity-provider']) {
    expect(kinds).not.toContain(lost);
  }
});

test('S3 policies of the organization come as its accounts’ Block Public Access wants them', async () => {
  const enabled = LINES.map((line) =>
    line.kind === 'organization'
      ? { ...line, data: { ...line.data, EnabledPolicyTypes: ['S3_POLICY'] } }
      : line,
  );
  const policy: SnapshotLine = {
    kind: 'organization-policy',
    data: {
      Id: 'p-s3',
      Name: 'no public access',
      Type: 'S3_POLICY',
      AwsManaged: false,
      Content: '{"s3_attributes":{"public_access_block_configuration":{"@@assign":"all"}}}',
      TargetIds: ['ou-test-1'],
    },
  };
  const found = await scanned([], [...enabled, policy]);
  expect(found.filter(({ kind }) => kind === 'organization-policy')).toEqual([policy]);
  const header = { ...HEADER, collected: { 'organization-policy': ['Content', 'TargetIds'] } };
  const blocks = buildEstate(header, found).organizationPublicAccessBlocks;
  expect(blocks.get(MEMBER)).toEqual({ kind: 'seen', value: true });
  expect(blocks.get(MANAGEMENT)).not.toEqual({ kind: 'seen', value: true });
});
