import { type PartRecord, ORGANIZATION, type Store } from '@denyscope/store';
import { type AccountResult, type WorkerMetrics } from './worker-metrics.ts';

/** The same store, with what scans do to it counted and timed. */
export function meteredStore(store: Store, { timed, account }: WorkerMetrics): Store {
  return {
    ...store,
    stagePart: (...part) => timed('persist', () => store.stagePart(...part)),
    publishRun: async (runId) => {
      const parts = await partsToCount(store, runId);
      const scan = await timed('report', () => store.publishRun(runId));
      for (const part of parts) account(part.part, resultOf(part));
      return scan;
    },
  };
}

/** A run that was published already has been counted, and what is left of its ledger is not all of it. */
async function partsToCount(store: Store, runId: number): Promise<readonly PartRecord[]> {
  if ((await store.runState(runId))?.status !== 'running') return [];
  return (await store.runParts(runId)).filter(({ part }) => part !== ORGANIZATION);
}

function resultOf({ status, gaps }: PartRecord): AccountResult {
  if (status === 'skipped') return 'skipped';
  if (status !== 'done') return 'failed';
  return gaps === 0 ? 'success' : 'partial';
}
