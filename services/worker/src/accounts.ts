import { type SnapshotLine, accountState } from '@denyscope/model';
import { type ExpectedPart, type RunScope } from '@denyscope/store';

/** Every account that the organization lists, and those that the scan names itself; with what is left out, and why. */
export function expectedAccounts(
  lines: readonly SnapshotLine[],
  { accounts: wanted }: RunScope,
): readonly ExpectedPart[] {
  const listed = lines.flatMap((line) =>
    line.kind === 'account' && line.accountId !== undefined
      ? [{ accountId: line.accountId, skipped: reasonToSkip(line, wanted) }]
      : [],
  );
  const known = new Set(listed.map(({ accountId }) => accountId));
  const unlisted = (wanted ?? []).filter((accountId) => !known.has(accountId));
  return [...listed, ...unlisted.map((accountId) => ({ accountId }))];
}

export const EXCLUDED = 'excluded';

// AWS: no role of an account that is suspended or closed can be entered (semantics.md H.1).
function reasonToSkip(
  { accountId, data }: SnapshotLine,
  wanted: readonly string[] | undefined,
): string | undefined {
  const state = accountState(data) ?? 'ACTIVE';
  if (state !== 'ACTIVE') return state.toLowerCase();
  return wanted !== undefined && !wanted.includes(accountId ?? '') ? EXCLUDED : undefined;
}

/** What is left out by choice is unknown, and says so. */
export function exclusions(accounts: readonly ExpectedPart[]): readonly SnapshotLine[] {
  return accounts
    .filter(({ skipped }) => skipped === EXCLUDED)
    .map(({ accountId }) => ({
      kind: 'coverage',
      accountId,
      data: { step: 'sts:AssumeRole', reason: 'Excluded', message: 'the scan was told to leave it out' },
    }));
}
