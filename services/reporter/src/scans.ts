import { buildEstate, type Ledger, openLedger } from '@denyscope/inventory';
import { type CompiledEstate, compileEstate } from '@denyscope/matrix';
import { type ScanRef, type SnapshotLine } from '@denyscope/model';
import { type MissingScan, type ScanRecord, type Store, noScanAsOf } from '@denyscope/store';

/** A complete scan, ready to be asked. */
export interface LoadedScan {
  readonly ref: ScanRef;
  readonly record: ScanRecord;
  readonly compiled: CompiledEstate;
  /** What the scan could read. */
  readonly ledger: Ledger;
}

/** The complete scans of a store, loaded when they are first asked about. */
export interface Scans {
  /** The last complete scan; undefined where there is none yet. A new one is noticed by the next call. */
  readonly latest: () => Promise<LoadedScan | undefined>;
  /** A complete scan by its id. */
  readonly byId: (id: number) => Promise<LoadedScan | undefined>;
  /** The last complete scan that was taken up to a moment (ISO 8601), or why there is none. */
  readonly asOf: (moment: string) => Promise<LoadedScan | MissingScan>;
}

type ScanReader = Pick<Store, 'latestScan' | 'scan' | 'readScan' | 'scanAsOf' | 'firstScan'>;

/** Estates are large: besides the last scan, one older one is kept for those who compare. */
const KEPT = 2;

/**
 * Loads each scan once, however many ask for it at the same time. A load that failed is tried again by the next who
 * asks.
 */
export function openScans(store: ScanReader): Scans {
  const loads = new Map<number, Promise<LoadedScan>>();
  const load = (record: ScanRecord): Promise<LoadedScan> => {
    const known = loads.get(record.id);
    // Asked for again: last in line to be dropped.
    loads.delete(record.id);
    const loading = known ?? read(store, record);
    loads.set(record.id, loading);
    loading.catch(() => {
      if (loads.get(record.id) === loading) loads.delete(record.id);
    });
    for (const id of [...loads.keys()].slice(0, -KEPT)) loads.delete(id);
    return loading;
  };
  const loaded = async (found: Promise<ScanRecord | undefined>): Promise<LoadedScan | undefined> => {
    const record = await found;
    return record?.status === 'complete' ? load(record) : undefined;
  };
  return {
    latest: () => loaded(store.latestScan()),
    byId: (id) => loaded(store.scan(id)),
    asOf: async (moment) => (await loaded(store.scanAsOf(moment))) ?? noScanAsOf(store, moment),
  };
}

async function read(store: ScanReader, record: ScanRecord): Promise<LoadedScan> {
  const { header, lines } = await store.readScan(record.id);
  const held: SnapshotLine[] = [];
  const ledger = openLedger(header);
  for await (const line of lines) {
    held.push(line);
    ledger.add(line);
  }
  return {
    ref: { id: String(record.id), finishedAt: record.finishedAt ?? record.startedAt },
    record,
    compiled: compileEstate(buildEstate(header, held)),
    ledger: ledger.close(),
  };
}
