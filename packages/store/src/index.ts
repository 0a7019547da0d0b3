/**
 * Snapshots come in and are kept in Postgres, an embedded server or the one that DATABASE_URL names: policy documents
 * once by content, facts once for as long as they do not change. The parts of a live scan come in one by one, and become a
 * scan together. The facts of any scan come out, in canonical order.
 */
export {
  type EmbeddedOptions,
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded/embedded-postgres.ts';
export { StoreError, type StoreErrorCode } from './error.ts';
export type { AccountRead } from './account-reads.ts';
export type { ChangeFilter, ChangeStore, ComparedFacts, FactPair, StoredChanges } from './changes.ts';
export { type MissingScan, type ScansToCompare, noScanAsOf, scansToCompare } from './choose-scans.ts';
export type { AccountSize } from './account-sizes.ts';
export { type DatabaseExam, examineDatabase } from './examine.ts';
export type { Candidate, Leadership } from './leadership.ts';
export type { MigrationState } from './migrate.ts';
export { type Database, type StoreOptions, openDatabase, openStore } from './open-store.ts';
export type { PruneOptions, Pruned, Retention } from './prune-scans.ts';
export type { BudgetDraw } from './rate-budget.ts';
export type { FactCounts, ScanRecord, ScanStatus } from './scan-record.ts';
export type { ImportOptions, Store, StoredSnapshot } from './store.ts';
export {
  type BeginOptions,
  type Begun,
  type ExpectedPart,
  ORGANIZATION,
  type PartFailure,
  type PartRecord,
  type PartStatus,
  type RunProgress,
  type RunRecord,
  type RunScope,
  type RunStatus,
  type RunStore,
} from './run-store.ts';
