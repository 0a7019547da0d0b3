import { type CollectOptions, type RoleOptions } from '@denyscope/collect';
import { type Logger } from '@denyscope/ops';
import { type JobQueue } from '@denyscope/queue';
import { type Retention, type Store } from '@denyscope/store';
import { type WorkerMetrics } from './worker-metrics.ts';

/** What every job of a worker works with. */
export interface Context {
  /** Of which kind of organization the runs are that this worker may read. */
  readonly source: 'aws' | 'demo';
  readonly store: Store;
  readonly queue: JobQueue;
  readonly logger: Logger;
  /** Does a stage of a scan, and measures how long it took. */
  readonly timed: WorkerMetrics['timed'];
  /** How AWS is asked, for the organization and for every account. */
  readonly collecting: CollectOptions;
  /** The role that is entered in every account. */
  readonly role: RoleOptions;
  /** Regions to look at where the scan itself names none; the enabled ones of each account where nobody does. */
  readonly regions: readonly string[] | undefined;
  /** How long one account may take. */
  readonly deadlineMs: number | undefined;
  /** How long a scan may take: what was not read by then is a gap. */
  readonly limitMs: number;
  /** Which scans are kept when one is published; all of them where it is undefined. */
  readonly retention: Retention | undefined;
  /** How often a job asks whether its scan was cancelled. */
  readonly watchMs: number;
}
