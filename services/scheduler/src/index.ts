/**
 * A time of the day comes in; at that time a scan begins, once however many schedulers there are. What comes out is the
 * first job of the scan, for the workers.
 */
export { type Begun, beginScan } from './begin-scan.ts';
export { type Scheduler, type SchedulerOptions, startScheduler } from './scheduler.ts';
export { type SchedulerMetrics, createSchedulerMetrics } from './scheduler-metrics.ts';
