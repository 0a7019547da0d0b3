import { ListKeysCommand } from '@aws-sdk/client-kms';
import { GetBucketPolicyCommand, GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { startFakeAws, type FakeAws, type Fault } from '@denyscope/fake-aws';
import { assumed, clientsOf, failureOf } from './fake-aws-clients.ts';
import { MEMBER, OTHER, SNAPSHOT } from './fake-aws-world.ts';

const running: FakeAws[] = [];

async function start(...faults: readonly Fault[]): Promise<FakeAws> {
  const aws = await startFakeAws({ snapshot: SNAPSHOT, faults });
  running.push(aws);
  return aws;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((aws) => aws.close()));
});

const full = { Bucket: 'full-bucket' };

async function member(aws: FakeAws, maxAttempts = 1) {
  return clientsOf(aws, { credentials: await assumed(aws, MEMBER), maxAttempts });
}

describe('a fault by configuration', () => {
  test('denies one operation on one bucket, and nothing beside it', async () => {
    const { s3 } = await member(await start({ kind: 'deny', on: 's3:GetBucketPolicy', resource: 'full-*' }));
    expect(await failureOf(s3.send(new GetBucketPolicyCommand(full)))).toBe('AccessDenied');
    expect(await failureOf(s3.send(new GetBucketPolicyCommand({ Bucket: 'bare-bucket' })))).toBe(
      'NoSuchBucketPolicy',
    );
    expect(await failureOf(s3.send(new GetBucketVersioningCommand(full)))).toBe('no error');
  });

  test('throttles a share of the calls, the same ones in every run', async () => {
    const run = async (): Promise<readonly string[]> => {
      const aws = await start({ kind: 'throttle', on: 's3:*', rate: 0.5 });
      const { s3 } = await member(aws);
      for (let call = 0; call < 12; call += 1) await failureOf(s3.send(new GetBucketVersioningCommand(full)));
      return aws.calls().map(({ outcome }) => outcome);
    };
    const [first, second] = await Promise.all([run(), run()]);
    expect(first).toEqual(second);
    expect(new Set(first)).toEqual(new Set(['ok', 'SlowDown']));
  });

  test('breaks the connection, and a retry gets through', async () => {
    const aws = await start({ kind: 'reset', on: 'kms:*', times: 1 });
    const { kms } = await member(aws, 3);
    expect(await kms.send(new ListKeysCommand({}))).toMatchObject({ $metadata: { attempts: 2 } });
    expect(aws.calls().map(({ outcome }) => outcome)).toEqual(['ok', 'reset', 'ok']);
  });

  test('ends a session early, delays an answer, and takes a Region away', async () => {
    const { s3, kms } = await member(
      await start(
        { kind: 'expired', on: 's3:GetBucketPolicy', times: 1 },
        { kind: 'latency', on: 's3:*', milliseconds: 80 },
        { kind: 'region-disabled', on: 'kms:*', region: 'eu-west-1' },
      ),
    );
    const begun = performance.now();
    expect(await failureOf(s3.send(new GetBucketPolicyCommand(full)))).toBe('ExpiredToken');
    expect(performance.now() - begun).toBeGreaterThan(70);
    expect(await failureOf(s3.send(new GetBucketPolicyCommand(full)))).toBe('no error');
    expect(await failureOf(kms.send(new ListKeysCommand({})))).toBe('UnrecognizedClientException');
  });

  test('lets one account hang, and no other', async () => {
    const aws = await start({ kind: 'hang', accountId: OTHER });
    expect(await failureOf(assumed(aws, MEMBER))).toBe('no error');
    const hanging = assumed(aws, OTHER);
    const outcome = await Promise.race([failureOf(hanging), pause(200)]);
    expect(outcome).toBe('nothing');
    await aws.close();
    expect(await failureOf(hanging)).not.toBe('no error');
  });
});

async function pause(milliseconds: number): Promise<'nothing'> {
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
  return 'nothing';
}
