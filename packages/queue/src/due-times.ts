import { getNextMillis } from 'bullmq';
import { QueueError } from './error.ts';
import { type Schedule } from './job-queue.ts';

/**
 * The first moments after another at which a schedule is due; fewer than `count` where it ends before.
 *
 * @throws QueueError `invalid-schedule`
 */
export function dueTimes({ cron, timeZone }: Schedule, after: Date, count: number): readonly Date[] {
  const times: Date[] = [];
  for (let at = after.getTime(); times.length < count;) {
    const next = nextAfter({ cron, timeZone }, at);
    if (next === undefined) break;
    times.push(new Date(next));
    at = next;
  }
  return times;
}

function nextAfter({ cron: pattern, timeZone: tz }: Schedule, at: number): number | undefined {
  try {
    return getNextMillis(at, { pattern, tz });
  } catch (error) {
    const message = `the cron expression \`${pattern}\` cannot be read, or \`${tz}\` is no time zone`;
    throw new QueueError('invalid-schedule', message, error);
  }
}
