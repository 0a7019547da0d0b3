/**
 * Jobs come in by name, with a payload that their schema takes, and are kept in Redis or PostgreSQL by BullMQ. They come
 * out to the workers of any process, once each, and are retried as the table of jobs says.
 */
export { dueTimes } from './due-times.ts';
export { QueueError, type QueueErrorCode } from './error.ts';
export { type QueueExam, type RedisExam, examineQueue } from './examine.ts';
export { JOBS, type JobName, type JobPayloads } from './jobs.ts';
export {
  type FailedAttempt,
  type JobAttempt,
  type JobHandler,
  type JobQueue,
  type NamedJob,
  type QueueOptions,
  type RunningJob,
  type Schedule,
  type WorkOptions,
} from './job-queue.ts';
export { openQueue } from './open-queue.ts';
export { type QueuePages, openQueuePages } from './queue-pages.ts';
