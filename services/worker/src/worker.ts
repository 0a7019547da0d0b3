import { type CollectOptions, sessionPolicy, sharedHttpHandler } from '@denyscope/collect';
import { type Logger } from '@denyscope/ops';
import { type JobName, type JobPayloads, type JobQueue, type RunningJob, openQueue } from '@denyscope/queue';
import { type Retention, type Store } from '@denyscope/store';
import { type AwsAccess, CALLS_IN_FLIGHT, collectingOf } from './aws-access.ts';
import { type Context } from './context.ts';
import { publishScan } from './jobs/publish-scan.ts';
import { scanAccount } from './jobs/scan-account.ts';
import { scanOrganization } from './jobs/scan-organization.ts';
import { type Keeper, keepRuns } from './keep-runs.ts';
import { meteredStore } from './metered-store.ts';
import { withPatience } from './patience.ts';
import { type JobResult, type WorkerMetrics } from './worker-metrics.ts';

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
  /** How long a scan may take, six hours unless given: what was not read by then is a gap. */
  readonly limitMs?: number | undefined;
  /** Which scans are kept when one is published; all of them unless given. */
  readonly retention?: Retention | undefined;
  /** How often the worker looks whether the scan that runs has its jobs: a quarter of a minute unless given. */
  readonly keepMs?: number | undefined;
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
const KEEP_MS = 15_000;
const LIMIT_MS = 6 * 3_600_000;

/**
 * Starts to take the jobs of scans.
 *
 * @throws QueueError when the queue cannot be opened
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { queueUrl: url, queuePrefix: prefix, stallMs, logger } = options;
  const onFault = (fault: Error): void => logger.warn({ err: fault }, 'the queue was away');
  const queue = await openQueue({ url, prefix, stallMs, onFault });
  const handler = sharedHttpHandler({ maxSockets: options.aws.callsInFlight ?? CALLS_IN_FLIGHT });
  let keeper: Keeper;
  try {
    keeper = await takeJobs({ ...options, queue, handler });
  } catch (error) {
    await queue.close();
    throw error;
  }
  return {
    close: async (graceMs = GRACE_MS) => {
      keeper.close();
      await queue.close({ graceMs });
      handler.destroy();
    },
  };
}

type Opened = WorkerOptions & {
  readonly queue: JobQueue;
  readonly handler: CollectOptions['handler'];
};

async function takeJobs(options: Opened): Promise<Keeper> {
  const context = contextOf(options);
  const { queue, concurrency, keepMs = KEEP_MS } = options;
  const jobs = { concurrency };
  await queue.work('scan-organization', handlerOf(options, 'scan-organization', scanOrganization, context));
  await queue.work('scan-account', handlerOf(options, 'scan-account', scanAccount, context), jobs);
  await queue.work('publish-scan', handlerOf(options, 'publish-scan', publishScan, context));
  return keepRuns(context, keepMs);
}

function contextOf({ store, queue, logger, aws, handler, metrics, retention, ...times }: Opened): Context {
  const { source = 'aws', roleName, externalId, regions, deadlineMs } = aws;
  return {
    source,
    store: meteredStore(store, metrics),
    timed: metrics.timed,
    queue,
    logger,
    collecting: collectingOf(aws, { store, logger, metrics, handler }),
    // AWS (H.5): whatever else the role may allow, a scan's session reads and nothing more.
    role: { roleName, externalId, sessionPolicy: sessionPolicy() },
    regions,
    deadlineMs,
    retention,
    limitMs: times.limitMs ?? LIMIT_MS,
    watchMs: times.watchMs ?? WATCH_MS,
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
    if (job.waitedMs !== undefined) metrics.jobWaited(name, job.waitedMs);
    const tell = (result: JobResult): number => {
      const seconds = (performance.now() - begun) / 1000;
      metrics.job(name, result, seconds);
      return Math.round(seconds * 1000);
    };
    try {
      await withPatience(context, job.signal, (patient) => body(patient, payload, job));
      logger.info({ ...told, ms: tell('ok') }, `${name} done`);
    } catch (error) {
      const ms = tell(job.signal.aborted ? 'given_back' : 'failed');
      logger.warn({ ...told, ms, err: error }, `${name} ${job.signal.aborted ? 'given back' : 'failed'}`);
      throw error;
    }
  };
  return { run, onStalled: () => metrics.jobStalled(name) };
}
