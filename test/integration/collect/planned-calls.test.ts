import {
  collectAccount,
  collectOrganization,
  plannedCalls,
  type ObservedCall,
  type Sizes,
} from '@denyscope/collect';
import { type FakeAws, SCANNER_ACCESS_KEY_ID, startFakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { demoWorld } from '@denyscope/worlds';

jest.setTimeout(60_000);

const demo = demoWorld();
const REGIONS = ['eu-west-1', 'eu-central-1', 'us-east-1'];
/** Accounts that answer in full. */
const ACCOUNTS = ['666677778888', '333344445555', '777788889999'];

let aws: FakeAws;
beforeAll(async () => {
  aws = await startFakeAws({ snapshot: demo, scannerAccountId: '222233334444', pageSize: 10_000 });
});
afterAll(() => aws.close());

const access = () => ({
  endpoint: aws.url,
  credentials: { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' },
});

async function read(lines: AsyncIterable<SnapshotLine>): Promise<readonly SnapshotLine[]> {
  const all: SnapshotLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

function counted(
  calls: readonly Pick<ObservedCall, 'service' | 'operation'>[],
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { service, operation } of calls) {
    const name = `${service} ${operation}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

test('the calls that are planned for what there is are those that a scan makes', async () => {
  const calls: ObservedCall[] = [];
  const observe = (call: ObservedCall): void => void calls.push(call);
  const organization = await read(collectOrganization({ ...access(), observe }));
  const accounts = await Promise.all(
    ACCOUNTS.map((accountId) =>
      read(
        collectAccount({
          ...access(),
          accountId,
          role: { roleName: 'DenyscopeScanner' },
          regions: REGIONS,
          observe,
        }),
      ),
    ),
  );
  const lines = [...organization, ...accounts.flat()];
  const of = (...kinds: readonly string[]): number => lines.filter(({ kind }) => kinds.includes(kind)).length;
  const sizes: Sizes = {
    accounts: ACCOUNTS.length,
    listed: of('account'),
    nodes: of('root', 'organizational-unit'),
    policies: of('organization-policy'),
    administrators: of('delegated-administrator'),
    regions: ACCOUNTS.length * REGIONS.length,
    principals: of('iam-user', 'iam-role', 'iam-group', 'iam-policy'),
    buckets: of('bucket'),
    accessPoints: of('access-point'),
    multiRegionAccessPoints: of('multi-region-access-point'),
    keys: of('kms-key'),
    trails: of('trail'),
  };
  const planned = plannedCalls(sizes).flatMap(({ calls: number, ...call }) =>
    Array.from({ length: number }, () => call),
  );
  // AWS: a policy type that is off is not listed, which only the organization tells.
  const listings = planned.findIndex(({ operation }) => operation === 'ListPolicies');
  const made = planned.filter((_, place) => place !== listings);
  expect(sizes.buckets).toBeGreaterThan(30);
  expect(counted(calls)).toEqual(counted(made));
});

test('the organization takes its time, since its quotas are small', () => {
  const described = plannedCalls({ ...EMPTY, policies: 90 }).find(
    ({ operation }) => operation === 'DescribePolicy',
  );
  // AWS: two a second (semantics.md H.2), of which we take nine tenths.
  expect(described?.seconds).toBeCloseTo(50, 0);
});

const EMPTY: Sizes = {
  accounts: 0,
  listed: 0,
  nodes: 0,
  policies: 0,
  administrators: 0,
  regions: 0,
  principals: 0,
  buckets: 0,
  accessPoints: 0,
  multiRegionAccessPoints: 0,
  keys: 0,
  trails: 0,
};
