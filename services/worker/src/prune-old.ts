import { type Store } from '@denyscope/store';
import { type Context } from './context.ts';

interface Pruning extends Pick<Context, 'logger' | 'retention'> {
  readonly store: Pick<Store, 'pruneScans'>;
}

/** Lets go of scans that the retention no longer keeps. A scan that was published stays so, whatever becomes of this. */
export async function pruneOld({ store, logger, retention }: Pruning): Promise<void> {
  if (retention === undefined) return;
  try {
    const { scans, facts, documents } = await store.pruneScans(retention);
    if (scans.length > 0) logger.info({ scans, facts, documents }, 'old scans pruned');
  } catch (error) {
    logger.warn({ err: error }, 'old scans could not be pruned: the next publication tries again');
  }
}
