import { type PartRecord, ORGANIZATION, type RunRecord, type Store } from '@denyscope/store';
import { CommandError } from '../failure.ts';
import { count } from '../render/statement.ts';
import { type ListedScan, listed } from '../scan-record.ts';

/** An account that was not read whole, and why. */
export interface AccountOutcome {
  readonly accountId: string;
  readonly outcome: 'failed' | 'partial' | 'skipped';
  readonly reason: string;
}

/** What a live scan did. */
export interface Scanned {
  readonly scan: ListedScan;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly accounts: Readonly<Record<'complete' | 'partial' | 'failed' | 'skipped', number>>;
  /** Lines that tell of something that could not be read, the organization's too. */
  readonly gaps: number;
  readonly notRead: readonly AccountOutcome[];
}

/** Sums up a run that was published. */
export async function scannedBy(store: Store, run: RunRecord): Promise<Scanned> {
  const scan = run.scanId === undefined ? undefined : await store.scan(run.scanId);
  if (scan === undefined) throw new CommandError('the scan is no longer in the database');
  const { complete, partial, failed, skipped, gaps } = run.progress;
  const parts = await store.runParts(run.id);
  return {
    scan: listed(scan),
    startedAt: run.startedAt,
    finishedAt: run.finishedAt ?? run.progressedAt,
    accounts: { complete, partial, failed, skipped },
    gaps,
    notRead: parts.flatMap(outcomeOf),
  };
}

function outcomeOf({ part: accountId, status, reason = '', gaps }: PartRecord): readonly AccountOutcome[] {
  if (accountId === ORGANIZATION || status === 'waiting') return [];
  if (status !== 'done') return [{ accountId, outcome: status, reason }];
  return gaps === 0 ? [] : [{ accountId, outcome: 'partial', reason: count(gaps, 'gap') }];
}
