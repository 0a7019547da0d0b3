import { setTimeout as sleep } from 'node:timers/promises';
import { type JobQueue } from '@denyscope/queue';

/** What a leader does, from when it begins to lead until it ends. */
export interface Term {
  /** Begins or ends it; what was said last counts. */
  readonly set: (leads: boolean) => void;
  /** Ends it for good. */
  readonly close: () => Promise<void>;
}

export interface TermOptions {
  /** Opens the queue of a term, and begins to work on it. */
  readonly open: () => Promise<JobQueue>;
  /** Hears why a term could not begin; it is tried again. */
  readonly onFault: (error: unknown) => void;
}

const RETRY_MS = 2_000;

/** Terms follow one another: none begins before the one before has ended. */
export function termsOf({ open, onFault }: TermOptions): Term {
  const closing = new AbortController();
  const state: { wanted: boolean; queue: JobQueue | undefined } = { wanted: false, queue: undefined };
  let turning = Promise.resolve();

  const begin = async (): Promise<void> => {
    try {
      state.queue = await open();
    } catch (error) {
      onFault(error);
      await sleep(RETRY_MS, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const end = async (held: JobQueue): Promise<void> => {
    state.queue = undefined;
    // What runs is given back: another leads, and does it.
    await held.close({ graceMs: 0 }).catch(onFault);
  };
  const turn = async (): Promise<void> => {
    while (state.wanted !== (state.queue !== undefined)) {
      await (state.queue === undefined ? begin() : end(state.queue));
    }
  };
  const set = (leads: boolean): void => {
    state.wanted = leads && !closing.signal.aborted;
    turning = turning.then(turn);
  };
  return {
    set,
    close: async () => {
      closing.abort();
      set(false);
      await turning;
    },
  };
}
