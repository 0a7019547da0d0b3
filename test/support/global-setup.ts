import { announcePostgres, providePostgres } from './postgres.ts';
import { announceRedis, provideRedis } from './redis.ts';
import { rememberForTeardown, runTeardown } from './teardown-list.ts';

/** Runs once before the integration and end-to-end tests; what it starts, global-teardown.ts stops. */
export default async function globalSetup(): Promise<void> {
  try {
    const redis = await provideRedis(process.env);
    if (redis.kind === 'ready') rememberForTeardown(redis.stop);
    announceRedis(redis, process.env);
    const postgres = await providePostgres(process.env);
    rememberForTeardown(postgres.stop);
    announcePostgres(postgres, process.env);
  } catch (error) {
    // Jest runs no teardown after a setup that failed.
    await runTeardown();
    throw error;
  }
}
