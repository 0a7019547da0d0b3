import { setTimeout as sleep } from 'node:timers/promises';
import { collectOrganization, rateBudget, sharedDraw, snapshotHeader } from '@denyscope/collect';
import { type FakeAws, type Fault, SCANNER_ACCESS_KEY_ID, startFakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { beginScan } from '@denyscope/scheduler';
import { type Store, openStore } from '@denyscope/store';
import { PRESETS, generateWorld } from '@denyscope/worlds';
import { accessTo, ended, linesOf as scanOf, queueOn, workerOn } from '../support/live-scan.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { sql } from '../support/database.ts';
import { differences, linesOf } from './collect/scan.ts';

jest.setTimeout(90_000);

const generated = generateWorld({ ...PRESETS.tiny, seed: 1, accounts: 3, oddity: 0 });
const isPolicy = ({ kind }: SnapshotLine): boolean => kind === 'organization-policy';
/** An organization of few policies: two a second is what AWS describes. */
const FEW = generated.lines.filter(isPolicy).slice(0, 5);
const world = {
  ...generated,
  lines: generated.lines.filter((line) => !isPolicy(line) || FEW.includes(line)),
};

/** AWS's own numbers for the operations that a scan calls, an account (semantics.md H.2). */
const QUOTAS: readonly (readonly [operation: string, perSecond: number, burst: number])[] = [
  ['DescribeOrganization', 1, 2],
  ['DescribePolicy', 2, 2],
  ['ListAccounts', 8, 12],
  ['ListAccountsForParent', 5, 8],
  ['ListDelegatedAdministrators', 5, 8],
  ['ListOrganizationalUnitsForParent', 5, 8],
  ['ListPolicies', 5, 8],
  ['ListRoots', 1, 2],
  ['ListTagsForResource', 10, 15],
  ['ListTargetsForPolicy', 5, 8],
];
const faults: readonly Fault[] = QUOTAS.map(([operation, perSecond, burst]) => ({
  kind: 'quota',
  on: `organizations:${operation}`,
  perSecond,
  burst,
}));

describe('the quotas of Organizations', () => {
  let database: TestDatabase;
  let aws: FakeAws;
  const stores: Store[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    aws = await startFakeAws({ snapshot: world, faults });
  });
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    await aws.close();
    await database.drop();
  });
  const open = async (): Promise<Store> => {
    const store = await openStore({ databaseUrl: database.url });
    stores.push(store);
    return store;
  };
  const refused = (): number =>
    aws.calls().filter(({ outcome }) => outcome === 'TooManyRequestsException').length;
  const access = {
    credentials: { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' },
  };

  async function organization(store: Store): Promise<readonly SnapshotLine[]> {
    const onTrouble = (error: unknown): never => {
      throw error;
    };
    const budget = rateBudget({ draw: sharedDraw({ draw: store.drawTokens, onTrouble }) });
    return linesOf(collectOrganization({ ...access, endpoint: aws.url, budget }));
  }

  test('are kept by two that read the organization at once, and both read all of it', async () => {
    const both = [await open(), await open()].map((store) => organization(store));
    const [one = [], other = []] = await Promise.all(both);
    expect(one.filter(({ kind }) => kind === 'coverage')).toEqual([]);
    expect(differences(one, other)).toEqual([]);
    expect(refused()).toBeLessThanOrEqual(aws.calls().length / 50);
  });

  test('are overrun by whoever does not keep to a rate', async () => {
    const once = { ...access, endpoint: aws.url, maxAttempts: 1 };
    await Promise.all([linesOf(collectOrganization(once)), linesOf(collectOrganization(once))]);
    expect(refused()).toBeGreaterThan(0);
  });

  test('are kept by workers, who share what they draw', async () => {
    const store = await open();
    const ground = { store, queueUrl: database.url, queuePrefix: `denyscope-rates-${Date.now()}` };
    const workers = [await workerOn(ground, { ...accessTo(aws), source: 'aws' })];
    workers.push(await workerOn({ ...ground, store: await open() }, { ...accessTo(aws), source: 'aws' }));
    const queue = await queueOn(ground);
    const header = snapshotHeader('2026-11-21T02:00:00Z', 'aws');
    const { run } = await beginScan({ store, queue, header });
    const budgets = budgetsSeen(database.url);
    const lines = await scanOf(store, await ended(store, run.id));
    const names = await budgets.end();
    await queue.close();
    await Promise.all(workers.map((worker) => worker.close()));
    expect(differences(world.lines, lines)).toEqual([]);
    expect(refused()).toBeLessThanOrEqual(aws.calls().length / 50);
    expect(names).toContain('organizations/DescribePolicy//');
  });
});

/** The budgets that were drawn from while something ran. */
function budgetsSeen(url: string): { readonly end: () => Promise<readonly unknown[]> } {
  const names = new Set<unknown>();
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      for (const row of await sql(url, 'select budget from denyscope.rate_budget'))
        names.add(Object.values(row ?? {})[0]);
      await sleep(100);
    }
  })();
  return {
    end: async () => {
      over.abort();
      await watching;
      return [...names];
    },
  };
}
