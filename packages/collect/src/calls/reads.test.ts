import { readdirSync } from 'node:fs';
import { REFUSALS, refusal, startStubAws, type StubAws } from '../stub-aws.fixture.ts';
import { failureOf } from '../failure.ts';
import { SAMPLES } from './answers.fixture.ts';
import { READS } from './index.ts';
import type { Read } from './read.ts';

const TARGET = { accountId: '111122223333', id: 'example-thing' };
const rows = READS.map((read) => [read.id, read] as const);

let aws: StubAws;
beforeAll(async () => {
  aws = await startStubAws();
});
afterAll(async () => {
  await aws.close();
});

async function failure(read: Read): Promise<object> {
  try {
    return { answered: await read.run(aws.clients(), TARGET) };
  } catch (error) {
    return failureOf(error, read);
  }
}

test('every file of a read is in the table, and no read is in it twice', () => {
  const files = readdirSync(__dirname).filter((name) => /^(?:describe|get|list)-.*\.ts$/.test(name));
  // The three types of policy share a file.
  expect(READS).toHaveLength(files.length + 2);
  expect(new Set(READS.map(({ id }) => id)).size).toBe(READS.length);
  expect(Object.keys(SAMPLES).toSorted()).toEqual(READS.map(({ id }) => id).toSorted());
});

test.each(rows)('%s reads what AWS answers, in AWS’s own words', async (id, read) => {
  const { body = '', items, next } = SAMPLES[id] ?? {};
  aws.answer({ status: 200, body });
  const page = await read.run(aws.clients(), TARGET);
  expect(page.items).toEqual(items);
  expect(page.next).toBe(next);
});

test.each(rows.filter(([, { paging }]) => paging !== 'none'))(
  '%s asks for the page it is told',
  async (id, read) => {
    aws.answer({ status: 200, body: SAMPLES[id]?.body ?? '' });
    await read.run(aws.clients(), TARGET, 'the-next-page');
    expect(aws.requests().at(-1)).toContain('the-next-page');
  },
);

test.each(rows.flatMap(([id, read]) => read.absences.map((code) => [id, code, read] as const)))(
  '%s is absent by %s',
  async (_, code, read) => {
    aws.answer(refusal(read.service, code, 404));
    expect(await failure(read)).toMatchObject({ state: 'absent', result: 'absent' });
  },
);

test.each(rows)('%s that is denied is unreadable', async (_, read) => {
  aws.answer(refusal(read.service, REFUSALS[read.service][0], 403));
  expect(await failure(read)).toMatchObject({
    state: 'unreadable',
    reason: 'AccessDenied',
    result: 'access_denied',
  });
});

test.each(rows)('%s that is throttled to the end is unreadable', async (_, read) => {
  aws.answer(refusal(read.service, REFUSALS[read.service][1], 503));
  expect(await failure(read)).toMatchObject({
    state: 'unreadable',
    reason: 'Throttled',
    result: 'throttled',
  });
});

const FOREIGN = [
  ['another element', 200, '<html></html>'],
  ['an empty object', 200, '{}'],
  ['an error page', 500, '<!doctype html><html><br><p>oops'],
  ['a nameless 404', 404, ''],
] as const;

// A bucket policy is a bare text: whatever comes is kept as it came, and the engine cannot read it.
const CHECKED = rows.filter(([id]) => id !== 's3:GetBucketPolicy');

test.each(FOREIGN)(
  '%s of a server that does not know the call is never "absent"',
  async (_, status, body) => {
    aws.answer({ status, body });
    for (const [id, read] of CHECKED) {
      expect([id, await failure(read)]).toMatchObject([id, { state: 'unreadable', result: 'error' }]);
    }
  },
);

test('an empty bucket policy is no policy', async () => {
  aws.answer({ status: 200, body: '' });
  const [, read] = rows.find(([id]) => id === 's3:GetBucketPolicy') ?? [];
  expect(read && (await failure(read))).toMatchObject({ state: 'unreadable', reason: 'InvalidResponse' });
});

test.each([
  ['s3:GetBucketVersioning', '<VersioningConfiguration/>'],
  ['s3:GetBucketLogging', '<?xml version="1.0"?>\n<BucketLoggingStatus xmlns="x"/>'],
  [
    's3:GetMultiRegionAccessPointPolicy',
    '<GetMultiRegionAccessPointPolicyResult><Policy><Established/></Policy></GetMultiRegionAccessPointPolicyResult>',
  ],
  ['s3:GetMultiRegionAccessPointPolicyStatus', '<GetMultiRegionAccessPointPolicyStatusResult/>'],
])('%s with nothing in its element means that nothing is configured', async (id, body) => {
  aws.answer({ status: 200, body });
  const [, read] = rows.find(([name]) => name === id) ?? [];
  expect(await read?.run(aws.clients(), TARGET)).toEqual({ items: [{}] });
});

test('an access point without tags has none', async () => {
  const [, read] = rows.find(([id]) => id === 's3:ListTagsForResource') ?? [];
  aws.answer({ status: 200, body: '<ListTagsForResourceResult><Tags/></ListTagsForResourceResult>' });
  expect(await read?.run(aws.clients(), TARGET)).toEqual({ items: [] });
});

test('a throttled call is tried again', async () => {
  const [, read] = rows.find(([id]) => id === 'kms:ListKeys') ?? [];
  aws.answer(refusal('kms', 'ThrottlingException'));
  const before = aws.requests().length;
  await expect(read?.run(aws.clients(2), TARGET)).rejects.toThrow('no');
  expect(aws.requests()).toHaveLength(before + 2);
});
