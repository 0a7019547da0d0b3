import { serverKindOf } from './connection-url.ts';
import { inQueueWords } from './error.ts';
import { type RedisExam, examineRedis } from './redis-exam.ts';

export type { RedisExam } from './redis-exam.ts';

/** The server of a queue as it stands, looked at without changing it. */
export type QueueExam = { readonly kind: 'postgres' } | RedisExam;

/**
 * Looks at the server of a queue. Of one on PostgreSQL, which the store knows better, it tells no more than that.
 *
 * @throws QueueError; its message names no password
 */
export async function examineQueue(url: string): Promise<QueueExam> {
  if (serverKindOf(url) === 'postgres') return { kind: 'postgres' };
  return inQueueWords(() => examineRedis(url));
}
