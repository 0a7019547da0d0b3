import { rateBudget } from './rate-budget.ts';
import type { PacedCall } from './rates.ts';
import { localDraw, type TokenDraw } from './token-bucket.ts';

const ACCOUNT = { region: 'eu-west-1', accountId: '111122223333' };
const listGrants: PacedCall = { service: 'kms', operation: 'ListGrants', ...ACCOUNT };
const describePolicy: PacedCall = { service: 'organizations', operation: 'DescribePolicy', ...ACCOUNT };

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** When each of some calls was let go, in milliseconds, all asked for at once. */
async function released(call: PacedCall, count: number, factor?: number): Promise<readonly number[]> {
  const budget = rateBudget({ draw: localDraw(), factor });
  const begun = performance.now();
  const times = Array.from({ length: count }, async () => {
    await budget.take(call);
    return performance.now() - begun;
  });
  await jest.advanceTimersByTimeAsync(60_000);
  return Promise.all(times);
}

test('policies of an organization are described one by one, below two a second, in their order', async () => {
  const times = await released(describePolicy, 10);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times[0]).toBe(0);
  expect(times.at(-1)).toBeGreaterThanOrEqual(9 / 1.8 - 0.001);
  expect(times.at(-1)).toBeLessThan(5_100);
});

test('no second sees more grants listed than the rate and the burst allow', async () => {
  const times = await released(listGrants, 60);
  for (const from of times) {
    // Four are free, eight are the burst, four come in a second.
    expect(times.filter((time) => time >= from && time < from + 1_000).length).toBeLessThanOrEqual(16);
  }
  expect(times.at(-1)).toBeLessThan((60 / 4.5) * 1_000);
});

test('a factor makes all of it faster or slower', async () => {
  expect(Math.max(...(await released(describePolicy, 10, 100)))).toBe(0);
  expect(Math.max(...(await released(describePolicy, 4, 0.5)))).toBeCloseTo(3 / 0.9e-3, -2);
});

test('a busy account asks for a second of calls at a time, a small one never, and Organizations always', async () => {
  const draws: TokenDraw[] = [];
  const budget = rateBudget({
    draw: (draw) => {
      draws.push(draw);
      return Promise.resolve(0);
    },
  });
  const many = (call: PacedCall, count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => budget.take(call)));
  await many(listGrants, 4);
  expect(draws).toEqual([]);
  await many({ service: 's3', operation: 'GetBucketAcl', ...ACCOUNT }, 2_000);
  expect(draws.map(({ tokens }) => tokens)).toEqual(Array(9).fill(200));
  await many(describePolicy, 3);
  expect(draws.slice(9).map(({ budget: name }) => name)).toEqual(
    Array(3).fill('organizations/DescribePolicy//111122223333'),
  );
});

test('it tells how long a call waited', async () => {
  const budget = rateBudget({ draw: () => Promise.resolve(700) });
  const waited = budget.take(describePolicy);
  await jest.advanceTimersByTimeAsync(700);
  expect(await waited).toBe(700);
});
