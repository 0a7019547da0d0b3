import { type Logger, createLogger, readScanConfiguration } from '@denyscope/ops';
import { type MoreMetrics } from '@denyscope/reporter';
import { type Store } from '@denyscope/store';
import { type Lifetime } from '../lifetime.ts';
import { type Session } from '../session.ts';

/** Which services run in this process. */
export interface Inside {
  readonly worker: boolean;
  readonly scheduler: boolean;
}

interface Held {
  readonly store: Store;
  readonly queueUrl: string;
  readonly lifetime: Lifetime;
  /** Hears of metrics that the process has from now on. */
  readonly onMetrics: (metrics: MoreMetrics) => void;
}

/** Scans in this process, as the services of a larger installation do in theirs. */
export async function scanInside(
  session: Session,
  { worker, scheduler }: Inside,
  { store, queueUrl, lifetime, onMetrics }: Held,
): Promise<void> {
  if (!worker && !scheduler) return;
  const { environment } = session.terminal;
  const scanning = readScanConfiguration(environment);
  const { externalId, cron, timeZone } = scanning;
  const { logLevel: level = 'info' } = session.configuration;
  const loggerOf = (name: string): Logger => createLogger({ level, name, secrets: [externalId ?? ''] });
  if (worker) {
    const { createWorkerMetrics, startWorker, workerSettings } = await import('@denyscope/worker');
    const metrics = createWorkerMetrics(false);
    const common = { store, queueUrl, logger: loggerOf('worker'), metrics };
    await lifetime.hold(startWorker({ ...common, ...workerSettings(scanning) }));
    onMetrics(metrics.metrics.text);
  }
  if (scheduler) {
    const { createSchedulerMetrics, startScheduler } = await import('@denyscope/scheduler');
    const metrics = createSchedulerMetrics(false);
    const common = { store, queueUrl, logger: loggerOf('scheduler'), metrics };
    const { measure } = await lifetime.hold(startScheduler({ ...common, cron, timeZone }));
    onMetrics(async () => {
      await measure();
      return metrics.metrics.text();
    });
  }
}
