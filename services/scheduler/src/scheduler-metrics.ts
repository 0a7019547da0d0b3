import { type Metrics, createMetrics } from '@denyscope/ops';

/** What a scheduler counts. */
export interface SchedulerMetrics {
  readonly metrics: Metrics;
  readonly enqueued: () => void;
  readonly skipped: () => void;
  readonly lag: (seconds: number) => void;
  readonly leads: (leads: boolean) => void;
}

export function createSchedulerMetrics(processMetrics = true): SchedulerMetrics {
  const metrics = createMetrics({ processMetrics });
  const enqueued = metrics.counter({
    name: 'denyscope_scheduler_enqueued_total',
    help: 'Scans that this process began.',
    labels: ['trigger'],
  });
  const skipped = metrics.counter({
    name: 'denyscope_scheduler_skipped_total',
    help: 'Times that a scan was due while another ran.',
    labels: ['trigger'],
  });
  const lag = metrics.gauge({
    name: 'denyscope_scheduler_lag_seconds',
    help: 'How long the next scan is overdue; 0 where it is in the future.',
  });
  const leader = metrics.gauge({
    name: 'denyscope_scheduler_is_leader',
    help: 'Whether this scheduler leads, 0 or 1; the sum over all of them is 1.',
  });
  leader.set({}, 0);
  const trigger = 'cron';
  return {
    metrics,
    enqueued: () => enqueued.increment({ trigger }),
    skipped: () => skipped.increment({ trigger }),
    lag: (seconds) => lag.set({}, seconds),
    leads: (leads) => leader.set({}, leads ? 1 : 0),
  };
}
