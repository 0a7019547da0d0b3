import { type Context } from './context.ts';
import { pruneOld } from './prune-old.ts';

/**
 * Makes one scan of all parts of a run, those that nothing came from too, and lets go of old scans.
 *
 * @throws StoreError `run-over`
 */
export async function publish(context: Context, runId: number): Promise<void> {
  const { store, logger } = context;
  const { id, opened, closed } = await store.publishRun(runId);
  logger.info({ runId, scanId: id, opened, closed }, 'published');
  await pruneOld(context);
}
