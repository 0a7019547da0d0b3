import { type Backend, type Consumer, type FlowProducer, type Producer } from './backend.ts';
import { consumerOf } from './consume.ts';
import { QueueError, inQueueWords } from './error.ts';
import { type JobQueue, type NamedJob, type OneJob, type QueueOptions, type Schedule } from './job-queue.ts';
import { forgetEnded, isPending } from './job-state.ts';
import { JOBS, type JobName } from './jobs.ts';
import { openBackend } from './open-backend.ts';
import { checkPayload } from './payload.ts';

/** Finished jobs are kept for looking at, and so that adding one again is noticed. */
const KEPT = {
  removeOnComplete: { age: 3 * 24 * 3600 },
  removeOnFail: { age: 14 * 24 * 3600 },
} as const;

const STALL_MS = 30_000;
const SAY_AGAIN_MS = 30_000;

/**
 * Opens the queue of a server, which its URL's scheme tells.
 *
 * @throws QueueError; its message names no password
 */
export async function openQueue(options: QueueOptions): Promise<JobQueue> {
  const { stallMs = STALL_MS, sayAgainMs = SAY_AGAIN_MS } = options;
  return inQueueWords(async () => {
    const backend = await openBackend(options);
    try {
      return queueOn(backend, await producersOf(backend), { stallMs, sayAgainMs });
    } catch (error) {
      await backend.close();
      throw error;
    }
  });
}

interface Times {
  readonly stallMs: number;
  readonly sayAgainMs: number;
}

interface Producers {
  readonly of: Readonly<Record<JobName, Producer>>;
  readonly flows: FlowProducer;
}

/** Made at once and not when they are needed: one that is made while the server is away waits for it, for ever. */
async function producersOf({ producer, flows }: Backend): Promise<Producers> {
  const producers = {
    of: {
      'start-scan': producer('start-scan'),
      'scan-organization': producer('scan-organization'),
      'scan-account': producer('scan-account'),
      'evaluate-shard': producer('evaluate-shard'),
      'publish-scan': producer('publish-scan'),
    },
    flows: flows(),
  };
  await Promise.all(everyOne(producers).map((one) => one.waitUntilReady()));
  return producers;
}

function everyOne({ of, flows }: Producers): readonly (Producer | FlowProducer)[] {
  return [...Object.values(of), flows];
}

function queueOn(backend: Backend, producers: Producers, times: Times): JobQueue {
  const { stallMs, sayAgainMs } = times;
  const consumers: Consumer[] = [];
  const saying = new Map<string, NodeJS.Timeout>();
  const stopping = new AbortController();
  let closing: Promise<void> | undefined;
  const whileOpen = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) return Promise.reject(new QueueError('closed', 'the queue is closed'));
    return inQueueWords(work);
  };
  const close = async (graceMs: number | undefined): Promise<void> => {
    const timer = graceMs === undefined ? undefined : setTimeout(() => stopping.abort(), graceMs);
    for (const repeated of saying.values()) clearInterval(repeated);
    await Promise.all(consumers.map((consumer) => consumer.close()));
    clearTimeout(timer);
    await Promise.all(everyOne(producers).map((producer) => producer.close()));
    await backend.close();
  };
  return {
    add: (name, payload) =>
      whileOpen(async () => {
        const { data, opts } = nodeOf({ name, payload });
        await producers.of[name].add(name, data, opts);
      }),
    addAfter: (job, waitsFor) => whileOpen(() => addAfter(producers.flows, job, waitsFor)),
    isPending: (job) => whileOpen(() => isPending(producers.of[job.name], job)),
    forgetEnded: (jobs) =>
      whileOpen(async () => {
        for (const job of jobs) await forgetEnded(producers.of[job.name], job);
      }),
    schedule: async (id, schedule, job) => {
      const say = (): Promise<void> => whileOpen(() => scheduleOn(producers.of[job.name], id, schedule, job));
      await say();
      // A server that comes back empty has lost it; that it is away just now is told elsewhere.
      clearInterval(saying.get(id));
      saying.set(id, setInterval(() => void say().catch(() => {}), sayAgainMs).unref());
    },
    nextDue: (id, name) =>
      whileOpen(async () => {
        const next = (await producers.of[name].getJobScheduler(id))?.next;
        return next === undefined ? undefined : new Date(next);
      }),
    work: (name, handler, options = {}) =>
      whileOpen(async () => {
        const { concurrency } = options;
        const consumer = consumerOf(backend, {
          name,
          handler,
          concurrency,
          stallMs,
          stopping: stopping.signal,
        });
        consumers.push(consumer);
        await consumer.waitUntilReady();
      }),
    close: ({ graceMs } = {}) => (closing ??= inQueueWords(() => close(graceMs))),
  };
}

async function scheduleOn(
  producer: Producer,
  id: string,
  { cron, timeZone }: Schedule,
  job: NamedJob,
): Promise<void> {
  const known = await producer.getJobScheduler(id);
  // Saying it again would drop a job that is due and that nobody took yet.
  if (known?.pattern === cron && known.tz === timeZone) return;
  const template = { name: job.name, data: checkPayload(job.name, job.payload), opts: optionsOf(job.name) };
  await producer.upsertJobScheduler(id, { pattern: cron, tz: timeZone }, template);
}

async function addAfter(flows: FlowProducer, job: NamedJob, waitsFor: readonly NamedJob[]): Promise<void> {
  const children = waitsFor.map((child) => {
    const { opts, ...node } = nodeOf(child);
    return { ...node, opts: { ...opts, ignoreDependencyOnFailure: true } };
  });
  await flows.add({ ...nodeOf(job), children });
}

function nodeOf<Name extends JobName>({ name, payload }: OneJob<Name>) {
  const data = checkPayload(name, payload);
  return { name, queueName: name, data, opts: { jobId: JOBS[name].id(data), ...optionsOf(name) } };
}

function optionsOf(name: JobName) {
  const { attempts, firstDelayMs, jitter } = JOBS[name].retry;
  return { attempts, backoff: { type: 'exponential', delay: firstDelayMs, jitter }, ...KEPT };
}
