import { type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { type AccountRead } from './account-reads.ts';
import { type AccountSize } from './account-sizes.ts';
import { type ChangeStore } from './changes.ts';
import { type Candidate, type Leadership } from './leadership.ts';
import { type PruneOptions, type Pruned, type Retention } from './prune-scans.ts';
import { type BudgetDraw } from './rate-budget.ts';
import { type PartRecord, type RunStore } from './run-store.ts';
import { type FactCounts, type ScanRecord } from './scan-record.ts';

/** The facts of one scan. */
export interface StoredSnapshot {
  readonly header: SnapshotHeader;
  /**
   * The lines in canonical order, documents in place; may be read again. Reading holds one connection until its end, or
   * until the loop is left. `fetchedAt` of a line that did not change is that of the scan that first saw it so.
   */
  readonly lines: AsyncIterable<SnapshotLine>;
}

export interface ImportOptions {
  /** Hears how many lines were read so far, now and then and at the end. */
  readonly onProgress?: (lines: number) => void;
}

/**
 * What was observed, as of any scan. Every method may throw a StoreError, whose `retryable` says whether the same call
 * may succeed later.
 */
export interface Store extends RunStore, ChangeStore {
  /**
   * Keeps a snapshot as a new scan, whole or not at all: one transaction, and imports wait for each other. What did not
   * change since the scan before is not written again. An error of `lines` comes out as it is.
   *
   * @throws StoreError `duplicate-resource` when two lines describe one resource differently
   */
  readonly importSnapshot: (
    header: SnapshotHeader,
    lines: AsyncIterable<SnapshotLine>,
    options?: ImportOptions,
  ) => Promise<ScanRecord>;

  /** The complete scan with the highest id. */
  readonly latestScan: () => Promise<ScanRecord | undefined>;

  /** One scan, whatever its status. */
  readonly scan: (id: number) => Promise<ScanRecord | undefined>;

  /** All scans, the latest first. */
  readonly scans: () => Promise<readonly ScanRecord[]>;

  /**
   * The facts of a complete scan.
   *
   * @throws StoreError `no-such-scan`
   */
  readonly readScan: (id: number) => Promise<StoredSnapshot>;

  /**
   * How many facts of each kind a complete scan has.
   *
   * @throws StoreError `no-such-scan`
   */
  readonly counts: (id: number) => Promise<FactCounts>;

  /** When each account that a run tried was last read. */
  readonly accountReads: () => Promise<readonly AccountRead[]>;

  /** How much each account has in a scan; an account id of '' stands for the organization. */
  readonly accountSizes: (scanId: number) => Promise<readonly AccountSize[]>;

  /**
   * Stands for leader of the schedule, from now on until it is closed: one process at a time leads. It connects by
   * itself, again and again; close it before the store.
   */
  readonly standForLeader: (candidate: Candidate) => Leadership;

  /**
   * What of the accounts of a live scan was not read whole, the organization too: parts that are partial, failed or
   * were skipped. Every other account that the scan has was read without a gap. Undefined where the scan came from no
   * run, as an import does.
   */
  readonly ledger: (scanId: number) => Promise<readonly PartRecord[] | undefined>;

  /**
   * Lets go of old scans, whole or not at all, and says what went. The last complete scan and whatever is running stay;
   * scans that stay read as before.
   */
  readonly pruneScans: (retention: Retention, options?: PruneOptions) => Promise<Pruned>;

  /**
   * Takes tokens of a budget that all stores on the database share; gives the milliseconds after which they may be used.
   * Over any time, no more than `perSecond` × time + `burst` of them are usable.
   */
  readonly drawTokens: (draw: BudgetDraw) => Promise<number>;

  /** Succeeds when the server answers. */
  readonly ping: () => Promise<void>;

  /** Ends every connection, cutting short what still runs, and stops the embedded server if nobody else uses it. */
  readonly close: () => Promise<void>;
}
