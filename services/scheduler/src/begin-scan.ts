import { snapshotHeader } from '@denyscope/collect';
import { type SnapshotHeader } from '@denyscope/model';
import { type JobQueue } from '@denyscope/queue';
import { type Begun, type RunScope, type Store } from '@denyscope/store';

export type { Begun } from '@denyscope/store';

export interface BeginScan {
  readonly store: Store;
  readonly queue: JobQueue;
  readonly scope?: RunScope | undefined;
  /** The first line of the snapshot to be: of AWS, as of now, unless given. */
  readonly header?: SnapshotHeader | undefined;
  readonly staleAfterMs?: number | undefined;
}

/**
 * Begins a scan and adds its first job, unless one runs. The job of one that runs is added again, which helps only where
 * whoever began it died before, or the queue lost it.
 */
export async function beginScan({ store, queue, scope, staleAfterMs, ...given }: BeginScan): Promise<Begun> {
  const header = given.header ?? snapshotHeader(new Date().toISOString());
  const begun = await store.beginRun({ header, scope, staleAfterMs });
  await queue.add('scan-organization', { runId: begun.run.id });
  return begun;
}
