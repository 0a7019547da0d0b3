import { Queue } from 'bullmq';
import { type Producer } from './backend.ts';
import { inQueueWords } from './error.ts';
import { type QueueOptions } from './job-queue.ts';
import { JOBS } from './jobs.ts';
import { openBackend } from './open-backend.ts';

/** The queues for those who look at them, and change nothing. */
export interface QueuePages {
  /** One a kind of job, as BullMQ has them: a page of others shows them. */
  readonly queues: readonly Queue[];
  /** What BullMQ counts, in Prometheus's text format. */
  readonly metrics: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the queues of a server to look at.
 *
 * @throws QueueError; its message names no password
 */
export async function openQueuePages(options: QueueOptions): Promise<QueuePages> {
  return inQueueWords(async () => {
    const backend = await openBackend(options);
    const queues = Object.keys(JOBS).map((name) => queueOf(backend.producer(name)));
    const close = async (): Promise<void> => {
      await Promise.all(queues.map((queue) => queue.close()));
      await backend.close();
    };
    try {
      await Promise.all(queues.map((queue) => queue.waitUntilReady()));
    } catch (error) {
      await close();
      throw error;
    }
    return { queues, metrics: () => inQueueWords(() => metricsOf(queues)), close };
  });
}

/** BullMQ's types tell the backends apart, and nobody who looks does. */
function isQueue(producer: Producer): producer is Producer & Queue {
  return producer instanceof Queue;
}

function queueOf(producer: Producer): Queue {
  if (isQueue(producer)) return producer;
  throw new TypeError('the producer of a backend is no queue of BullMQ');
}

async function metricsOf(queues: readonly Queue[]): Promise<string> {
  return merged(await Promise.all(queues.map((queue) => queue.exportPrometheusMetrics())));
}

/** The lines of one metric stand together, and its description once: Prometheus takes nothing else. */
export function merged(texts: readonly string[]): string {
  const lines = new Map<string, Set<string>>();
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const name = /^(?:# (?:HELP|TYPE) )?(\w+)/.exec(line)?.[1];
    if (name !== undefined) lines.set(name, (lines.get(name) ?? new Set()).add(line));
  }
  return [...lines.values()]
    .flatMap((each) => [...each])
    .map((line) => `${line}\n`)
    .join('');
}
