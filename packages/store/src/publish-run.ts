import { type ClientBase, type PoolClient } from 'pg';
import { mergeStaged, whenFree } from './merge.ts';
import { markUnread } from './run-parts.ts';
import { headerOfRun, lockRun, runOver, settleRun } from './runs.ts';
import { noSuchScan, scanById } from './scans.ts';
import { ANALYZE_STAGED, CREATE_STAGED } from './sql/import-sql.ts';
import * as sql from './sql/run-sql.ts';
import { type ScanRecord } from './scan-record.ts';

/** Merges all parts of a run into the next scan, whole or not at all. */
export async function publishRun(client: PoolClient, runId: number): Promise<ScanRecord> {
  return whenFree(client, async () => {
    const run = await lockRun(client, runId);
    if (run?.scan_id !== undefined && run.scan_id !== null) return published(client, Number(run.scan_id));
    if (run?.status !== 'running') throw runOver(runId, run);
    await markUnsettled(client, runId);
    await client.query(CREATE_STAGED);
    await client.query(sql.GATHER_LINES, [runId]);
    await client.query(sql.GATHER_DOCUMENTS, [runId]);
    await client.query(ANALYZE_STAGED);
    const scan = await mergeStaged(client, headerOfRun(run));
    await client.query(sql.END_RUN, [runId, 'published', null, scan.id]);
    await settleRun(client, runId);
    return scan;
  });
}

async function published(client: ClientBase, scanId: number): Promise<ScanRecord> {
  const scan = await scanById(client, scanId);
  if (scan === undefined) throw noSuchScan(scanId);
  return scan;
}

/** Every account that was expected has its line, also where the worker that read it died for good. */
async function markUnsettled(client: ClientBase, runId: number): Promise<void> {
  const { rows } = await client.query<{ readonly part: string }>(sql.UNSETTLED, [runId]);
  for (const { part } of rows) {
    const message = 'the job of the account did not end';
    await markUnread(client, { runId, part }, { reason: 'NotScanned', message });
  }
}
