import { type SnapshotHeader } from '@denyscope/model';

export type ScanStatus = 'running' | 'complete' | 'failed';

/** One run over the organization, or one imported snapshot. Scans are totally ordered by id. */
export interface ScanRecord {
  readonly id: number;
  readonly source: SnapshotHeader['source'];
  readonly status: ScanStatus;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly startedAt: string;
  readonly finishedAt: string | undefined;
  /** Facts of the scan by kind. */
  readonly counts: FactCounts;
  /** What the scan changed: facts that are new or different, and facts that are gone or different. */
  readonly opened: number;
  readonly closed: number;
  /** Policy documents that no earlier scan had seen. */
  readonly documents: number;
}

/** Facts by kind. */
export type FactCounts = Readonly<Record<string, number>>;
