import { Redis } from 'ioredis';
import { connect } from './redis-backend.ts';

/** What a Redis says of itself; undefined where it does not say. */
export interface RedisExam {
  readonly kind: 'redis';
  readonly version: string;
  /** What it does when its memory is full: `noeviction` refuses, everything else forgets jobs. */
  readonly maxmemoryPolicy: string | undefined;
  /** Whether anything is kept over a restart. */
  readonly persists: boolean | undefined;
  /** A replica takes no jobs. */
  readonly isReplica: boolean;
}

const TIMEOUT_MS = 5_000;

export async function examineRedis(url: string): Promise<RedisExam> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // The one who connects hears of it.
  client.on('error', () => {});
  await connect(client);
  try {
    const info = infoOf(await client.info());
    return {
      kind: 'redis',
      version: info.get('redis_version') ?? 'unknown',
      maxmemoryPolicy: info.get('maxmemory_policy'),
      persists: info.get('aof_enabled') === '1' || (await savesNowAndThen(client)),
      isReplica: info.get('role') === 'slave',
    };
  } finally {
    client.disconnect();
  }
}

/** `name:value` lines, between headings that begin with `#`. */
function infoOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.includes(':') && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

/** Undefined where the server does not tell its configuration, as those of a cloud do not. */
async function savesNowAndThen(client: Redis): Promise<boolean | undefined> {
  try {
    const told = await client.config('GET', 'save');
    return Array.isArray(told) && typeof told[1] === 'string' ? told[1] !== '' : undefined;
  } catch {
    return undefined;
  }
}
