/**
 * Jobs of a scan come in from the queue. The lines of the organization and of its accounts come out into the store,
 * part by part, and become one scan when all of them are there.
 */
export { expectedAccounts } from './accounts.ts';
export { type AwsAccess, CALLS_IN_FLIGHT } from './aws-access.ts';
export { type WorkerSettings, workerSettings } from './settings.ts';
export { type Worker, type WorkerOptions, startWorker } from './worker.ts';
export { createWorkerMetrics, type WorkerMetrics } from './worker-metrics.ts';
