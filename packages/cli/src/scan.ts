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

/** Which scan to ask: by its id, or by the moment up to which it was taken; else the last complete one. */
export interface ScanChoice {
  readonly scan?: number | undefined;
  /** ISO 8601. */
  readonly asOf?: string | undefined;
}

/** Runs a command that asks a scan. */
export async function withScan<T>(
  session: Session,
  choice: ScanChoice,
  body: (scan: Scan) => Promise<T>,
): Promise<T> {
  if (isUntouched(session)) throw noScan(session);
  return withStore(session, async (store) =>
    body(await loadScan(store, await recordOf(session, store, choice))),
  );
}

/** The record of the scan that was chosen. */
export async function recordOf(
  session: Session,
  store: Store,
  { scan: id, asOf }: ScanChoice,
): Promise<ScanRecord> {
  if (asOf !== undefined) return recordAsOf(store, asOf);
  const record = id === undefined ? await store.latestScan() : await store.scan(id);
  if (record?.status === 'complete') return record;
  if (id === undefined) throw noScan(session);
  throw new CommandError(`there is no complete scan ${id}: \`denyscope scans\` lists them`);
}

async function recordAsOf(store: Store, moment: string): Promise<ScanRecord> {
  const record = await store.scanAsOf(moment);
  if (record !== undefined) return record;
  const { noScanAsOf } = await import('@denyscope/store');
  throw new CommandError((await noScanAsOf(store, moment)).missing);
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
