import { type CollectOptions, sessionPolicy, sharedHttpHandler } from '@denyscope/collect';
import { type Logger } from '@denyscope/ops';
import { type JobName, type JobPayloads, type JobQueue, type RunningJob, openQueue } from '@denyscope/queue';
import { type Store } from '@denyscope/store';
import { type Context } from './context.ts';
import { publishScan } from './jobs/publish-scan.ts';
import { scanAccount } from './jobs/scan-account.ts';
import { scanOrganization } from './jobs/scan-organization.ts';
import { type JobResult, type WorkerMetrics } from './worker-metrics.ts';

/** How a worker gets at AWS. */
export interface AwsAccess {
  /** What stands behind it: a real organization unless given. Runs over the other kind are not touched. */
  readonly source?: Context['source'] | undefined;
  readonly roleName: string;
  readonly externalId?: string | undefined;
  /** Regions to look at; the enabled ones of each account unless given. */
  readonly regions?: readonly string[] | undefined;
  /** The scanner's own credentials; the SDK's default chain unless given. */
  readonly credentials?: CollectOptions['credentials'];
  /** A server in the place of AWS; `AWS_ENDPOINT_URL` unless given. */
  readonly endpoint?: string | undefined;
  readonly homeRegion?: string | undefined;
  readonly maxAttempts?: number | undefined;
  /** After this time, what was not read of an account is a gap. */
  readonly deadlineMs?: number | undefined;
}

export interface WorkerOptions {
  /** Of Redis or PostgreSQL. */
  readonly queueUrl: string;
  readonly queuePrefix?: string | undefined;
  /** After so long without a word, the jobs of a dead worker are another's. */
  readonly stallMs?: number | undefined;
  readonly store: Store;
  readonly aws: AwsAccess;
  readonly logger: Logger;
  readonly metrics: WorkerMetrics;
  /** Accounts at the same time; as the table of jobs says unless given. */
  readonly concurrency?: number | undefined;
  /** How often a job asks whether its scan was cancelled. */
  readonly watchMs?: number | undefined;
}

/** Runs jobs of scans in this process. */
export interface Worker {
  /**
   * Takes no more jobs, waits for those that run, and gives back what still runs after `graceMs`: ten seconds unless
   * given. The store stays open.
   */
  readonly close: (graceMs?: number) => Promise<void>;
}

const WATCH_MS = 3_000;
const GRACE_MS = 10_000;

/**
 * Starts to take the jobs of scans.
 *
 * @throws QueueError when the queue cannot be opened
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { queueUrl: url, queuePrefix: prefix, stallMs, logger } = options;
  const onFault = (fault: Error): void => logger.warn({ err: fault }, 'the queue was away');
  const queue = await openQueue({ url, prefix, stallMs, onFault });
  const handler = sharedHttpHandler();
  try {
    await takeJobs({ ...options, queue, handler });
  } catch (error) {
    await queue.close();
    throw error;
  }
  return {
    close: async (graceMs = GRACE_MS) => {
      await queue.close({ graceMs });
      handler.destroy();
    },
  };
}

type Opened = WorkerOptions & {
  readonly queue: JobQueue;
  readonly handler: CollectOptions['handler'];
};

async function takeJobs(options: Opened): Promise<void> {
  const context = contextOf(options);
  const { queue, concurrency } = options;
  const jobs = { concurrency };
  await queue.work('scan-organization', handlerOf(options, 'scan-organization', scanOrganization, context));
  await queue.work('scan-account', handlerOf(options, 'scan-account', scanAccount, context), jobs);
  await queue.work('publish-scan', handlerOf(options, 'publish-scan', publishScan, context));
}

function contextOf({ store, queue, logger, aws, handler, metrics, watchMs = WATCH_MS }: Opened): Context {
  const { source = 'aws', roleName, externalId, regions, deadlineMs, ...transport } = aws;
  return {
    source,
    store,
    queue,
    logger,
    collecting: { ...transport, handler, observe: metrics.call },
    // AWS (H.5): whatever else the role may allow, a scan's session reads and nothing more.
    role: { roleName, externalId, sessionPolicy: sessionPolicy() },
    regions,
    deadlineMs,
    watchMs,
  };
}

type Body<Name extends JobName> = (
  context: Context,
  payload: JobPayloads[Name],
  job: RunningJob,
) => Promise<void>;

/** A job's body, measured and written about. */
function handlerOf<Name extends JobName>(
  { logger, metrics }: Opened,
  name: Name,
  body: Body<Name>,
  context: Context,
) {
  const run = async (payload: JobPayloads[Name], job: RunningJob): Promise<void> => {
    const begun = performance.now();
    const told = { job: job.id, attempt: job.attempt };
    const tell = (result: JobResult): number => {
      const seconds = (performance.now() - begun) / 1000;
      metrics.job(name, result, seconds);
      return Math.round(seconds * 1000);
    };
    try {
      await body(context, payload, job);
      logger.info({ ...told, ms: tell('ok') }, `${name} done`);
    } catch (error) {
      const ms = tell(job.signal.aborted ? 'given_back' : 'failed');
      logger.warn({ ...told, ms, err: error }, `${name} ${job.signal.aborted ? 'given back' : 'failed'}`);
      throw error;
    }
  };
  return { run };
}
