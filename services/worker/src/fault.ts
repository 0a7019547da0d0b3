import { type RunningJob } from '@denyscope/queue';
import { isAway } from './patience.ts';

/** Why a job was given up, in words that may be shown: a fault of ours says its own, a bug says its name only. */
export interface GivenUp {
  readonly reason: string;
  readonly message: string;
}

export function givenUp(error: unknown): GivenUp {
  if (error instanceof Error && 'retryable' in error && 'code' in error) {
    return { reason: String(error.code), message: error.message };
  }
  return { reason: 'WorkerFault', message: UNTOLD };
}

const UNTOLD = 'the worker failed: its log says why';

/** Whether an error of this attempt ends the job; a store or a queue that is away is nobody's failure. */
export function endsJob(error: unknown, { isLast, signal }: RunningJob): boolean {
  if (signal.aborted || isAway(error)) return false;
  return isLast || (error instanceof Error && 'retryable' in error && error.retryable === false);
}
