import { type SnapshotNote } from '@denyscope/inventory';
import { type Pruned, type ScanRecord } from '@denyscope/store';

/** A scan as it is listed: its id is text, as everywhere in answers. */
export interface ListedScan extends Omit<ScanRecord, 'id'> {
  readonly id: string;
}

/** A new scan, and what of its snapshot this release keeps without reading. */
export interface Imported extends ListedScan {
  readonly notes: readonly SnapshotNote[];
}

/** The scans that went, or would go in a dry run, with what only they needed. */
export interface PrunedScans extends Omit<Pruned, 'scans'> {
  readonly dryRun: boolean;
  /** Ids, the oldest first. */
  readonly scans: readonly string[];
}

export function listed(record: ScanRecord): ListedScan {
  return { ...record, id: String(record.id) };
}
