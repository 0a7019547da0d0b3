import { runService, startMonitor } from '@denyscope/ops';
import { openDatabase, openStore } from '@denyscope/store';
import { createSchedulerMetrics } from './scheduler-metrics.ts';
import { startScheduler } from './scheduler.ts';

/** Where it answers for its health, unless DENYSCOPE_PORT says otherwise. */
const PORT = 8472;
const DATA_DIR = '.denyscope';

await runService('scheduler', process.env, async ({ configuration, scanning, logger, hold }) => {
  const { databaseUrl, redisUrl, dataDir = DATA_DIR, host } = configuration;
  const { cron, timeZone, port = PORT } = scanning;
  const database = await hold(openDatabase({ databaseUrl, dataDir }));
  const store = await hold(openStore({ databaseUrl: database.url }));
  const schedulerMetrics = createSchedulerMetrics();
  const { metrics } = schedulerMetrics;
  const queueUrl = redisUrl ?? database.url;
  const scheduler = await hold(
    startScheduler({ queueUrl, store, cron, timeZone, logger, metrics: schedulerMetrics }),
  );
  const checks = [{ name: 'database', run: store.ping }];
  const monitor = await hold(
    startMonitor({ host, port, checks, metrics, logger, beforeMetrics: scheduler.measure }),
  );
  logger.info({ url: monitor.url }, 'ready');
});
