import { type QueueError } from './error.ts';
import { type JobName, type JobPayloads } from './jobs.ts';

export interface QueueOptions {
  /** `redis://` or `rediss://` for Redis, `postgres://` for PostgreSQL. */
  readonly url: string;
  /** What the keys begin with, where several installations share a Redis. */
  readonly prefix?: string | undefined;
  /** After so long without a word of its worker, a job is another's: half a minute unless given. */
  readonly stallMs?: number | undefined;
  /** How often a schedule is said again, to a server that may have lost it: half a minute unless given. */
  readonly sayAgainMs?: number | undefined;
  /** Hears of connections that were lost meanwhile; they are made again by themselves. */
  readonly onFault?: ((fault: QueueError) => void) | undefined;
}

/** One attempt of a job. */
export interface JobAttempt {
  readonly id: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/** A job that runs. */
export interface RunningJob extends JobAttempt {
  /** Whether no attempt follows, however this one ends. */
  readonly isLast: boolean;
  /** Aborts when the job is to be given back; a job that ends in an error then is another worker's, as if untried. */
  readonly signal: AbortSignal;
  /** How long it was ready before its first attempt began, or since it was added where it waited for other jobs. */
  readonly waitedMs?: number | undefined;
}

/** A job whose attempt failed. */
export interface FailedAttempt extends JobAttempt {
  readonly error: unknown;
  /** No attempt follows. */
  readonly final: boolean;
}

export interface JobHandler<Payload> {
  /** Does the job, which may have been done before, wholly or in part. An error whose `retryable` is false is final. */
  readonly run: (payload: Payload, job: RunningJob) => Promise<void>;
  readonly onFailure?: (failure: FailedAttempt) => void;
  /** Hears of a job whose worker died or was away for too long: it goes back to the others. */
  readonly onStalled?: (id: string) => void;
}

export interface WorkOptions {
  /** How many at the same time; as the table says unless given. */
  readonly concurrency?: number | undefined;
}

/** A job of one kind. */
export interface OneJob<Name extends JobName> {
  readonly name: Name;
  readonly payload: JobPayloads[Name];
}

/** A job of any kind. */
export type NamedJob = { readonly [Name in JobName]: OneJob<Name> }[JobName];

/** When a job is due, by the clock on the wall of a place. */
export interface Schedule {
  /** A cron expression of five fields, or of six, which begins with the seconds. */
  readonly cron: string;
  /** As in the IANA's database: `Europe/Berlin`. */
  readonly timeZone: string;
}

/** Jobs of every process that opened the same server. */
export interface JobQueue {
  /**
   * Adds a job; one that was added before with the same id stays as it is.
   *
   * @throws QueueError `invalid-payload`, with the place in the payload
   */
  readonly add: <Name extends JobName>(name: Name, payload: JobPayloads[Name]) => Promise<void>;
  /**
   * Adds jobs and one that waits for them all, also for those that fail for good. What was added before stays.
   *
   * @throws QueueError `invalid-payload`, with the place in the payload
   */
  readonly addAfter: (job: NamedJob, waitsFor: readonly NamedJob[]) => Promise<void>;
  /** Whether a job was added and has not ended: it waits, or it runs. */
  readonly isPending: (job: NamedJob) => Promise<boolean>;
  /** Forgets those of the jobs that ended, so that adding them runs them again. */
  readonly forgetEnded: (jobs: readonly NamedJob[]) => Promise<void>;
  /**
   * Adds a job whenever it is due, once however many processes say so. Saying it again changes nothing; another
   * schedule of the same name takes the place of the one before. It is said again by itself until `close`, so that a
   * server that lost it has it again.
   */
  readonly schedule: (name: string, schedule: Schedule, job: NamedJob) => Promise<void>;
  /** When the schedule of a name is due next; undefined where there is none. */
  readonly nextDue: (name: string, job: JobName) => Promise<Date | undefined>;
  /** Runs jobs of one kind in this process, from when it resolves until `close`. */
  readonly work: <Name extends JobName>(
    name: Name,
    handler: JobHandler<JobPayloads[Name]>,
    options?: WorkOptions,
  ) => Promise<void>;
  /**
   * Takes no more jobs, waits for those that run here, and ends every connection. What still runs after `graceMs` is
   * given back. A server that went away is not waited for: what ran is run again by another worker.
   */
  readonly close: (options?: { readonly graceMs?: number | undefined }) => Promise<void>;
}
