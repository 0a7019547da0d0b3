import { type Logger } from '@denyscope/ops';
import { type JobQueue, openQueue } from '@denyscope/queue';
import { type RunScope, type Store } from '@denyscope/store';
import { beginScan } from './begin-scan.ts';
import { type SchedulerMetrics } from './scheduler-metrics.ts';

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

/** Begins scans when they are due. */
export interface Scheduler {
  /** Brings the lag among its metrics up to date. */
  readonly measure: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The name of the schedule in the queue: one for all schedulers. */
const NIGHTLY = 'nightly';

/**
 * Says when scans are due, and begins those that are. Any number may run; one that is due while nobody runs begins
 * when somebody does.
 *
 * @throws QueueError when the queue cannot be opened, or the cron expression cannot be read
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { queueUrl: url, queuePrefix: prefix, cron, timeZone, logger } = options;
  const onFault = (fault: Error): void => logger.warn({ err: fault }, 'the queue was away');
  const queue = await openQueue({ url, prefix, onFault });
  try {
    await queue.schedule(NIGHTLY, { cron, timeZone }, { name: 'start-scan', payload: {} });
    await queue.work('start-scan', { run: () => begin(queue, options) });
    logger.info({ cron, timeZone, next: await queue.nextDue(NIGHTLY, 'start-scan') }, 'scheduled');
  } catch (error) {
    await queue.close();
    throw error;
  }
  return {
    measure: async () => options.metrics.lag(overdue(await queue.nextDue(NIGHTLY, 'start-scan'))),
    close: () => queue.close(),
  };
}

async function begin(queue: JobQueue, { store, scope, logger, metrics }: SchedulerOptions): Promise<void> {
  const { begun, run } = await beginScan({ store, queue, scope });
  if (begun) metrics.enqueued();
  else metrics.skipped();
  logger.info({ runId: run.id }, begun ? 'a scan begins' : 'a scan is due, and one runs still');
}

function overdue(next: Date | undefined): number {
  return next === undefined ? 0 : Math.max(0, (Date.now() - next.getTime()) / 1000);
}
