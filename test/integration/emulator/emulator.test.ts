import { type SnapshotLine } from '@denyscope/model';
import { parseSnapshot } from '@denyscope/inventory';
import { type Folder, makeFolder, start } from '../../e2e/denyscope.ts';
import { BUCKET, OPERATOR, type Organization, REGION, makeOrganization } from './organization.ts';
import { type Emulator, hasEmulator, startEmulator } from './server.ts';

jest.setTimeout(180_000);

/** It is a program in Python, which npm cannot install: without it there is nothing to scan. */
const describeWithEmulator = hasEmulator() ? describe : describe.skip;

describeWithEmulator('an AWS emulator that nobody here wrote (moto), by AWS_ENDPOINT_URL alone', () => {
  let emulator: Emulator;
  let organization: Organization;
  let folder: Folder;
  let lines: readonly SnapshotLine[];
  beforeAll(async () => {
    emulator = await startEmulator();
    organization = await makeOrganization(emulator);
    folder = await makeFolder();
    await told('scan');
    const texts = (await told('export', '-')).split('\n').filter((text) => text !== '');
    ({ lines } = parseSnapshot(texts.map((text): unknown => JSON.parse(text))));
  });
  afterAll(async () => {
    await folder.remove();
    await emulator.stop();
  });

  /** What the command says, which must succeed. */
  const told = async (...args: readonly string[]): Promise<string> => {
    const { status, out, err } = await start(folder, args, {
      AWS_ENDPOINT_URL: emulator.url,
      AWS_ACCESS_KEY_ID: OPERATOR.accessKeyId,
      AWS_SECRET_ACCESS_KEY: OPERATOR.secretAccessKey,
      AWS_REGION: REGION,
    }).ended;
    if (status !== 0) throw new Error(`denyscope ${args.join(' ')}: ${err}`);
    return out;
  };
  const explained = async (action: string): Promise<unknown> => {
    const question = ['--principal', organization.readerArn, '--action', action];
    const object = ['--resource', `arn:aws:s3:::${BUCKET}/*`];
    return JSON.parse(await told('explain', ...question, ...object, '--output', 'json'));
  };
  const ofKind = (kind: string): readonly SnapshotLine[] => lines.filter((line) => line.kind === kind);

  test('every account has its line, and the tree and its policies are as they were made', () => {
    const { managementId, storageId, analysisId, guardrailId } = organization;
    const ids = new Set(ofKind('account').map(({ accountId }) => accountId));
    expect(ids).toEqual(new Set([managementId, storageId, analysisId]));
    const guardrail = ofKind('organization-policy').find(({ data }) => data['Id'] === guardrailId);
    expect(guardrail?.data).toMatchObject({ Type: 'SERVICE_CONTROL_POLICY', Name: 'no-deletion' });
    expect(guardrail?.data['Content']).toContain('KeepObjects');
    expect(guardrail?.data['TargetIds']).toHaveLength(1);
    expect(ofKind('coverage')).toEqual([]);
  });

  test('the bucket, its key, the role and the endpoint are read, each in its account and Region', () => {
    const { storageId, analysisId, readerArn } = organization;
    const [bucket] = ofKind('bucket');
    expect(bucket).toMatchObject({ accountId: storageId, region: REGION, data: { Name: BUCKET } });
    expect(bucket?.data['Policy']).toContain(readerArn);
    expect(ofKind('kms-key')).toMatchObject([{ accountId: storageId, region: REGION }]);
    expect(ofKind('kms-key')[0]?.data['Policy']).toContain(readerArn);
    expect(ofKind('iam-role').map(({ data }) => data['Arn'])).toContain(readerArn);
    expect(ofKind('vpc-endpoint')).toMatchObject([{ accountId: analysisId, region: REGION }]);
    expect(ofKind('access-point')).toMatchObject([{ accountId: storageId, data: { Bucket: BUCKET } }]);
  });

  test('what it does not implement is unreadable, and never absent', () => {
    const [bucket] = ofKind('bucket');
    const unread = (bucket?.unreadable ?? []).map(({ field }) => field);
    expect(unread).toEqual(expect.arrayContaining(['PolicyStatus', 'Payer', 'AbacStatus']));
    for (const field of unread) expect(bucket?.data).not.toHaveProperty([field]);
  });

  test('a verdict that rests on such an answer is unknown, and names it', async () => {
    const missing = { document: `arn:aws:s3:::${BUCKET}#request-payment`, reason: 'InvalidResponse' };
    expect(await explained('s3:GetObject')).toMatchObject({ verdict: 'unknown', missing: [missing] });
  });

  test('a verdict that does not is exact', async () => {
    const blocker = { layer: 'scp', explicit: true, statement: { sid: 'KeepObjects' } };
    expect(await explained('s3:DeleteObject')).toMatchObject({ verdict: 'denied', blockers: [blocker] });
  });
});
