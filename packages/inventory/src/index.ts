/**
 * The observations of one scan, or a snapshot file, come in. An Estate comes out: accounts, organization tree,
 * principals, buckets, keys and policies by content hash, immutable and indexed; or a snapshot in canonical form.
 */
export * from './estate.ts';
export { buildEstate } from './build-estate.ts';
export type { LinePair } from './changes/change.ts';
export { changesOf, type ComparedScans, type PairChange } from './changes/changes-of.ts';
export { gapAt } from './build/gaps.ts';
export { coveragePage, type CoveragePage, type CoverageQuery } from './ledger/coverage-page.ts';
export { openLedger, type Ledger, type OpenLedger } from './ledger/ledger.ts';
export type { LedgerRow } from './ledger/row.ts';
export type { UnreadableResources } from './ledger/tally.ts';
export { sortSnapshot } from './snapshot/canonical-order.ts';
export { canonicalLine, snapshotsEqual, writeSnapshot } from './snapshot/canonical-form.ts';
export type { SnapshotNote } from './snapshot/notes.ts';
export {
  loadSnapshot,
  parseSnapshot,
  readSnapshot,
  type Snapshot,
  type SnapshotStream,
} from './snapshot/read-snapshot.ts';
export { SnapshotError, type SnapshotFault } from './snapshot/snapshot-error.ts';
