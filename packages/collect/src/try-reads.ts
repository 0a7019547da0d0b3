import { ask } from './ask.ts';
import { READS } from './calls/index.ts';
import type { ServiceName } from './calls/read.ts';
import { inJob, type CollectOptions, type Entrance } from './job.ts';
import type { JsonObject } from './plain.ts';

/** What came of one read that somebody tried, to see whether it works. */
export interface TriedRead {
  /** In IAM's spelling of actions: `s3:ListBuckets`. */
  readonly id: string;
  readonly service: ServiceName;
  /** `absent`: AWS says that nothing is configured, which is an answer. */
  readonly outcome: 'answered' | 'absent' | 'unreadable';
  readonly items: readonly JsonObject[];
  /** Why it is unreadable: the family of the error, or AWS's own code, and AWS's words. */
  readonly reason: string;
  readonly message: string;
}

/**
 * Makes some of the reads of the table by their ids, each in the home Region, with the scanner's credentials or in the
 * role of an account. Throws only where it is cancelled, and for an id that the table does not have.
 */
export async function tryReads(
  options: CollectOptions & Entrance,
  ids: readonly string[],
): Promise<readonly TriedRead[]> {
  const reads = ids.map((wanted) => {
    const read = READS.find(({ id }) => id === wanted);
    if (read === undefined) throw new RangeError(`no read has the id \`${wanted}\``);
    return read;
  });
  return inJob(options, (job) =>
    Promise.all(
      reads.map(async (read): Promise<TriedRead> => {
        const { id, service } = read;
        const answer = await ask(job, read, { region: job.homeRegion });
        const nothing = { id, service, items: [], reason: '', message: '' };
        if (answer.kind === 'seen') return { ...nothing, outcome: 'answered', items: answer.items };
        if (answer.kind === 'absent') return { ...nothing, outcome: 'absent' };
        const { reason, message } = answer;
        return { ...nothing, outcome: 'unreadable', reason, message };
      }),
    ),
  );
}
