import { openStore, type Store } from '@denyscope/store';
import { announcePostgres, createTestDatabase, providePostgres } from '../../support/postgres.ts';
import { provideRedis } from '../../support/redis.ts';
import { scanned } from './scanned.ts';
import { type Scanned } from './clock.ts';
import { type ServedAws } from './fake.ts';
import { type Holding, whileHolding } from './holding.ts';
import { startWorker, type Load } from './workers.ts';

/** The servers of the scans, which are theirs alone. */
export interface Servers {
  /** Undefined where there is no Redis: the queue is kept in the database. */
  readonly redisUrl: string | undefined;
}

/**
 * Starts PostgreSQL (the embedded one, unless DATABASE_URL names a server to make databases on) and Redis, always one of
 * our own: jobs in somebody's Redis would be taken by somebody's workers.
 */
export async function startServers({ hold }: Holding): Promise<Servers> {
  announcePostgres(await hold(providePostgres(process.env), ({ stop }) => stop()), process.env);
  const { REDIS_URL: _, ...environment } = process.env;
  const redis = await provideRedis(environment);
  if (redis.kind === 'ready') {
    await hold(Promise.resolve(redis), ({ stop }) => stop());
    return { redisUrl: redis.url };
  }
  process.stderr.write(`  the queue is kept in PostgreSQL: ${redis.reason}\n`);
  return { redisUrl: undefined };
}

/** Workers on an empty database, ready to scan. */
export interface Ground {
  readonly databaseUrl: string;
  readonly scan: () => Promise<Scanned>;
}

interface GroundOptions {
  readonly servers: Servers;
  readonly aws: ServedAws;
  readonly workers: number;
  readonly load: Load;
  readonly signal: AbortSignal;
}

/** Does some work with an empty database and workers of its own, which are gone afterwards. */
export async function onGround<T>(
  { servers: { redisUrl }, aws, workers: count, load, signal }: GroundOptions,
  work: (ground: Ground) => Promise<T>,
): Promise<T> {
  return whileHolding(signal, async (holding) => {
    const database = await holding.hold(createTestDatabase(), ({ drop }) => drop());
    const store = await holding.hold(openStore({ databaseUrl: database.url }), closed);
    const ground = { databaseUrl: database.url, redisUrl, awsUrl: aws.url, load };
    const workers = await Promise.all(Array.from({ length: count }, () => startWorker(ground, holding)));
    const queueUrl = redisUrl ?? database.url;
    return work({
      databaseUrl: database.url,
      scan: () => scanned({ store, queueUrl, aws, workers }, holding),
    });
  });
}

async function closed(store: Store): Promise<void> {
  await store.close();
}
