import { type Logger } from '@denyscope/ops';
import { type JobQueue, dueTimes, openQueue } from '@denyscope/queue';
import { type Leadership, type RunScope, type Store } from '@denyscope/store';
import { beginScan } from './begin-scan.ts';
import { type SchedulerMetrics } from './scheduler-metrics.ts';
import { termsOf } from './term.ts';

export interface SchedulerOptions {
  /** Of Redis or PostgreSQL. */
  readonly queueUrl: string;
  readonly queuePrefix?: string | undefined;
  readonly store: Store;
  /** When scans begin, as a cron expression, by the clock of a place. */
  readonly cron: string;
  readonly timeZone: string;
  readonly logger: Logger;
  readonly metrics: SchedulerMetrics;
  readonly scope?: RunScope | undefined;
}

/** Begins scans when they are due, while it leads. */
export interface Scheduler {
  /** Whether this one leads, and the others wait for it to end. */
  readonly leads: () => boolean;
  /** Brings the metrics that are looked up, up to date. */
  readonly measure: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The name of the schedule in the queue: one for all schedulers. */
const NIGHTLY = 'nightly';

/**
 * Stands for leader of the schedulers. The one that leads says when scans are due, and begins those that are; any number
 * may run, and when the leader dies another leads within seconds. A scan that is due while nobody runs begins when
 * somebody does.
 *
 * @throws QueueError when the queue cannot be opened, or the cron expression cannot be read
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { cron, timeZone, store, logger, metrics } = options;
  // A fault that no waiting mends is told by who starts, and not only by who leads.
  dueTimes({ cron, timeZone }, new Date(), 1);
  const queue = await openQueue(queueOptions(options));
  const leads = (): boolean => leadership.leads();
  const term = termsOf({
    open: () => openTerm(options, leads),
    onFault: (error) => logger.warn({ err: error }, 'the leader cannot act yet'),
  });
  const leadership: Leadership = store.standForLeader({
    onChange: (leading) => {
      logger.info(leading ? 'this scheduler leads' : 'this scheduler leads no more');
      metrics.leads(leading);
      term.set(leading);
    },
    onFault: (fault) => logger.warn({ err: fault }, 'the connection of the leader was away'),
  });
  return {
    leads,
    measure: () => measure(queue, options, leads),
    close: async () => {
      // It acts no more before another may.
      await term.close();
      await leadership.close();
      await queue.close();
    },
  };
}

function queueOptions({ queueUrl: url, queuePrefix: prefix, logger }: SchedulerOptions) {
  return { url, prefix, onFault: (fault: Error): void => logger.warn({ err: fault }, 'the queue was away') };
}

/** Says when scans are due, and takes the jobs that begin them. */
async function openTerm(options: SchedulerOptions, leads: () => boolean): Promise<JobQueue> {
  const { cron, timeZone, logger } = options;
  const queue = await openQueue(queueOptions(options));
  try {
    await queue.schedule(NIGHTLY, { cron, timeZone }, { name: 'start-scan', payload: {} });
    await queue.work('start-scan', { run: () => begin(queue, options, leads) });
    logger.info({ cron, timeZone, next: await queue.nextDue(NIGHTLY, 'start-scan') }, 'scheduled');
    return queue;
  } catch (error) {
    await queue.close();
    throw error;
  }
}

async function begin(queue: JobQueue, options: SchedulerOptions, leads: () => boolean): Promise<void> {
  const { store, scope, logger, metrics } = options;
  // The store admits one running scan, so that even this could not begin two.
  if (!leads()) throw new Error('another scheduler leads: this job is for that one');
  const { begun, run } = await beginScan({ store, queue, scope });
  if (begun) metrics.enqueued();
  else metrics.skipped();
  logger.info({ runId: run.id }, begun ? 'a scan begins' : 'a scan is due, and one runs still');
}

async function measure(
  queue: JobQueue,
  { metrics, logger }: SchedulerOptions,
  leads: () => boolean,
): Promise<void> {
  metrics.leads(leads());
  try {
    metrics.lag(overdue(await queue.nextDue(NIGHTLY, 'start-scan')));
  } catch (error) {
    // The lag that was known stands, and the others are told.
    logger.warn({ err: error }, 'nobody knows when the next scan is due');
  }
}

function overdue(next: Date | undefined): number {
  return next === undefined ? 0 : Math.max(0, (Date.now() - next.getTime()) / 1000);
}
