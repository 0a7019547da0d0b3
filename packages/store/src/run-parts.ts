import { type SnapshotLine } from '@denyscope/model';
import { type ClientBase, type PoolClient } from 'pg';
import { lineOf, referencesIn } from './fact-text.ts';
import { type PartFailure, type PartStatus } from './run-store.ts';
import { holdRun } from './runs.ts';
import { inTransaction } from './sessions.ts';
import * as sql from './sql/run-sql.ts';
import { stage } from './stage.ts';

/** A part of a run. */
export interface PartPlace {
  readonly runId: number;
  readonly part: string;
}

/** Keeps a part's lines, in place of what an earlier attempt kept. */
export async function stagePart(
  client: PoolClient,
  place: PartPlace,
  lines: AsyncIterable<SnapshotLine>,
): Promise<void> {
  await inTransaction(client, async () => {
    await holdRun(client, place.runId);
    await takePart(client, place);
    await replacePart(client, place, lines);
  });
}

/** Gives a part up, unless it was staged. */
export async function failPart(client: PoolClient, place: PartPlace, failure: PartFailure): Promise<void> {
  await inTransaction(client, async () => {
    await holdRun(client, place.runId);
    if ((await takePart(client, place)) === 'waiting') await markUnread(client, place, failure);
  });
}

async function takePart(client: ClientBase, { runId, part }: PartPlace): Promise<PartStatus | undefined> {
  const { rows } = await client.query<{ readonly status: PartStatus }>(sql.TAKE_PART, [runId, part]);
  return rows[0]?.status;
}

/** Puts the account's `coverage` line in the place of what could not be read. */
export async function markUnread(client: ClientBase, place: PartPlace, failure: PartFailure): Promise<void> {
  const { step = ENTRANCE, reason, message } = failure;
  const line = { kind: 'coverage', accountId: place.part, data: { step, reason, message } };
  await replacePart(client, place, only(line), reason);
}

async function* only(line: SnapshotLine): AsyncGenerator<SnapshotLine> {
  yield line;
}

/** The step without which nothing of an account is read. */
const ENTRANCE = 'sts:AssumeRole';

async function replacePart(
  client: ClientBase,
  { runId, part }: PartPlace,
  lines: AsyncIterable<SnapshotLine>,
  failure?: string,
): Promise<void> {
  await client.query(sql.REMOVE_PART, [runId, part]);
  const seen = { gaps: 0, refused: failure };
  const columns = [String(runId), part];
  const count = await stage(client, watched(lines, part, seen), { copy: sql.COPY_PART, columns });
  const status: PartStatus = seen.refused === undefined ? 'done' : 'failed';
  await client.query(sql.SETTLE_PART, [runId, part, status, seen.refused ?? null, count, seen.gaps]);
}

interface Seen {
  gaps: number;
  /** Why the account could not be entered. */
  refused: string | undefined;
}

async function* watched(
  lines: AsyncIterable<SnapshotLine>,
  part: string,
  seen: Seen,
): AsyncGenerator<SnapshotLine> {
  for await (const line of lines) {
    if (isGap(line)) seen.gaps += 1;
    // The organization's part says so of accounts that the scan leaves out.
    if (line.kind === 'coverage' && line.accountId === part && line.data['step'] === ENTRANCE)
      seen.refused ??= String(line.data['reason']);
    yield line;
  }
}

/** What somebody chose to leave out is not read, and is no gap of the scan. */
function isGap({ kind, data, unreadable = [] }: SnapshotLine): boolean {
  return kind === 'coverage' ? data['reason'] !== 'Excluded' : unreadable.length > 0;
}

/** The organization's line of an account, as it was staged. */
export async function accountLine(
  client: ClientBase,
  { runId, part }: PartPlace,
): Promise<SnapshotLine | undefined> {
  const { rows } = await client.query<{ readonly body: string }>(sql.ACCOUNT_LINE, [runId, part]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const hashes = referencesIn(row.body).map((hash) => Buffer.from(hash, 'hex'));
  const documents = await client.query<{ readonly sha256: string; readonly body: string }>(
    sql.STAGED_DOCUMENTS,
    [runId, hashes],
  );
  return lineOf(row.body, new Map(documents.rows.map(({ sha256, body }) => [sha256, body])));
}
