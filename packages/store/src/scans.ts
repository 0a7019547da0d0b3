import { type SnapshotHeader, checkSnapshotHeader } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { StoreError } from './error.ts';
import { HEADER, LATEST_SCAN, SCAN, SCANS } from './sql/scan-sql.ts';
import { type FactCounts, type ScanRecord, type ScanStatus } from './scan-record.ts';

interface ScanRow {
  readonly id: string;
  readonly source: SnapshotHeader['source'];
  readonly status: ScanStatus;
  readonly taken_at: Date;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly counts: FactCounts;
  readonly opened: number;
  readonly closed: number;
  readonly documents: number;
}

function recordOf(row: ScanRow): ScanRecord {
  const { source, status, counts, opened, closed, documents } = row;
  return {
    id: Number(row.id),
    source,
    status,
    takenAt: row.taken_at.toISOString(),
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString(),
    counts,
    opened,
    closed,
    documents,
  };
}

/** The scan that a query for one finds. */
export async function scanByQuery(
  client: ClientBase,
  query: string,
  values: readonly (string | number)[] = [],
): Promise<ScanRecord | undefined> {
  return (await client.query<ScanRow>(query, [...values])).rows.map(recordOf).at(0);
}

export async function latestScan(client: ClientBase): Promise<ScanRecord | undefined> {
  return scanByQuery(client, LATEST_SCAN);
}

export async function scanById(client: ClientBase, id: number): Promise<ScanRecord | undefined> {
  if (!Number.isSafeInteger(id)) return undefined;
  return scanByQuery(client, SCAN, [id]);
}

export async function allScans(client: ClientBase): Promise<readonly ScanRecord[]> {
  return (await client.query<ScanRow>(SCANS)).rows.map(recordOf);
}

/**
 * The first line of a complete scan.
 *
 * @throws StoreError `no-such-scan`, `damaged-row`
 */
export async function headerOf(client: ClientBase, id: number): Promise<SnapshotHeader> {
  const rows = Number.isSafeInteger(id)
    ? (await client.query<{ readonly header: string }>(HEADER, [id])).rows
    : [];
  const [row] = rows;
  if (row === undefined) throw noSuchScan(id);
  const checked = checkSnapshotHeader(JSON.parse(row.header));
  if ('header' in checked) return checked.header;
  throw new StoreError('damaged-row', `the header of scan ${id} does not fit: ${checked.fault.message}`);
}

export function noSuchScan(id: number): StoreError {
  return new StoreError('no-such-scan', `there is no complete scan ${id}`);
}
