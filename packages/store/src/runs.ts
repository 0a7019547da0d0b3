import { type SnapshotHeader, canonicalJson, checkSnapshotHeader } from '@denyscope/model';
import { type ClientBase, type PoolClient } from 'pg';
import { StoreError } from './error.ts';
import {
  type BeginOptions,
  type Begun,
  type ExpectedPart,
  type PartRecord,
  type PartStatus,
  type RunProgress,
  type RunRecord,
  type RunScope,
  type RunStatus,
} from './run-store.ts';
import { inTransaction } from './sessions.ts';
import * as sql from './sql/run-sql.ts';
import { removeStaged } from './staged-lines.ts';

const HOUR_MS = 3_600_000;

/** Begins a run, or gives the one that runs. */
export async function beginRun(client: PoolClient, options: BeginOptions): Promise<Begun> {
  const { header, scope = {}, staleAfterMs = HOUR_MS } = options;
  return inTransaction(client, async () => {
    const stale = await client.query<IdRow>(sql.END_STALE, [staleAfterMs / 1000]);
    for (const { id } of stale.rows) await settleRun(client, Number(id));
    const added = await client.query<IdRow>(sql.BEGIN, [canonicalJson(header), JSON.stringify(scope)]);
    const [row] = added.rows.length > 0 ? added.rows : (await client.query<IdRow>(sql.RUNNING_ID)).rows;
    const run = row && (await runById(client, Number(row.id)));
    if (run !== undefined) return { begun: added.rows.length > 0, run };
    // The other one ended between the two statements.
    throw new StoreError('busy', 'another scan ended just now: try again');
  });
}

interface IdRow {
  readonly id: string;
}

interface RunRow {
  readonly id: string;
  readonly status: RunStatus;
  readonly started_at: Date;
  readonly progressed_at: Date;
  readonly finished_at: Date | null;
  readonly header: string;
  readonly scope: RunScope;
  readonly reason: string | null;
  readonly scan_id: string | null;
  readonly progress: RunProgress;
}

function recordOf(row: RunRow): RunRecord {
  const { status, scope, progress } = row;
  return {
    id: Number(row.id),
    status,
    header: headerOfRun(row),
    scope,
    startedAt: row.started_at.toISOString(),
    progressedAt: row.progressed_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
    reason: row.reason ?? undefined,
    scanId: row.scan_id === null ? undefined : Number(row.scan_id),
    progress,
  };
}

/** The first line of the snapshot that a run will be. */
export function headerOfRun({ header }: { readonly header: string }): SnapshotHeader {
  const checked = checkSnapshotHeader(JSON.parse(header));
  if ('header' in checked) return checked.header;
  throw new StoreError('damaged-row', `the header of a run does not fit: ${checked.fault.message}`);
}

export async function runById(client: ClientBase, runId: number): Promise<RunRecord | undefined> {
  if (!Number.isSafeInteger(runId)) return undefined;
  return (await client.query<RunRow>(sql.RUN_BY_ID, [runId])).rows.map(recordOf).at(0);
}

export async function latestRun(client: ClientBase): Promise<RunRecord | undefined> {
  return (await client.query<RunRow>(sql.LATEST_RUN)).rows.map(recordOf).at(0);
}

interface PartRow extends Omit<PartRecord, 'reason' | 'changedAt'> {
  readonly reason: string | null;
  readonly changed_at: Date;
}

export async function runParts(client: ClientBase, runId: number): Promise<readonly PartRecord[]> {
  const { rows } = await client.query<PartRow>(sql.PARTS, [runId]);
  return rows.map(({ part, status, reason, lines, gaps, changed_at }) => ({
    part,
    status,
    reason: reason ?? undefined,
    lines,
    gaps,
    changedAt: changed_at.toISOString(),
  }));
}

/** The parts of the run that a scan came from that were not read whole; undefined where it came from no run. */
export async function ledgerOf(
  client: ClientBase,
  scanId: number,
): Promise<readonly PartRecord[] | undefined> {
  if (!Number.isSafeInteger(scanId)) return undefined;
  const { rows } = await client.query<IdRow>(sql.RUN_OF_SCAN, [scanId]);
  const [run] = rows;
  return run && runParts(client, Number(run.id));
}

/** What became of one part; undefined where nobody spoke of it yet. */
export async function partStatus(
  client: ClientBase,
  runId: number,
  part: string,
): Promise<PartStatus | undefined> {
  const { rows } = await client.query<{ readonly status: PartStatus }>(sql.PART_STATUS, [runId, part]);
  return rows[0]?.status;
}

/** A run as those see it who write to it. */
export interface HeldRun {
  readonly status: RunStatus;
  readonly header: string;
  readonly scan_id: string | null;
}

/**
 * Keeps the run from ending until the transaction does.
 *
 * @throws StoreError `run-over`
 */
export async function holdRun(client: ClientBase, runId: number): Promise<void> {
  const { rows } = await client.query<HeldRun>(sql.HOLD_RUN, [runId]);
  if (rows[0]?.status !== 'running') throw runOver(runId, rows[0]);
}

/** Keeps everybody else from the run until the transaction ends. */
export async function lockRun(client: ClientBase, runId: number): Promise<HeldRun | undefined> {
  return (await client.query<HeldRun>(sql.LOCK_RUN, [runId])).rows[0];
}

export function runOver(runId: number, run: HeldRun | undefined): StoreError {
  return new StoreError('run-over', `scan run ${runId} is ${run?.status ?? 'not known'}`);
}

export async function expectParts(
  client: PoolClient,
  runId: number,
  parts: readonly ExpectedPart[],
): Promise<void> {
  await inTransaction(client, async () => {
    await holdRun(client, runId);
    const reasons = parts.map(({ skipped }) => skipped ?? null);
    await client.query(sql.EXPECT_PARTS, [runId, parts.map(({ accountId }) => accountId), reasons]);
  });
}

/** What of a run that just ended is kept: its exceptions, and when each account was read. */
export async function settleRun(client: ClientBase, runId: number): Promise<void> {
  await client.query(sql.NOTE_READS, [runId]);
  await client.query(sql.THIN_PARTS, [runId]);
  await removeStaged(client, runId);
}

/** Ends a run that is not to be published. */
export async function endRun(
  client: PoolClient,
  runId: number,
  status: 'failed' | 'cancelled',
  reason?: string,
): Promise<RunRecord | undefined> {
  await inTransaction(client, async () => {
    const run = await lockRun(client, runId);
    if (run?.status !== 'running') return;
    await client.query(sql.END_RUN, [runId, status, reason ?? null, null]);
    await settleRun(client, runId);
  });
  return runById(client, runId);
}
