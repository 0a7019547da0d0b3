import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand } from '@aws-sdk/client-ec2';
import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { ServiceName } from './calls/read.ts';
import type { AwsClients } from './clients.ts';
import { failureOf } from './failure.ts';
import { REFUSALS, refusal, startStubAws, type StubAnswer, type StubAws } from './stub-aws.fixture.ts';

/** One call of each service, and what it is answered when all is well. */
const CALLS: Readonly<Record<ServiceName, readonly [(clients: AwsClients) => Promise<unknown>, string]>> = {
  s3: [
    ({ s3 }) => s3().send(new GetBucketVersioningCommand({ Bucket: 'b' })),
    '<VersioningConfiguration></VersioningConfiguration>',
  ],
  's3-control': [
    ({ s3Control }) => s3Control().send(new GetPublicAccessBlockCommand({ AccountId: '111122223333' })),
    '<PublicAccessBlockConfiguration></PublicAccessBlockConfiguration>',
  ],
  iam: [({ iam }) => iam().send(new ListAccountAliasesCommand({})), query('ListAccountAliases')],
  sts: [({ sts }) => sts().send(new GetCallerIdentityCommand({})), query('GetCallerIdentity')],
  ec2: [
    async ({ ec2 }) => (await ec2()).send(new DescribeRegionsCommand({})),
    '<DescribeRegionsResponse></DescribeRegionsResponse>',
  ],
  kms: [({ kms }) => kms().send(new ListKeysCommand({})), '{}'],
  organizations: [({ organizations }) => organizations().send(new ListRootsCommand({})), '{}'],
  cloudtrail: [async ({ cloudtrail }) => (await cloudtrail()).send(new DescribeTrailsCommand({})), '{}'],
};
const SERVICES = ['s3', 's3-control', 'iam', 'sts', 'ec2', 'kms', 'organizations', 'cloudtrail'] as const;
/** REST with XML, queries, EC2's kind of queries, and JSON. */
const PROTOCOLS = ['s3', 'iam', 'ec2', 'kms'] as const;

function query(operation: string): string {
  return `<${operation}Response><${operation}Result></${operation}Result></${operation}Response>`;
}

let aws: StubAws;
let waits: (readonly [service: ServiceName, ms: number])[];
beforeEach(async () => {
  aws = await startStubAws();
  waits = [];
  jest.spyOn(Math, 'random').mockReturnValue(0.01);
});
afterEach(() => aws.close());
afterEach(() => jest.restoreAllMocks());

function send(service: ServiceName, maxAttempts = 3): Promise<unknown> {
  const [call] = CALLS[service];
  return call(aws.clients(maxAttempts, { waited: (...wait) => waits.push(wait) }));
}

/** Answers twice so, and then well: how often was it asked? */
async function triesAfter(service: ServiceName, answer: StubAnswer | 'reset'): Promise<number> {
  aws.answer(answer, answer, { status: 200, body: CALLS[service][1] });
  await send(service);
  return aws.requests().length;
}

test.each([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TooManyRequestsException',
])('`%s` is tried again, and says that calls come too fast', async (code) => {
  expect(await triesAfter('iam', refusal('iam', code))).toBe(3);
  expect(waits.map(([waiting]) => waiting)).toContain('iam');
});

describe.each(PROTOCOLS)('%s, by whose protocol others speak too,', (service) => {
  test.each<readonly [string, StubAnswer | 'reset']>([
    ['429 without a body', { status: 429, body: '' }],
    ['500 without a body', { status: 500, body: '' }],
    ['502 with a page of HTML', { status: 502, body: '<html><body>Bad gateway</body></html>' }],
    ['503 and `SlowDown`', refusal(service, 'SlowDown', 503)],
    ['503 and `ServiceUnavailable`', refusal(service, 'ServiceUnavailable', 503)],
    ['504 without a body', { status: 504, body: '' }],
    ['`RequestTimeout`', refusal(service, 'RequestTimeout')],
    ['a reset', 'reset'],
  ])('that answers %s is asked again', async (_, answer) => {
    expect(await triesAfter(service, answer)).toBe(3);
  });
});

describe.each(SERVICES)('%s', (service) => {
  test('that throttles is asked again, and has said that calls come too fast', async () => {
    expect(await triesAfter(service, refusal(service, REFUSALS[service][1]))).toBe(3);
    expect(waits.map(([waiting]) => waiting)).toContain(service);
  });

  test('that refuses for another reason is not asked again', async () => {
    aws.answer(refusal(service, REFUSALS[service][0], 403));
    await expect(send(service)).rejects.toThrow();
    aws.answer({ status: 501, body: '' });
    await expect(send(service)).rejects.toThrow();
    expect(aws.requests()).toHaveLength(2);
    expect(waits).toEqual([]);
  });

  test('that throttles to the end is unreadable, for that reason', async () => {
    aws.answer(refusal(service, REFUSALS[service][1]));
    const error = await send(service, 2).catch((thrown: unknown) => thrown);
    expect(aws.requests()).toHaveLength(2);
    expect(failureOf(error, { absences: [], scope: 'account' })).toMatchObject({
      state: 'unreadable',
      reason: 'Throttled',
      result: 'throttled',
    });
  });
});

test('one throttled call slows the others of its client, and of no other', async () => {
  const clients = aws.clients(2, { waited: (...wait) => waits.push(wait) });
  aws.answer(refusal('kms', 'ThrottlingException'), { status: 200, body: '{}' });
  await CALLS.kms[0](clients);
  waits = [];
  await Promise.all(Array.from({ length: 8 }, () => CALLS.kms[0](clients)));
  expect(waits.length).toBeGreaterThanOrEqual(5);
  waits = [];
  await CALLS.organizations[0](clients);
  expect(waits).toEqual([]);
});

test('hundreds of failures on the way do not keep later calls from being tried again', async () => {
  const clients = aws.clients(2);
  aws.answer({ status: 500, body: '' });
  const failed = Array.from({ length: 100 }, () => CALLS.kms[0](clients).catch(() => 'failed'));
  expect(await Promise.all(failed)).toEqual(Array(100).fill('failed'));
  aws.answer({ status: 500, body: '' }, { status: 200, body: '{}' });
  await expect(CALLS.kms[0](clients)).resolves.toMatchObject({ $metadata: { attempts: 2 } });
});
