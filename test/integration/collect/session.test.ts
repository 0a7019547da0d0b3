import { collectAccount, type CollectOptions } from '@denyscope/collect';
import { type FakeAws, type FakeAwsOptions, SCANNER_ACCESS_KEY_ID, startFakeAws } from '@denyscope/fake-aws';
import { type SnapshotLine } from '@denyscope/model';
import { PRESETS, generateWorld } from '@denyscope/worlds';
import { linesOf } from './scan.ts';

jest.setTimeout(60_000);

const world = generateWorld({ ...PRESETS.tiny, seed: 1, accounts: 2, oddity: 0 });
const [accountId = ''] = world.lines.flatMap((line) =>
  line.kind === 'bucket' ? (line.accountId ?? []) : [],
);
const role = { roleName: 'DenyscopeScanner' };

let aws: FakeAws;
afterEach(() => aws.close());

const serve = async (options: Omit<FakeAwsOptions, 'snapshot'> = {}): Promise<void> => {
  aws = await startFakeAws({ snapshot: world, ...options });
};

function scan(options: CollectOptions = {}): Promise<readonly SnapshotLine[]> {
  const credentials = { accessKeyId: SCANNER_ACCESS_KEY_ID, secretAccessKey: 'any' };
  return linesOf(collectAccount({ credentials, endpoint: aws.url, accountId, role, ...options }));
}

const gapsOf = (lines: readonly SnapshotLine[]): readonly SnapshotLine[] =>
  lines.filter(({ kind, unreadable }) => kind === 'coverage' || (unreadable ?? []).length > 0);
const outcomes = (operation: string): readonly string[] =>
  aws.calls().flatMap((call) => (call.operation === operation ? [call.outcome] : []));

test('an account that takes hours is read whole: credentials that ran out are renewed, and the call made again', async () => {
  let calls = 0;
  // An hour and a half passes in the middle, and again a little later.
  const now = (): number => Date.UTC(2026, 10, 21) + Math.floor((calls += 1) / 25) * 90 * 60_000;
  await serve({ now });
  const lines = await scan({ concurrency: 3 });
  expect(gapsOf(lines)).toEqual([]);
  expect(aws.calls().some(({ outcome }) => outcome.startsWith('Expired'))).toBe(true);
  expect(outcomes('AssumeRole').length).toBeGreaterThan(1);
});

test('a role whose entering is throttled is entered a little later', async () => {
  await serve({ faults: [{ kind: 'throttle', on: 'sts:AssumeRole', times: 2 }] });
  expect(gapsOf(await scan())).toEqual([]);
  expect(outcomes('AssumeRole')).toEqual(['Throttling', 'Throttling', 'ok']);
});
