import { type BudgetDraw, type Store, openStore } from '@denyscope/store';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { sql } from '../../support/database.ts';

jest.setTimeout(30_000);

const DRAW: BudgetDraw = { budget: 'organizations/DescribePolicy//1', tokens: 1, perSecond: 50, burst: 10 };

describe('rates that all stores on a database share', () => {
  let database: TestDatabase;
  let stores: readonly [Store, Store];
  beforeAll(async () => {
    database = await createTestDatabase();
    const open = (): Promise<Store> => openStore({ databaseUrl: database.url });
    stores = [await open(), await open()];
  });
  beforeEach(() => sql(database.url, 'truncate denyscope.rate_budget'));
  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  /** Draws again and again, each time when the tokens of before may be used; gives the times at which they are. */
  async function usable(store: Store, draw: BudgetDraw, untilMs: number): Promise<readonly number[]> {
    const times: number[] = [];
    while (performance.now() < untilMs) {
      const waitMs = await store.drawTokens(draw);
      times.push(...Array<number>(draw.tokens).fill(performance.now() + waitMs));
      await new Promise((resolve) => {
        setTimeout(resolve, waitMs);
      });
    }
    return times;
  }

  test.each([1, 5])('two that draw %d at a time never have more than rate × time + burst', async (tokens) => {
    const draw = { ...DRAW, tokens };
    const begun = performance.now();
    const users = stores.flatMap((store) => Array.from({ length: 3 }, () => store));
    const drawn = await Promise.all(users.map((store) => usable(store, draw, begun + 1_500)));
    const times = drawn.flat().toSorted((a, b) => a - b);
    times.forEach((time, place) => {
      const most = (DRAW.perSecond * (time - begun)) / 1000 + DRAW.burst;
      expect(place + 1).toBeLessThanOrEqual(most);
    });
    expect(times.length).toBeGreaterThan(DRAW.burst);
    expect(drawn.every((own) => own.length > 0)).toBe(true);
  });

  test('a budget that rested has its burst again, and no more', async () => {
    const [one, other] = stores;
    expect(await one.drawTokens({ ...DRAW, tokens: 10 })).toBe(0);
    expect(await other.drawTokens({ ...DRAW, tokens: 10 })).toBeGreaterThan(150);
    await sql(database.url, `update denyscope.rate_budget set full_at = full_at - interval '1 hour'`);
    expect(await other.drawTokens({ ...DRAW, tokens: 10 })).toBe(0);
    expect(await one.drawTokens(DRAW)).toBeGreaterThan(0);
  });

  test('a clock of the server that was set back makes nobody wait for long', async () => {
    const [one] = stores;
    await one.drawTokens(DRAW);
    await sql(database.url, `update denyscope.rate_budget set full_at = full_at + interval '1 day'`);
    expect(await one.drawTokens(DRAW)).toBeLessThanOrEqual(60_100);
  });

  test('budgets that are full are forgotten', async () => {
    const [one] = stores;
    await sql(
      database.url,
      `insert into denyscope.rate_budget select 's3/' || place, now() from generate_series(1, 3000) place`,
    );
    await Promise.all(Array.from({ length: 1_000 }, () => one.drawTokens({ ...DRAW, perSecond: 100 })));
    expect(await sql(database.url, 'select budget from denyscope.rate_budget')).toEqual([
      { budget: DRAW.budget },
    ]);
  });
});
