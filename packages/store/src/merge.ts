import { type SnapshotHeader, canonicalJson } from '@denyscope/model';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientBase, type PoolClient } from 'pg';
import { noSuchScan, scanById } from './scans.ts';
import { inTransaction } from './sessions.ts';
import * as sql from './sql/import-sql.ts';
import { LOCK, LOCK_SPACE } from './sql/locks.ts';
import { type ScanRecord } from './scan-record.ts';

const POLL_MS = 200;

/**
 * Runs a transaction while nobody else adds a scan. It asks again and again, outside of a transaction, instead of
 * waiting in the lock: a session that waits holds a snapshot, and blocks `create index concurrently` for ever.
 */
export async function whenFree<T>(client: PoolClient, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const done = await inTransaction(client, async () => {
      const { rows } = await client.query<{ readonly done: boolean }>(sql.TRY_LOCK, [
        LOCK_SPACE,
        LOCK.import,
      ]);
      return rows[0]?.done === true ? { result: await work() } : undefined;
    });
    if (done !== undefined) return done.result;
    await sleep(POLL_MS);
  }
}

/** Adds what lies in the staging table as the next scan; `whenFree` runs it. */
export async function mergeStaged(client: ClientBase, header: SnapshotHeader): Promise<ScanRecord> {
  const id = await addScan(client, header);
  const documents = await changed(client, sql.ADD_DOCUMENTS);
  const closed = await changed(client, sql.CLOSE_FACTS, [id]);
  const opened = await changed(client, sql.OPEN_FACTS, [id]);
  await client.query(sql.COMPLETE_SCAN, [id, opened, closed, documents]);
  const scan = await scanById(client, id);
  if (scan === undefined) throw noSuchScan(id);
  return scan;
}

async function addScan(client: ClientBase, header: SnapshotHeader): Promise<number> {
  const values = [header.source, new Date(header.takenAt), canonicalJson(header)];
  const { rows } = await client.query<{ readonly id: string }>(sql.ADD_SCAN, values);
  return Number(rows[0]?.id);
}

async function changed(client: ClientBase, text: string, values: readonly number[] = []): Promise<number> {
  return (await client.query(text, [...values])).rowCount ?? 0;
}
