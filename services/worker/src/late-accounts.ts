import { accountStates } from '@denyscope/collect';
import { type SnapshotLine } from '@denyscope/model';
import { type RunningJob } from '@denyscope/queue';
import { ORGANIZATION, type PartRecord, type RunRecord } from '@denyscope/store';
import { type Context } from './context.ts';
import { scanAccount } from './jobs/scan-account.ts';
import { streamed } from './lines.ts';
import { isWaiting, readOrganization } from './organization.ts';

/** The job that publishes, and what ends it. */
export interface Publishing {
  readonly job: RunningJob;
  readonly signal: AbortSignal;
}

/**
 * Accounts come and go while a scan runs. Those that came are read here and now, so that every account that
 * Organizations lists has its row; those that went and could not be read say so. Where the accounts cannot be listed
 * again, the scan's own list stands.
 */
export async function settleLateAccounts(
  context: Context,
  run: RunRecord,
  publishing: Publishing,
): Promise<void> {
  const { store, logger } = context;
  const states = await accountStates({ ...context.collecting, signal: publishing.signal });
  if (states === undefined) {
    logger.warn({ runId: run.id }, 'the accounts could not be listed again');
    return;
  }
  const parts = await store.runParts(run.id);
  const known = new Set(parts.map(({ part }) => part));
  if ([...states.keys()].some((accountId) => !known.has(accountId))) {
    await readNewAccounts(context, run, publishing, known);
  }
  for (const part of parts) await explainDeparture(context, run.id, part, states.get(part.part));
}

/**
 * The organization is read again, since its policies list what they are attached to. A new account's row comes with
 * its lines: whoever goes on after this process was killed still sees what is new.
 */
async function readNewAccounts(
  context: Context,
  run: RunRecord,
  { job, signal }: Publishing,
  known: ReadonlySet<string>,
): Promise<void> {
  const { store, logger } = context;
  const { lines, accounts } = await readOrganization(context, run, signal);
  const appeared = accounts.filter(({ accountId }) => !known.has(accountId));
  if (appeared.length === 0) return;
  logger.info({ runId: run.id, accounts: appeared.length }, 'accounts appeared during the scan');
  await store.stagePart(run.id, ORGANIZATION, streamed(lines));
  for (const { accountId, skipped } of appeared) {
    if (skipped === undefined) await scanAccount(context, { runId: run.id, accountId }, job);
  }
  await store.expectParts(run.id, accounts);
}

/** An account that failed because it is none of the organization's active ones any more. */
async function explainDeparture(
  { store }: Context,
  runId: number,
  record: PartRecord,
  state: string | undefined,
): Promise<void> {
  const { part, status, reason } = record;
  const failed = status === 'failed' || isWaiting(record);
  if (part === ORGANIZATION || !failed || state === 'ACTIVE') return;
  // One that somebody named, and that the organization never listed, did not leave it.
  if (state === undefined && (await store.accountLine(runId, part)) === undefined) return;
  const data = state === undefined ? LEFT : closed(state);
  if (reason !== data.reason) await store.stagePart(runId, part, streamed([departure(part, data)]));
}

const LEFT = { reason: 'AccountLeft', message: 'the account left the organization during the scan' };

function closed(state: string): typeof LEFT {
  return { reason: 'AccountClosed', message: `the account was closed during the scan: it is ${state}` };
}

function departure(accountId: string, said: typeof LEFT): SnapshotLine {
  return { kind: 'coverage', accountId, data: { step: 'sts:AssumeRole', ...said } };
}
