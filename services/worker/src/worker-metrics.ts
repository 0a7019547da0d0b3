import { type ObservedCall } from '@denyscope/collect';
import { type Metrics, createMetrics } from '@denyscope/ops';
import { type JobName } from '@denyscope/queue';

/** What a worker counts. */
export interface WorkerMetrics {
  readonly metrics: Metrics;
  readonly call: (call: ObservedCall) => void;
  readonly job: (job: JobName, result: JobResult, seconds: number) => void;
}

export type JobResult = 'ok' | 'failed' | 'given_back';

/** Seconds: an account takes a second or half an hour. */
const JOB_BUCKETS = [0.1, 0.5, 1, 5, 15, 30, 60, 120, 300, 600, 1800];
const CALL_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createWorkerMetrics(processMetrics = true): WorkerMetrics {
  const metrics = createMetrics({ processMetrics });
  const jobLabels = ['queue', 'job_type', 'result'];
  const duration = metrics.histogram({
    name: 'denyscope_job_duration_seconds',
    help: 'How long one attempt of a job took.',
    labels: jobLabels,
    buckets: JOB_BUCKETS,
  });
  const attempts = metrics.counter({
    name: 'denyscope_job_attempts_total',
    help: 'Attempts of jobs, by how they ended.',
    labels: jobLabels,
  });
  return {
    metrics,
    call: callMetrics(metrics),
    job: (name, result, seconds) => {
      const labels = { queue: name, job_type: name, result };
      duration.observe(labels, seconds);
      attempts.increment(labels);
    },
  };
}

function callMetrics(metrics: Metrics): WorkerMetrics['call'] {
  const requests = metrics.counter({
    name: 'denyscope_aws_requests_total',
    help: 'Calls of AWS, retries of the SDK not counted, by how they ended.',
    labels: ['service', 'operation', 'result'],
  });
  const duration = metrics.histogram({
    name: 'denyscope_aws_request_duration_seconds',
    help: 'How long calls of AWS took, retries and waiting included.',
    labels: ['service'],
    buckets: CALL_BUCKETS,
  });
  const refused = metrics.counter({
    name: 'denyscope_assume_role_failures_total',
    help: 'Accounts that could not be entered.',
    labels: ['account_id', 'reason'],
  });
  return ({ service, operation, accountId, result, ms }) => {
    // "Nothing configured" is an answer like any other.
    requests.increment({ service, operation, result: result === 'absent' ? 'ok' : result });
    duration.observe({ service }, ms / 1000);
    if (operation === 'AssumeRole' && result !== 'ok')
      refused.increment({ account_id: accountId ?? '', reason: result });
  };
}
