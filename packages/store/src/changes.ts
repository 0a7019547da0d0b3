import { type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { type ScanRecord } from './scan-record.ts';

/** Which resources to compare, all where nothing is given. */
export interface ChangeFilter {
  readonly kind?: string | undefined;
  /** The bucket of this name, and nothing else. */
  readonly bucket?: string | undefined;
  /** The account that resources belong to, by their line or their ARN. */
  readonly accountId?: string | undefined;
  /** The `key` of a resource: only those behind it in canonical order. */
  readonly past?: string | undefined;
  /** By canonical order unless it says `account`: by account, and in canonical order within each. */
  readonly order?: 'account' | undefined;
}

/** A resource that two scans tell differently; undefined where one does not tell of it. */
export interface FactPair {
  readonly before: SnapshotLine | undefined;
  readonly after: SnapshotLine | undefined;
  /** Names the resource for `past`: 64 characters, the same in every scan. */
  readonly key: string;
}

/** One of the scans that are compared. */
export interface ComparedFacts {
  readonly record: ScanRecord;
  readonly header: SnapshotHeader;
  /** Its lines of kind `account` and `coverage`, which tell what it could look at. */
  readonly lines: readonly SnapshotLine[];
}

export interface StoredChanges {
  readonly before: ComparedFacts;
  readonly after: ComparedFacts;
  /** May be read again. Reading holds one connection until its end, or until the loop is left. */
  readonly pairs: AsyncIterable<FactPair>;
}

/** Scans by time, and what differs between them. */
export interface ChangeStore {
  /** The complete scan with the latest `takenAt` up to a moment (ISO 8601); of several, the one with the highest id. */
  readonly scanAsOf: (moment: string) => Promise<ScanRecord | undefined>;

  /** The complete scan with the earliest `takenAt`. */
  readonly firstScan: () => Promise<ScanRecord | undefined>;

  /** The complete scan before the one with this id. */
  readonly scanBefore: (id: number) => Promise<ScanRecord | undefined>;

  /**
   * The resources that two complete scans tell differently, whichever is the older, documents in place. What changed and
   * changed back is the same, and so is what was only read at another time.
   *
   * @throws StoreError `no-such-scan`, and `no-such-resource` where `past` names none
   */
  readonly readChanges: (
    scans: { readonly before: number; readonly after: number },
    filter?: ChangeFilter,
  ) => Promise<StoredChanges>;
}
