import { parseAccountId } from '@denyscope/model';
import { z } from 'zod';

/** One kind of job: what it is told, how often it is tried, how many a worker runs at once. */
interface Job<Payload> {
  /** Strict: a field that is not named here is refused, so no secret can ride along. */
  readonly payload: z.ZodType<Payload>;
  /** Jobs with one id are one job: what adds a job may be repeated. No integer, and no colon; a schedule names its own jobs. */
  readonly id: (payload: Payload) => string;
  readonly retry: Retry;
  /** How many one worker process runs at the same time. */
  readonly concurrency: number;
}

/** The nth retry waits `firstDelayMs` × 2ⁿ⁻¹, less up to the share `jitter` of that, at random. */
interface Retry {
  readonly attempts: number;
  readonly firstDelayMs: number;
  readonly jitter: number;
}

const runId = z.int().positive();
const accountId = z.string().refine((text) => parseAccountId(text) !== undefined, 'expected twelve digits');
const ofNothing = z.strictObject({}).readonly();
const ofRun = z.strictObject({ runId }).readonly();
const ofAccount = z.strictObject({ runId, accountId }).readonly();

const TABLE = {
  /** Begins a scan, unless one runs. The schedule adds it, so it is told nothing. */
  'start-scan': job({
    payload: ofNothing,
    id: () => 'start',
    retry: { attempts: 8, firstDelayMs: 5_000, jitter: 0.5 },
    concurrency: 1,
  }),
  /** Reads the organization and adds the jobs of its accounts. Organizations is one slow service: wait long. */
  'scan-organization': job({
    payload: ofRun,
    id: (run) => `run-${run.runId}`,
    retry: { attempts: 5, firstDelayMs: 10_000, jitter: 0.5 },
    concurrency: 1,
  }),
  /** Collects one account. Throttling is retried inside the job; what is left takes minutes to go away. */
  'scan-account': job({
    payload: ofAccount,
    id: (account) => `run-${account.runId}-${account.accountId}`,
    retry: { attempts: 4, firstDelayMs: 30_000, jitter: 0.5 },
    concurrency: 4,
  }),
  /** Evaluates the buckets of one account. It computes, so one at a time; only the database can fail it. */
  'evaluate-shard': job({
    payload: ofAccount,
    id: (shard) => `run-${shard.runId}-${shard.accountId}`,
    retry: { attempts: 3, firstDelayMs: 500, jitter: 0.5 },
    concurrency: 1,
  }),
  /** Completes a scan and tells the sinks, which are other people's servers. */
  'publish-scan': job({
    payload: ofRun,
    id: (run) => `run-${run.runId}`,
    retry: { attempts: 6, firstDelayMs: 5_000, jitter: 0.5 },
    concurrency: 1,
  }),
};

function job<Payload>(definition: Job<Payload>): Job<Payload> {
  return definition;
}

/** What each job is told, by its name. */
export type JobPayloads = {
  readonly [Name in keyof typeof TABLE]: (typeof TABLE)[Name] extends Job<infer Payload> ? Payload : never;
};

export type JobName = keyof JobPayloads;

/** Every kind of job of a scan. */
export const JOBS: { readonly [Name in JobName]: Job<JobPayloads[Name]> } = TABLE;
