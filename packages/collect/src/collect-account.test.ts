import { createServer } from 'node:http';
import type { SnapshotLine } from '@denyscope/model';
import {
  callerIdentity,
  collectAccount,
  collectOrganization,
  DEFAULT_REGIONS,
  type ObservedCall,
} from './index.ts';
import { CREDENTIALS, refusal, startStubAws, type StubAws } from './stub-aws.fixture.ts';

let aws: StubAws;
beforeAll(async () => {
  aws = await startStubAws();
});
afterAll(async () => {
  await aws.close();
});

async function linesOf(lines: AsyncIterable<SnapshotLine>): Promise<readonly SnapshotLine[]> {
  const all: SnapshotLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

const scan = { credentials: CREDENTIALS, accountId: '111122223333', maxAttempts: 1, regions: ['eu-west-1'] };

const byText = (a: unknown, b: unknown): number => String(a).localeCompare(String(b));

const STEPS = [
  'cloudtrail:DescribeTrails',
  'ec2:DescribeNatGateways',
  'ec2:DescribeRegions',
  'ec2:DescribeRouteTables',
  'ec2:DescribeVpcEndpoints',
  'ec2:DescribeVpcs',
  'iam:GetAccountAuthorizationDetails',
  'iam:ListOpenIDConnectProviders',
  'iam:ListSAMLProviders',
  'kms:ListAliases',
  'kms:ListKeys',
  's3:GetAccountPublicAccessBlock',
  's3:ListAccessPoints',
  's3:ListBuckets',
  's3:ListMultiRegionAccessPoints',
];

const isOfRegion = ({ data }: SnapshotLine): boolean => data['step'] === 'scan:Region';

test.each([
  ['another page', 200, '<html></html>'],
  ['nothing', 200, ''],
  ['a nameless 404', 404, ''],
  ['an error page', 500, '<!doctype html><html><br>'],
])('a server that answers %s to all leaves one gap a step, and no facts', async (_, status, body) => {
  aws.answer({ status, body });
  const all = await linesOf(collectAccount({ ...scan, endpoint: aws.url }));
  expect(all.filter(({ kind }) => kind !== 'coverage')).toEqual([]);
  const lines = all.filter((line) => !isOfRegion(line));
  expect(lines.map(({ data }) => data['step']).toSorted(byText)).toEqual(STEPS);
});

test('of every Region that a scan was told to leave out, one line says that nobody looked', async () => {
  aws.answer({ status: 404, body: '' });
  const lines = await linesOf(collectAccount({ ...scan, endpoint: aws.url }));
  const left = DEFAULT_REGIONS.filter((region) => region !== 'eu-west-1');
  expect(lines.filter(isOfRegion)).toEqual(
    left.map((region) => ({
      kind: 'coverage',
      accountId: scan.accountId,
      region,
      data: {
        step: 'scan:Region',
        reason: 'Excluded',
        message: 'the scan was told to leave this Region out',
      },
    })),
  );
  const { regions: _, ...everywhere } = scan;
  const all = await linesOf(collectAccount({ ...everywhere, endpoint: aws.url }));
  expect(all.filter(isOfRegion)).toEqual([]);
});

test('a role that cannot be entered is the one gap, and the account keeps its line', async () => {
  aws.answer({
    status: 403,
    body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>',
  });
  const account: SnapshotLine = { kind: 'account', accountId: scan.accountId, data: { Id: scan.accountId } };
  const role = { roleName: 'reader', externalId: 'x1' };
  const lines = await linesOf(collectAccount({ ...scan, endpoint: aws.url, role, account }));
  expect(lines).toEqual([
    {
      kind: 'coverage',
      accountId: '111122223333',
      data: { step: 'sts:AssumeRole', reason: 'AccessDenied', message: 'not you' },
    },
    account,
  ]);
  expect(aws.requests().at(-1)).toMatch(/Action=AssumeRole.*ExternalId=x1/);
});

test('the caller is told, or why nobody knows', async () => {
  const options = { credentials: CREDENTIALS, endpoint: aws.url, maxAttempts: 1 };
  const arn = 'arn:aws:iam::111122223333:role/scanner';
  const result = `<GetCallerIdentityResult><Account>111122223333</Account><Arn>${arn}</Arn></GetCallerIdentityResult>`;
  aws.answer({ status: 200, body: `<R>${result}</R>` });
  expect(await callerIdentity(options)).toEqual({ kind: 'seen', accountId: '111122223333', arn });
  aws.answer(refusal('sts', 'InvalidClientTokenId', 403));
  expect(await callerIdentity(options)).toMatchObject({ reason: 'InvalidClientTokenId', message: 'no' });
});

test('an account outside of any organization has no lines of one', async () => {
  aws.answer({ status: 400, body: '{"__type":"AWSOrganizationsNotInUseException","message":"none"}' });
  expect(await linesOf(collectOrganization({ credentials: CREDENTIALS, endpoint: aws.url }))).toEqual([]);
});

describe('a server that hangs', () => {
  const server = createServer(() => {});
  let endpoint = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    endpoint = `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : 0)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('does not hold the scan beyond its deadline', async () => {
    const calls: ObservedCall[] = [];
    const observe = (call: ObservedCall): void => void calls.push(call);
    const all = await linesOf(collectAccount({ ...scan, endpoint, deadlineMs: 300, observe }));
    const lines = all.filter((line) => !isOfRegion(line));
    expect(lines.map(({ data }) => data['step']).toSorted(byText)).toEqual(STEPS);
    expect(new Set(lines.map(({ data }) => data['reason']))).toEqual(new Set(['Timeout']));
    expect(calls).toHaveLength(STEPS.length + 1);
    expect(calls.find(({ operation }) => operation === 'ListBuckets')).toMatchObject({
      service: 's3',
      accountId: '111122223333',
      region: 'us-east-1',
      result: 'error',
    });
  });

  test('a scan that is cancelled fails with the reason, and reports no gaps', async () => {
    const lines = collectAccount({ ...scan, endpoint, signal: AbortSignal.timeout(100) });
    await expect(linesOf(lines)).rejects.toThrow('timeout');
    await expect(linesOf(collectAccount({ ...scan, endpoint, signal: AbortSignal.abort() }))).rejects.toThrow(
      'aborted',
    );
  });
});

test('a reader who stops early ends the scan', async () => {
  aws.answer({ status: 404, body: '' });
  for await (const line of collectAccount({ ...scan, endpoint: aws.url })) {
    expect(line.kind).toBe('coverage');
    break;
  }
  const before = aws.requests().length;
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(aws.requests().length - before).toBeLessThan(20);
});
