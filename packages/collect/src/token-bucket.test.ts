import { localDraw, sharedDraw, type TokenDraw } from './token-bucket.ts';

const DRAW: TokenDraw = { budget: 'kms/ListGrants', tokens: 1, perSecond: 4, burst: 2 };

test('the burst is there at once, and the rest comes by the rate', async () => {
  let now = 0;
  const draw = localDraw(() => now);
  const waits = [];
  for (let time = 0; time < 5; time += 1) waits.push(await draw(DRAW));
  expect(waits).toEqual([0, 0, 250, 500, 750]);
  now = 100_000;
  expect([await draw({ ...DRAW, tokens: 2 }), await draw(DRAW)]).toEqual([0, 250]);
});

test('budgets are apart, and thousands of them are not remembered for ever', async () => {
  let now = 0;
  const draw = localDraw(() => now);
  for (let account = 0; account < 5_000; account += 1) {
    expect(await draw({ ...DRAW, tokens: 2, budget: `s3/${account}` })).toBe(0);
    now += 1;
  }
  expect(await draw({ ...DRAW, budget: 's3/4999' })).toBeCloseTo(249, 0);
});

test('what the shared budgets say counts, and while they are out of reach the own ones do', async () => {
  let now = 0;
  let isAway = false;
  let asked = 0;
  const heard: unknown[] = [];
  const draw = sharedDraw({
    draw: () => {
      asked += 1;
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve(7);
    },
    onTrouble: (error) => heard.push(error),
    now: () => now,
  });
  expect(await draw(DRAW)).toBe(7);
  isAway = true;
  expect([await draw(DRAW), await draw(DRAW), await draw(DRAW)]).toEqual([0, 0, 250]);
  expect([asked, heard.length]).toEqual([2, 1]);
  now = 60_000;
  expect(await draw(DRAW)).toBe(0);
  expect([asked, heard.length]).toEqual([3, 1]);
  isAway = false;
  now = 120_000;
  expect(await draw(DRAW)).toBe(7);
  isAway = true;
  await draw(DRAW);
  expect(heard).toHaveLength(2);
});

test('shared budgets that do not answer in time are out of reach', async () => {
  jest.useFakeTimers();
  const heard: unknown[] = [];
  const draw = sharedDraw({ draw: () => new Promise(() => {}), onTrouble: (error) => heard.push(error) });
  const drawn = draw(DRAW);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(await drawn).toBe(0);
  jest.useRealTimers();
  expect(heard).toEqual([expect.objectContaining({ message: 'no answer within 2000 ms' })]);
});
