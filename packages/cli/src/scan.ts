import { type CompiledEstate } from '@denyscope/matrix';
import { type ScanRef, type SnapshotLine } from '@denyscope/model';
import { type ScanRecord, type Store } from '@denyscope/store';
import { CommandError } from './failure.ts';
import { type Session } from './session.ts';
import { isUntouched, noScan, withStore } from './store.ts';

/** A complete scan, ready to be asked. */
export interface Scan {
  readonly ref: ScanRef;
  readonly record: ScanRecord;
  readonly compiled: CompiledEstate;
}

/** Runs a command that asks a scan: the one named, or the last complete one. */
export async function withScan<T>(
  session: Session,
  id: number | undefined,
  body: (scan: Scan) => Promise<T>,
): Promise<T> {
  if (isUntouched(session)) throw noScan(session);
  return withStore(session, async (store) => body(await loadScan(store, await recordOf(session, store, id))));
}

/** The record of the scan named, or of the last complete one. */
export async function recordOf(session: Session, store: Store, id: number | undefined): Promise<ScanRecord> {
  const record = id === undefined ? await store.latestScan() : await store.scan(id);
  if (record?.status === 'complete') return record;
  if (id === undefined) throw noScan(session);
  throw new CommandError(`there is no complete scan ${id}: \`denyscope scans\` lists them`);
}

/** Reads the facts of a scan and makes them ready to be asked. */
export async function loadScan(store: Store, record: ScanRecord): Promise<Scan> {
  const { buildEstate } = await import('@denyscope/inventory');
  const { compileEstate } = await import('@denyscope/matrix');
  const { header, lines } = await store.readScan(record.id);
  const held: SnapshotLine[] = [];
  for await (const line of lines) held.push(line);
  return { ref: refOf(record), record, compiled: compileEstate(buildEstate(header, held)) };
}

/** A scan, as answers cite it. */
export function refOf({ id, finishedAt, startedAt }: ScanRecord): ScanRef {
  return { id: String(id), finishedAt: finishedAt ?? startedAt };
}
