import { randomBytes } from 'node:crypto';
import { snapshotHeader } from '@denyscope/collect';
import { type Fault, startFakeAws } from '@denyscope/fake-aws';
import { buildEstate, openLedger } from '@denyscope/inventory';
import { compileEstate, explain, whoCan } from '@denyscope/matrix';
import { type SnapshotLine } from '@denyscope/model';
import { type Store, openStore } from '@denyscope/store';
import { accessTo, begin, ended, linesOf, workerOn } from '../support/live-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import {
  BOUNDARY,
  BRANCH,
  KEY,
  MEMBER,
  ORGANIZATION,
  SCANNER_ROLE,
  WORLD,
  rcpArn,
  scpArn,
} from './lockout-world.ts';

jest.setTimeout(90_000);

const scanner = `arn:aws:sts::${ORGANIZATION}:assumed-role/scanner/scan`;
const BY_SCP = `User: ${SCANNER_ROLE} is not authorized to perform: s3:GetBucketWebsite with an explicit deny in a service control policy: ${scpArn('p-fence')}`;
const AT_THE_DOOR = `User: ${scanner} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${BRANCH}:role/DenyscopeScanner`;

/** AWS answers AccessDenied where the policies of the world say so, and twice where they do not. */
const FAULTS: readonly Fault[] = [
  { kind: 'deny', on: 's3:GetBucketPolicy', resource: 'vault-1' },
  { kind: 'deny', on: 's3:GetBucketAcl', resource: 'sealed' },
  { kind: 'deny', on: 's3:GetBucketLogging', resource: 'fenced' },
  { kind: 'deny', on: 's3:GetBucketVersioning', resource: 'walled' },
  { kind: 'deny', on: ['s3:GetBucketPolicy', 's3:GetBucketPolicyStatus'], resource: 'shut' },
  { kind: 'deny', on: 's3:GetBucketTagging', accountId: MEMBER },
  { kind: 'deny', on: 's3:GetBucketEncryption', resource: 'open' },
  { kind: 'deny', on: 's3:GetBucketWebsite', resource: 'open', message: BY_SCP },
  { kind: 'deny', on: 's3:GetBucketReplication', accountId: MEMBER, resource: 'open' },
  { kind: 'deny', on: 'kms:GetKeyPolicy', accountId: MEMBER },
  { kind: 'deny', on: 'ec2:DescribeVpcs', region: 'eu-west-1', accountId: MEMBER },
  { kind: 'deny', on: 'sts:AssumeRole', accountId: BRANCH, message: AT_THE_DOOR },
];

let database: TestDatabase;
let store: Store;
let lines: readonly SnapshotLine[];
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
  const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
  const ground = { store, queueUrl: database.url, queuePrefix };
  const header = snapshotHeader('2026-11-21T02:00:00Z', 'demo');
  const aws = await startFakeAws({ snapshot: { header, lines: WORLD }, faults: FAULTS });
  const worker = await workerOn(ground, accessTo(aws));
  try {
    lines = await linesOf(store, await ended(store, await begin(ground)));
  } finally {
    await worker.close();
    await aws.close();
  }
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

const unread = (name: string, field: string) =>
  lines
    .find(({ kind, data }) => kind === 'bucket' && data['Name'] === name)
    ?.unreadable?.find((entry) => entry.field === field);

test('an SCP above the account is told, by its statement and the unit that it hangs on', () => {
  expect(unread('vault-1', 'Policy')).toMatchObject({
    reason: 'AccessDenied',
    statement: {
      document: scpArn('p-guard'),
      layer: 'scp',
      effect: 'Deny',
      sid: 'DenyS3Reads',
      path: '/Statement/0',
      attachedTo: 'ou-1',
    },
  });
});

test.each([
  ['an RCP', 'sealed', 'Grants', { document: rcpArn('p-seal'), layer: 'rcp', sid: 'SealAcls' }],
  [
    'a bucket policy that names everyone but some',
    'fenced',
    'LoggingEnabled',
    { document: 'arn:aws:s3:::fenced#policy', layer: 'bucket-policy', sid: 'OnlyOps' },
  ],
  [
    'a bucket policy that lets nobody in but from a VPC endpoint, since nothing else could have refused',
    'walled',
    'VersioningStatus',
    { document: 'arn:aws:s3:::walled#policy', layer: 'bucket-policy', sid: 'OnlyOurEndpoint' },
  ],
  ["the boundary of the scanner's role", 'open', 'TagSet', { document: BOUNDARY, layer: 'boundary' }],
])('%s is told', (_, bucket, field, statement) => {
  expect(unread(bucket, field)?.statement).toMatchObject({ effect: 'Deny', ...statement });
});

test('a layer that allows everything but this is told without a statement', () => {
  expect(unread('open', 'ReplicationConfiguration')).toMatchObject({ missingAllow: 'identity' });
  expect(unread('open', 'ReplicationConfiguration')).not.toHaveProperty('statement');
});

test('a document that could not be read itself is a suspect, and no more', () => {
  expect(unread('shut', 'Policy')).toMatchObject({ suspect: 'arn:aws:s3:::shut#policy' });
  expect(unread('shut', 'Policy')).not.toHaveProperty('statement');
  const key = lines.find(({ kind }) => kind === 'kms-key');
  expect(key?.unreadable).toEqual([
    expect.objectContaining({ field: 'Policy', reason: 'AccessDenied', suspect: `${KEY}#policy` }),
  ]);
});

test('what no policy refuses stays as AWS told it, and words of AWS that no policy bears out are questioned', () => {
  expect(unread('open', 'ServerSideEncryptionConfiguration')).toEqual({
    field: 'ServerSideEncryptionConfiguration',
    reason: 'AccessDenied',
    message: 'Access Denied',
  });
  expect(unread('open', 'WebsiteConfiguration')).toEqual({
    field: 'WebsiteConfiguration',
    reason: 'AccessDenied',
    message: `${BY_SCP} (no service control policy that was read does so)`,
  });
});

const gap = (accountId: string, step: string) =>
  lines.find(
    (line) => line.kind === 'coverage' && line.accountId === accountId && line.data['step'] === step,
  );

test('a step and the way into an account are asked about as well', () => {
  expect(gap(MEMBER, 'ec2:DescribeVpcs')?.data['statement']).toMatchObject({
    document: scpArn('p-guard'),
    sid: 'DenyNetworkReads',
  });
  expect(gap(BRANCH, 'sts:AssumeRole')?.data['statement']).toMatchObject({
    document: rcpArn('p-door'),
    layer: 'rcp',
    sid: 'KeepOut',
  });
});

test('answers and the ledger name the statement beside the gap', async () => {
  const header = snapshotHeader('2026-11-21T02:00:00Z', 'demo');
  const compiled = compileEstate(buildEstate(header, lines));
  const scan = { id: '1', finishedAt: '' };
  const gapOfVault = { step: 's3:GetBucketPolicy', accountId: MEMBER, statement: { sid: 'DenyS3Reads' } };
  const readers = whoCan(compiled, { bucket: 'vault-1' }, scan);
  const known = readers.ok ? readers.answer.coverage.gaps : [];
  expect(known.find(({ step, statement }) => step === 's3:GetBucketPolicy' && statement)).toMatchObject(
    gapOfVault,
  );
  const request = {
    principal: `arn:aws:iam::${MEMBER}:role/app`,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::vault-1/k',
  };
  const explained = explain(compiled, request, scan);
  expect(explained).toMatchObject({ ok: true, answer: { verdict: 'unknown' } });
  const missing = explained.ok ? explained.answer.missing : [];
  expect(missing.find(({ document }) => document === 'arn:aws:s3:::vault-1#policy')).toMatchObject({
    reason: 'AccessDenied',
    gap: gapOfVault,
  });
  const ledger = openLedger(header);
  for (const line of lines) ledger.add(line);
  const row = ledger.close().accounts.find(({ accountId }) => accountId === MEMBER);
  expect(row?.status).toBe('partial');
  expect(row?.gaps.find(({ field, statement }) => field === 'Policy' && statement)).toMatchObject({
    kind: 'bucket',
    count: 1,
    statement: { sid: 'DenyS3Reads' },
  });
});
