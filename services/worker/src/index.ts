/**
 * Jobs of a scan come in from the queue. The lines of the organization and of its accounts come out into the store,
 * part by part, and become one scan when all of them are there.
 */
export { type AwsAccess, type Worker, type WorkerOptions, startWorker } from './worker.ts';
export { createWorkerMetrics, type WorkerMetrics } from './worker-metrics.ts';
