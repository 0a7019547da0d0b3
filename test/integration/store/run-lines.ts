import { type SnapshotLine } from '@denyscope/model';
import { ORGANIZATION, type Store } from '@denyscope/store';
import { HEADER, streamed } from '../../support/database-snapshot.ts';

export const [ONE, TWO, THREE] = ['111122223333', '222233334444', '333344445555'] as const;

/** What the organization says of an account. */
export const account = (id: string, more: SnapshotLine['data'] = {}): SnapshotLine => ({
  kind: 'account',
  accountId: id,
  data: { Id: id, ...more },
});
export const ROOT: SnapshotLine = { kind: 'root', data: { Id: 'r-1' } };
export const gap = (accountId: string, step: string): SnapshotLine => ({
  kind: 'coverage',
  accountId,
  data: { step, reason: 'AccessDenied' },
});

/** Begins a run that knows of these accounts. */
export async function listedRun(store: Store, accounts: readonly string[]): Promise<number> {
  const { id } = (await store.beginRun({ header: HEADER })).run;
  await store.stagePart(
    id,
    ORGANIZATION,
    streamed([ROOT, ...accounts.map((accountId) => account(accountId))]),
  );
  await store.expectParts(
    id,
    accounts.map((accountId) => ({ accountId })),
  );
  return id;
}
