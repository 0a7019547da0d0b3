import { type Backend, type BackendOptions } from './backend.ts';
import { serverKindOf } from './connection-url.ts';
import { toQueueError } from './error.ts';
import { type QueueOptions } from './job-queue.ts';
import { openPostgres } from './postgres-backend.ts';
import { openRedis } from './redis-backend.ts';

const PREFIX = 'denyscope';

/** Connects to the server that an URL's scheme tells; errors are those of its driver, but for the URL's own. */
export async function openBackend({ url, prefix = PREFIX, onFault }: QueueOptions): Promise<Backend> {
  const open = { redis: openRedis, postgres: openPostgres }[serverKindOf(url)];
  const options: BackendOptions = { url, prefix, onFault: (error) => onFault?.(toQueueError(error)) };
  return open(options);
}
