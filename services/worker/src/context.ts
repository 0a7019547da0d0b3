import { type CollectOptions, type RoleOptions } from '@denyscope/collect';
import { type Logger } from '@denyscope/ops';
import { type JobQueue } from '@denyscope/queue';
import { type Store } from '@denyscope/store';

/** What every job of a worker works with. */
export interface Context {
  /** Of which kind of organization the runs are that this worker may read. */
  readonly source: 'aws' | 'demo';
  readonly store: Store;
  readonly queue: JobQueue;
  readonly logger: Logger;
  /** How AWS is asked, for the organization and for every account. */
  readonly collecting: CollectOptions;
  /** The role that is entered in every account. */
  readonly role: RoleOptions;
  /** Regions to look at where the scan itself names none; the enabled ones of each account where nobody does. */
  readonly regions: readonly string[] | undefined;
  /** How long one account may take. */
  readonly deadlineMs: number | undefined;
  /** How often a job asks whether its scan was cancelled. */
  readonly watchMs: number;
}
