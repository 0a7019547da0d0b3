import { type PlannedCall, type TriedRead } from '@denyscope/collect';
import { type ScanConfiguration } from '@denyscope/ops';
import { type AccountSize, type RunScope } from '@denyscope/store';
import { CommandError } from '../failure.ts';
import { type Session } from '../session.ts';
import { isUntouched, withStore } from '../store.ts';
import { type Estimator, type Known, estimatorOf } from './estimator.ts';

/** An account as a scan would find it. */
export interface PlannedAccount {
  readonly accountId: string;
  readonly name: string | null;
  /** Why it would be left out. */
  readonly skipped: string | null;
  readonly buckets: number;
  readonly keys: number;
  /** About so many calls. */
  readonly calls: number;
  /** Where the numbers come from. */
  readonly basis: 'last scan' | 'assumed';
}

/** What a scan would do, without doing it. */
export interface DryRun {
  readonly accounts: readonly PlannedAccount[];
  readonly reads: readonly PlannedCall[];
  readonly calls: number;
  /** What one worker needs at least: for the organization, and for the accounts. */
  readonly seconds: { readonly organization: number; readonly accounts: number };
  /** How long the last scan took that was made live. */
  readonly lastSeconds: number | null;
  readonly assumptions: readonly string[];
}

/** Plans a scan. AWS is asked for the list of accounts, and for nothing else. */
export async function planScan(
  session: Session,
  scope: RunScope,
  scanning: ScanConfiguration,
): Promise<DryRun> {
  const listed = await listAccounts(scanning);
  const known = await knownSizes(session);
  const { expectedAccounts } = await import('@denyscope/worker');
  const lines = listed.items.map((data) => ({ kind: 'account', accountId: String(data['Id']), data }));
  const names = new Map(listed.items.map(({ Id, Name }) => [String(Id), Name]));
  const expected = expectedAccounts(lines, scope);
  const estimator = await estimatorOf(known, scope.regions ?? scanning.regions, scanning);
  const accounts = expected.map(({ accountId, skipped }) =>
    plannedAccount({ accountId, name: names.get(accountId), skipped }, estimator),
  );
  const entered = accounts.filter(({ skipped }) => skipped === null).map(({ accountId }) => accountId);
  const { reads, seconds } = estimator.total(entered, listed.items.length);
  return {
    accounts,
    reads: reads.filter(({ calls }) => calls > 0),
    calls: reads.reduce((sum, { calls }) => sum + calls, 0),
    seconds,
    lastSeconds: known.lastSeconds,
    assumptions: estimator.assumptions(entered),
  };
}

const LIST = 'organizations:ListAccounts';

async function listAccounts({ homeRegion }: ScanConfiguration): Promise<TriedRead> {
  const { tryReads } = await import('@denyscope/collect');
  const [read] = await tryReads({ homeRegion, deadlineMs: 5 * 60_000 }, [LIST]);
  if (read?.outcome === 'answered') return read;
  const why = read === undefined ? '' : `: ${read.reason}: ${read.message.split('\n', 1)[0] ?? ''}`;
  throw new CommandError(`the accounts cannot be listed${why}: \`denyscope doctor\` says what to do`);
}

interface Listed {
  readonly accountId: string;
  readonly name: unknown;
  readonly skipped: string | undefined;
}

function plannedAccount({ accountId, name, skipped }: Listed, estimator: Estimator): PlannedAccount {
  const common = { accountId, name: typeof name === 'string' ? name : null };
  const { sizes, calls, isKnown } = estimator.of(accountId);
  if (skipped !== undefined) return { ...common, skipped, buckets: 0, keys: 0, calls: 0, basis: 'last scan' };
  const basis = isKnown ? 'last scan' : 'assumed';
  return { ...common, skipped: null, buckets: sizes.buckets, keys: sizes.keys, calls, basis };
}

/** What the last scan knows of the sizes; nothing where there is none. */
async function knownSizes(session: Session): Promise<Known> {
  const nothing = { sizes: new Map<string, AccountSize>(), lastSeconds: null };
  if (isUntouched(session)) return nothing;
  return withStore(session, async (store) => {
    const latest = await store.latestScan();
    if (latest === undefined) return nothing;
    const sizes = new Map((await store.accountSizes(latest.id)).map((size) => [size.accountId, size]));
    const run = await store.latestRun();
    const took =
      run?.status === 'published' && run.finishedAt !== undefined
        ? (Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000
        : null;
    return { sizes, lastSeconds: took };
  });
}
