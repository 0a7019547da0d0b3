import { type Reporter, startReporter } from '@denyscope/reporter';
import { coverageAnswerSchema } from '@denyscope/model';
import { type Store, openStore } from '@denyscope/store';
import { demoWorld } from '@denyscope/worlds';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { WITH_TOKEN, ask, linesOf, quietOptions } from './reporter-client.ts';

jest.setTimeout(60_000);

const DEVELOPMENT = '121234345656';
const NORTHWIND = '343456567878';
const LEGACY = '454567678989';

let database: TestDatabase;
let store: Store;
let reporter: Reporter;
beforeAll(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
  const world = demoWorld();
  await store.importSnapshot(world.header, linesOf(world));
  reporter = await startReporter({ store, access: WITH_TOKEN, ...quietOptions([]) });
});
afterAll(async () => {
  await reporter.close();
  await store.close();
  await database.drop();
});

const page = async (query: string) => {
  const { status, body } = await ask(reporter, `/v1/coverage${query}`);
  expect(status).toBe(200);
  return coverageAnswerSchema.parse(body);
};

describe('GET /v1/coverage', () => {
  test('has a row for every account that Organizations lists, with its number and what is missing', async () => {
    const { accounts, organization, total, next } = await page('');
    const listed = demoWorld().lines.filter(({ kind }) => kind === 'account');
    expect(accounts.map(({ accountId }) => accountId)).toEqual(
      listed.map(({ accountId = '' }) => accountId).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect({ total, next }).toEqual({ total: listed.length, next: null });
    expect(organization).toMatchObject({ accountId: null, status: 'complete', coverage: 1 });
    const row = (id: string) => accounts.find(({ accountId }) => accountId === id);
    expect(row(NORTHWIND)).toMatchObject({ status: 'failed', coverage: 0 });
    expect(row(LEGACY)).toMatchObject({ status: 'suspended', coverage: 0 });
    expect(row(DEVELOPMENT)).toMatchObject({ status: 'partial', counts: { unreadable: 2 } });
    expect(row(DEVELOPMENT)?.gaps).toContainEqual(
      expect.objectContaining({ step: 's3:GetBucketPolicy', field: 'Policy', count: 1 }),
    );
  });

  test('goes on behind its cursor', async () => {
    const whole = await page('');
    const ids: (string | null)[] = [];
    for (let query = '?limit=5'; query !== '';) {
      const { accounts, next } = await page(query);
      expect(accounts.length).toBeLessThanOrEqual(5);
      ids.push(...accounts.map(({ accountId }) => accountId));
      query = next === null ? '' : `?limit=5&cursor=${next}`;
    }
    expect(ids).toEqual(whole.accounts.map(({ accountId }) => accountId));
  });

  test('tells every read of one account', async () => {
    const { accounts } = await page(`?account=${DEVELOPMENT}`);
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.reads).toContainEqual(
      expect.objectContaining({
        kind: 'bucket',
        field: 'Policy',
        unreadable: 1,
        reasons: { AccessDenied: 1 },
      }),
    );
  });

  test.each([
    ['?account=web', 400],
    ['?account=999999999999', 404],
    ['?cursor=bogus', 400],
    ['?limit=0', 400],
    ['?scan=99', 404],
  ])('answers %s with a problem', async (query, status) => {
    expect(await ask(reporter, `/v1/coverage${query}`)).toMatchObject({ status });
  });

  test('the metrics say the same, and wake nobody for accounts that are left out', async () => {
    const { accounts } = await page('');
    const { text } = await ask(reporter, '/metrics');
    for (const { accountId, status, coverage } of accounts) {
      const series = `denyscope_coverage_ratio{account_id="${accountId ?? ''}"}`;
      if (status === 'suspended') expect(text).not.toContain(series);
      else expect(text).toContain(`${series} ${coverage}\n`);
    }
  });
});
