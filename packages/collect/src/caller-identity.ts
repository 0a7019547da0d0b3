import { ask, type Unread } from './ask.ts';
import { getCallerIdentity } from './calls/get-caller-identity.ts';
import { textOf } from './draft.ts';
import { inJob, type CollectOptions, type Entrance } from './job.ts';

/** Whose credentials are in use. */
export interface CallerIdentity {
  readonly kind: 'seen';
  readonly accountId: string;
  readonly arn: string;
}

/**
 * Asks STS whose credentials the scanner has, or whose they are in the role of an account; comes back with why not,
 * where they are nobody's.
 */
export async function callerIdentity(options: CollectOptions & Entrance): Promise<CallerIdentity | Unread> {
  return inJob(options, async (job) => {
    const answer = await ask(job, getCallerIdentity, { region: job.homeRegion });
    if (answer.kind === 'unreadable') return answer;
    const [caller = {}] = answer.kind === 'seen' ? answer.items : [];
    return { kind: 'seen', accountId: textOf(caller, 'Account') ?? '', arn: textOf(caller, 'Arn') ?? '' };
  });
}
