import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger } from '@denyscope/ops';
import { type JobQueue, QueueError } from '@denyscope/queue';
import { type Store, StoreError } from '@denyscope/store';
import { type Context } from './context.ts';

/** How long a job waits for a store or a queue that is away. */
export interface Patience {
  readonly limitMs: number;
  /** Ends the waiting: the job is over, or to be given back. */
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/** Whether it is our own store or queue that does not answer now, and nothing that an account could help. */
export function isAway(error: unknown): error is StoreError | QueueError {
  return (error instanceof StoreError || error instanceof QueueError) && error.retryable;
}

/**
 * Does something with the store or the queue, again and again while they are away: restarting, full or read-only. The
 * attempts of a job are for what AWS does. The work is done anew in each try, so it must bear that.
 */
export async function patiently<T>(patience: Patience, work: () => Promise<T>): Promise<T> {
  const { limitMs, signal, logger } = patience;
  const until = performance.now() + limitMs;
  for (let delay = FIRST_MS; ; delay = Math.min(2 * delay, LONGEST_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || performance.now() + delay > until) throw error;
      logger.warn({ err: error, code: error.code }, 'a job waits for the store or the queue');
      await sleep(delay * (1 - Math.random() / 2), undefined, { signal });
    }
  }
}

/** Does a job with a store and a queue that it waits for. */
export async function withPatience(
  context: Context,
  signal: AbortSignal,
  work: (context: Context) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const { limitMs, logger } = context;
  const patience = { limitMs, logger, signal: AbortSignal.any([signal, over.signal]) };
  try {
    const store = patientStore(context.store, patience);
    await work({ ...context, store, queue: patientQueue(context.queue, patience) });
  } finally {
    over.abort();
  }
}

/** The store as jobs see it. Lines that are staged are read anew in each try. */
function patientStore(store: Store, patience: Patience): Store {
  const waiting = waiter(patience);
  return {
    ...store,
    runState: waiting(store.runState),
    runParts: waiting(store.runParts),
    partStatus: waiting(store.partStatus),
    accountLine: waiting(store.accountLine),
    stagedOrganization: waiting(store.stagedOrganization),
    expectParts: waiting(store.expectParts),
    stagePart: waiting(store.stagePart),
    failPart: waiting(store.failPart),
    publishRun: waiting(store.publishRun),
    failRun: waiting(store.failRun),
  };
}

/** The queue as jobs see it. */
function patientQueue(queue: JobQueue, patience: Patience): JobQueue {
  const waiting = waiter(patience);
  return { ...queue, addAfter: waiting(queue.addAfter), forgetEnded: waiting(queue.forgetEnded) };
}

type Call<Given extends readonly unknown[], T> = (...given: Given) => Promise<T>;

function waiter(patience: Patience) {
  return <Given extends readonly unknown[], T>(call: Call<Given, T>): Call<Given, T> =>
    (...given) =>
      patiently(patience, () => call(...given));
}
