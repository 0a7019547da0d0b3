import { type ScanPoint } from '@denyscope/model';
import { type ChangeStore } from './changes.ts';
import { type ScanRecord } from './scan-record.ts';
import { type Store } from './store.ts';

type ScanFinder = Pick<Store, 'latestScan' | 'scan'> &
  Pick<ChangeStore, 'scanAsOf' | 'firstScan' | 'scanBefore'>;

/** Why there is no such scan: a sentence for whoever asked. */
export interface MissingScan {
  /** What was asked for; `scan` where there is no complete scan at all. */
  readonly field: 'since' | 'until' | 'asOf' | 'scan';
  readonly missing: string;
}

/** The scans to compare; `before` is meant as the older, and either may be. */
export interface ScansToCompare {
  readonly before: ScanRecord;
  readonly after: ScanRecord;
}

/**
 * Chooses the scans between which to look for changes: until the last complete one, and since the one before that,
 * where nothing else is said. A time before is counted back from the moment at which the later scan was taken.
 */
export async function scansToCompare(
  store: ScanFinder,
  { since, until }: { readonly since?: ScanPoint | undefined; readonly until?: ScanPoint | undefined },
): Promise<ScansToCompare | MissingScan> {
  const after = until === undefined ? await store.latestScan() : await scanAt(store, until);
  if (after === undefined) return missing(store, 'until', until);
  const from = since?.kind === 'ago' ? before(after, since.milliseconds) : since;
  const found = from === undefined ? await store.scanBefore(after.id) : await scanAt(store, from);
  if (found !== undefined) return { before: found, after };
  if (from !== undefined) return missing(store, 'since', from);
  return { field: 'since', missing: `there is no complete scan before scan ${after.id} to compare it with` };
}

/** A scan by id or moment; without another scan there is nothing to count back from but the last. */
async function scanAt(store: ScanFinder, point: ScanPoint): Promise<ScanRecord | undefined> {
  if (point.kind === 'moment') return store.scanAsOf(point.moment);
  const record = point.kind === 'scan' ? await store.scan(point.id) : await store.latestScan();
  if (point.kind === 'scan') return record?.status === 'complete' ? record : undefined;
  return record && store.scanAsOf(before(record, point.milliseconds).moment);
}

function before({ takenAt }: ScanRecord, milliseconds: number) {
  const moment = new Date(Date.parse(takenAt) - milliseconds).toISOString();
  return { kind: 'moment', moment } as const;
}

async function missing(
  store: ScanFinder,
  field: MissingScan['field'],
  point: ScanPoint | undefined,
): Promise<MissingScan> {
  if (point === undefined) return { field: 'scan', missing: 'no scan is complete yet' };
  if (point.kind === 'scan') return { field, missing: `there is no complete scan ${point.id}` };
  if (point.kind === 'ago') return { field, missing: 'there is no complete scan as early as that' };
  return noScanAsOf(store, point.moment, field);
}

/** Says that no scan was taken up to a moment, and which is the earliest. */
export async function noScanAsOf(
  store: Pick<ChangeStore, 'firstScan'>,
  moment: string,
  field: MissingScan['field'] = 'asOf',
): Promise<MissingScan> {
  const first = await store.firstScan();
  const earliest =
    first === undefined ? 'there is none at all' : `the earliest is scan ${first.id} of ${first.takenAt}`;
  return { field, missing: `no complete scan was taken up to ${moment}: ${earliest}` };
}
