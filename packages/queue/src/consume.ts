import { type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { type Backend, type Consumer, type FailedJob } from './backend.ts';
import { type FailedAttempt, type JobHandler } from './job-queue.ts';
import { JOBS, type JobName, type JobPayloads } from './jobs.ts';
import { checkPayload } from './payload.ts';

/** How often the worker that runs a job may die before the job is given up. */
const MAX_DEATHS = 3;
/** A day, a point a minute, for the page of the queue. */
const MINUTES_COUNTED = 24 * 60;

/** What runs jobs of one kind, and how. */
export interface Consumption<Name extends JobName> {
  readonly name: Name;
  readonly handler: JobHandler<JobPayloads[Name]>;
  readonly concurrency?: number | undefined;
  readonly stallMs: number;
  /** Aborts when running jobs are to be given back. */
  readonly stopping: AbortSignal;
}

/** Starts to take jobs of one kind. */
export function consumerOf<Name extends JobName>(
  backend: Backend,
  { name, handler, concurrency, stallMs, stopping }: Consumption<Name>,
): Consumer {
  const options = {
    concurrency: concurrency ?? JOBS[name].concurrency,
    maxStalledCount: MAX_DEATHS,
    lockDuration: stallMs,
    stalledInterval: stallMs,
    // Without it BullMQ does not count what completed and failed.
    metrics: { maxDataPoints: MINUTES_COUNTED },
  };
  const consumer = backend.consumer(
    name,
    async (job, token) => {
      try {
        await handler.run(checkPayload(name, job.data), {
          id: job.id ?? '',
          attempt: job.attemptsMade + 1,
          isLast: job.attemptsMade + 1 >= JOBS[name].retry.attempts,
          signal: stopping,
          waitedMs: waitedMs(job),
        });
      } catch (error) {
        if (stopping.aborted) await giveBack(job, token);
        throw isFinal(error) ? giveUp(error) : error;
      }
    },
    options,
  );
  consumer.on('failed', (job, error) => handler.onFailure?.(failureOf(job, error)));
  consumer.on('stalled', (id) => handler.onStalled?.(id));
  return consumer;
}

/** Undefined but for the first attempt. The clocks of two machines may differ. */
function waitedMs({ attemptsMade, timestamp, delay }: Job<unknown, void>): number | undefined {
  return attemptsMade === 0 ? Math.max(0, Date.now() - timestamp - delay) : undefined;
}

/** To wait for another worker, as if this one had not tried. BullMQ wants to hear of it by an error. */
async function giveBack(job: Job<unknown, void>, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}

function failureOf(job: FailedJob | undefined, error: Error): FailedAttempt {
  return {
    id: job?.id ?? '',
    attempt: job?.attemptsMade ?? 0,
    error: error instanceof UnrecoverableError ? (error.cause ?? error) : error,
    final: job?.finishedOn !== undefined || job === undefined,
  };
}

/** Our errors say whether trying again makes sense; others may be anything, so it may. */
function isFinal(error: unknown): error is Error {
  return error instanceof Error && 'retryable' in error && error.retryable === false;
}

function giveUp(error: Error): UnrecoverableError {
  return Object.assign(new UnrecoverableError(error.message), { cause: error });
}
