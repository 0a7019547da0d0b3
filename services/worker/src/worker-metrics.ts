import { type ObservedCall } from '@denyscope/collect';
import { type Metrics, createMetrics } from '@denyscope/ops';
import { type JobName } from '@denyscope/queue';

/** What a worker counts. */
export interface WorkerMetrics {
  readonly metrics: Metrics;
  readonly call: (call: ObservedCall) => void;
  /** A call of a service waited so many milliseconds, to stay within its rate or since AWS said that it came too fast. */
  readonly throttleWait: (service: ObservedCall['service'], ms: number) => void;
  readonly job: (job: JobName, result: JobResult, seconds: number) => void;
  /** The first attempt of a job began, so many milliseconds after the job was ready. */
  readonly jobWaited: (job: JobName, ms: number) => void;
  readonly jobStalled: (job: JobName) => void;
  /** An account's part of a scan that was published. */
  readonly account: (accountId: string, result: AccountResult) => void;
  /** Does a part of a scan, and measures how long it took. */
  readonly timed: <T>(stage: Stage, work: () => Promise<T>) => Promise<T>;
}

export type AccountResult = 'success' | 'partial' | 'failed' | 'skipped';

/** To enter an account, to read it, to keep what was read, to make a scan of it all. */
export type Stage = 'assume_role' | 'inventory' | 'persist' | 'report';

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
  const waits = metrics.counter({
    name: 'denyscope_aws_throttle_wait_seconds_total',
    help: 'How long calls of AWS waited in all, to stay within a rate or since AWS said that they came too fast.',
    labels: ['service'],
  });
  const stages = stageMetrics(metrics);
  const calls = callMetrics(metrics);
  return {
    metrics,
    call: (call) => {
      calls(call);
      if (call.operation === 'AssumeRole') stages('assume_role', call.ms / 1000);
    },
    throttleWait: (service, ms) => waits.increment({ service }, ms / 1000),
    job: (name, result, seconds) => {
      const labels = { queue: name, job_type: name, result };
      duration.observe(labels, seconds);
      attempts.increment(labels);
    },
    ...queueMetrics(metrics),
    account: accountMetrics(metrics),
    timed: async (stage, work) => {
      const begun = performance.now();
      const done = await work();
      stages(stage, (performance.now() - begun) / 1000);
      return done;
    },
  };
}

function queueMetrics(metrics: Metrics): Pick<WorkerMetrics, 'jobWaited' | 'jobStalled'> {
  const wait = metrics.histogram({
    name: 'denyscope_job_wait_seconds',
    help: 'How long jobs were ready before their first attempt began; publishing waits for others, and is left out.',
    labels: ['queue', 'job_type'],
    buckets: JOB_BUCKETS,
  });
  const stalled = metrics.counter({
    name: 'denyscope_jobs_stalled_total',
    help: 'Jobs whose worker died or was away for too long, as this worker noticed.',
    labels: ['queue', 'job_type'],
  });
  return {
    jobWaited: (name, ms) => {
      if (name !== 'publish-scan') wait.observe({ queue: name, job_type: name }, ms / 1000);
    },
    jobStalled: (name) => stalled.increment({ queue: name, job_type: name }),
  };
}

function accountMetrics(metrics: Metrics): WorkerMetrics['account'] {
  const runs = metrics.counter({
    name: 'denyscope_scan_runs_total',
    help: 'What became of accounts in the scans that this worker published.',
    labels: ['account_id', 'result'],
  });
  return (account_id, result) => runs.increment({ account_id, result });
}

function stageMetrics(metrics: Metrics): (stage: Stage, seconds: number) => void {
  const duration = metrics.histogram({
    name: 'denyscope_scan_duration_seconds',
    help: 'How long the stages of scans took: of one account, and `report` of the whole.',
    labels: ['stage'],
    buckets: JOB_BUCKETS,
  });
  return (stage, seconds) => duration.observe({ stage }, seconds);
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
