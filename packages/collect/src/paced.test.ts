import { ListKeysCommand } from '@aws-sdk/client-kms';
import { GetBucketAclCommand, GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { callLimit, type Pacing } from './paced.ts';
import type { PacedCall } from './rates.ts';
import { refusal, startStubAws, type StubAws } from './stub-aws.fixture.ts';

let aws: StubAws;
beforeEach(async () => {
  aws = await startStubAws();
});
afterEach(() => aws.close());

test('the budget is asked before every attempt, and what it made wait is told', async () => {
  const taken: PacedCall[] = [];
  const waited: unknown[] = [];
  const pacing: Partial<Pacing> = {
    accountId: '111122223333',
    budget: {
      take: (call) => {
        taken.push(call);
        return Promise.resolve(taken.length === 2 ? 40 : 0);
      },
    },
    waited: (...wait) => waited.push(wait),
  };
  const clients = aws.clients(3, pacing);
  aws.answer('reset', { status: 200, body: '{}' });
  await clients.kms().send(new ListKeysCommand({}));
  aws.answer({ status: 200, body: '<VersioningConfiguration></VersioningConfiguration>' });
  await clients.s3().send(new GetBucketVersioningCommand({ Bucket: 'b' }));
  const where = { region: 'eu-west-1', accountId: '111122223333' };
  expect(taken).toEqual([
    { service: 'kms', operation: 'ListKeys', ...where },
    { service: 'kms', operation: 'ListKeys', ...where },
    { service: 's3', operation: 'GetBucketVersioning', ...where },
  ]);
  expect(waited).toEqual([['kms', 40]]);
});

test('a call is in flight until its answer is read, and not while it waits for its budget or its next attempt', async () => {
  const limit = callLimit(2);
  let inFlight = 0;
  const seen: number[] = [];
  const clients = aws.clients(2, {
    budget: {
      take: () => {
        seen.push(-inFlight);
        return new Promise((resolve) => {
          setTimeout(resolve, 5, 0);
        });
      },
    },
    inFlight: (call) =>
      limit(async () => {
        inFlight += 1;
        seen.push(inFlight);
        try {
          return await call();
        } finally {
          inFlight -= 1;
        }
      }),
  });
  aws.answer(refusal('s3', 'AccessDenied', 403));
  const calls = Array.from({ length: 12 }, () => clients.s3().send(new GetBucketAclCommand({ Bucket: 'b' })));
  const ended = await Promise.allSettled(calls);
  expect(ended.map(({ status }) => status)).toEqual(Array(12).fill('rejected'));
  expect(Math.max(...seen)).toBe(2);
  expect(seen.filter((count) => count <= 0)).toHaveLength(12);
  expect(aws.requests()).toHaveLength(12);
});
