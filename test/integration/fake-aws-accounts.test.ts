import { DescribeVpcEndpointsCommand } from '@aws-sdk/client-ec2';
import { ListKeysCommand } from '@aws-sdk/client-kms';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import {
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { startFakeAws, type FakeAws, type FakeAwsOptions } from '@denyscope/fake-aws';
import { assumed, clientsOf, failureOf } from './fake-aws-clients.ts';
import { MANAGEMENT, MEMBER, OTHER, SHUT, SNAPSHOT, SUSPENDED } from './fake-aws-world.ts';

const running: FakeAws[] = [];

async function start(options: Partial<FakeAwsOptions> = {}): Promise<FakeAws> {
  const aws = await startFakeAws({ snapshot: SNAPSHOT, ...options });
  running.push(aws);
  return aws;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((aws) => aws.close()));
});

async function memberClients(aws: FakeAws) {
  return clientsOf(aws, { credentials: await assumed(aws, MEMBER) });
}

describe('a bucket of another Region', () => {
  const american = { Bucket: 'american-a' };

  test('is found by a client that follows redirects', async () => {
    const aws = await start();
    const { s3 } = await memberClients(aws);
    expect(await s3.send(new HeadBucketCommand(american))).toMatchObject({ BucketRegion: 'us-east-1' });
    expect(aws.calls().filter(({ service }) => service === 's3')).toMatchObject([
      { region: 'eu-west-1', outcome: 'PermanentRedirect', resource: 'american-a' },
      { region: 'us-east-1', outcome: 'ok', accountId: MEMBER, operation: 'HeadBucket' },
    ]);
  });

  test('answers 301 with the Region in a header, to GET and to HEAD', async () => {
    const aws = await start();
    const credentials = await assumed(aws, MEMBER);
    const s3 = new S3Client({
      endpoint: aws.url,
      credentials,
      region: 'eu-west-1',
      forcePathStyle: true,
      maxAttempts: 1,
    });
    const moved = {
      $metadata: { httpStatusCode: 301 },
      $response: { headers: { 'x-amz-bucket-region': 'us-east-1' } },
    };
    await expect(s3.send(new GetBucketVersioningCommand(american))).rejects.toMatchObject({
      name: 'PermanentRedirect',
      ...moved,
    });
    await expect(s3.send(new HeadBucketCommand(american))).rejects.toMatchObject(moved);
  });

  test('is named by a virtual host as well as by a path', async () => {
    const aws = await start();
    const credentials = await assumed(aws, MEMBER);
    const s3 = new S3Client({ endpoint: aws.url, credentials, region: 'us-east-1', forcePathStyle: true });
    s3.middlewareStack.add(
      (next) => async (args) => {
        const { request } = args;
        if (typeof request === 'object' && request !== null && 'path' in request && 'headers' in request) {
          Object.assign(request, { path: '/' });
          Object.assign(Object(request.headers), { host: 'american-a.s3.us-east-1.amazonaws.com' });
        }
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    expect(await s3.send(new GetBucketVersioningCommand({ Bucket: 'no-such-bucket' }))).toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
    expect(aws.calls().at(-1)).toMatchObject({ resource: 'american-a', outcome: 'ok' });
  });
});

describe('AssumeRole', () => {
  const denied: unknown = expect.stringMatching(
    /not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::\d{12}:role\//,
  );

  test.each([
    ['an account that nobody knows', '999999999999', {}],
    ['a suspended account', SUSPENDED, {}],
    ['a role of another name', MEMBER, { roleName: 'Admin' }],
  ])('is denied for %s', async (_, accountId, role) => {
    const entering = assumed(await start(), accountId, role);
    await expect(entering).rejects.toMatchObject({
      name: 'AccessDenied',
      message: denied,
    });
  });

  test('is denied without the external id, with a wrong one, and in the words of the snapshot’s coverage', async () => {
    const aws = await start({ externalId: 'secret', roleName: 'Reader' });
    const enter = (externalId?: string) =>
      failureOf(
        assumed(aws, MEMBER, { roleName: 'Reader', ...(externalId !== undefined && { externalId }) }),
      );
    expect([await enter(), await enter('wrong'), await enter('secret')]).toEqual([
      'AccessDenied',
      'AccessDenied',
      'no error',
    ]);
    await expect(assumed(await start(), SHUT)).rejects.toThrow('shut for good');
  });

  test('issues a session that ends in time, and for one account', async () => {
    let now = Date.now();
    const aws = await start({ now: () => now });
    const credentials = await assumed(aws, MEMBER, { seconds: 900 });
    const { sts, s3, kms, ec2, s3Control, organizations } = clientsOf(aws, { credentials });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MEMBER });
    expect(await failureOf(organizations.send(new DescribeOrganizationCommand({})))).toBe(
      'AccessDeniedException',
    );
    expect(await failureOf(s3Control.send(new GetPublicAccessBlockCommand({ AccountId: OTHER })))).toBe(
      'AccessDenied',
    );
    now += 900_000;
    const calls = [
      sts.send(new GetCallerIdentityCommand({})),
      s3.send(new ListBucketsCommand({})),
      kms.send(new ListKeysCommand({})),
      ec2.send(new DescribeVpcEndpointsCommand({})),
    ];
    expect(await Promise.all(calls.map(failureOf))).toEqual([
      'ExpiredToken',
      'ExpiredToken',
      'ExpiredTokenException',
      'RequestExpired',
    ]);
  });

  test('gives nothing to credentials that were never issued', async () => {
    const credentials = { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' };
    const { sts, s3, kms } = clientsOf(await start(), { credentials });
    const calls = [
      sts.send(new GetCallerIdentityCommand({})),
      s3.send(new ListBucketsCommand({})),
      kms.send(new ListKeysCommand({})),
    ];
    expect(await Promise.all(calls.map(failureOf))).toEqual([
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'UnrecognizedClientException',
    ]);
  });
});

describe('another account', () => {
  test('cannot read a bucket’s policy, nor anything else of it', async () => {
    const aws = await start();
    const { s3 } = clientsOf(aws, { credentials: await assumed(aws, OTHER) });
    expect(await failureOf(s3.send(new GetBucketPolicyCommand({ Bucket: 'full-bucket' })))).toBe(
      'MethodNotAllowed',
    );
    expect(await failureOf(s3.send(new GetBucketVersioningCommand({ Bucket: 'full-bucket' })))).toBe(
      'AccessDenied',
    );
    expect(await failureOf(s3.send(new GetBucketPolicyCommand({ Bucket: 'no-such-bucket' })))).toBe(
      'NoSuchBucket',
    );
  });

  test('meets the gaps of its own coverage, in its Region only', async () => {
    const aws = await start();
    const credentials = await assumed(aws, OTHER);
    await expect(clientsOf(aws, { credentials }).kms.send(new ListKeysCommand({}))).rejects.toThrow(
      'no keys for you',
    );
    const { kms } = clientsOf(aws, { credentials, region: 'us-east-1' });
    expect(await kms.send(new ListKeysCommand({}))).toMatchObject({ Keys: [] });
  });

  test('has no access in a Region that it did not opt into', async () => {
    const aws = await start();
    const { ec2, kms } = clientsOf(aws, { credentials: await assumed(aws, MEMBER), region: 'me-south-1' });
    expect(await failureOf(ec2.send(new DescribeVpcEndpointsCommand({})))).toBe('AuthFailure');
    expect(await failureOf(kms.send(new ListKeysCommand({})))).toBe('UnrecognizedClientException');
  });

  test('is the management account, where the scanner’s own credentials may not read buckets', async () => {
    const { s3, sts } = clientsOf(await start());
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: MANAGEMENT });
    expect(await failureOf(s3.send(new ListBucketsCommand({})))).toBe('AccessDenied');
  });
});
