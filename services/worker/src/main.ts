import { runService, startMonitor } from '@denyscope/ops';
import { openDatabase, openStore } from '@denyscope/store';
import { workerSettings } from './settings.ts';
import { createWorkerMetrics } from './worker-metrics.ts';
import { startWorker } from './worker.ts';

/** Where it answers for its health, unless DENYSCOPE_PORT says otherwise. */
const PORT = 8471;
const DATA_DIR = '.denyscope';

await runService('worker', process.env, async ({ configuration, scanning, logger, hold }) => {
  const { databaseUrl, redisUrl, dataDir = DATA_DIR, host } = configuration;
  const { port = PORT } = scanning;
  const database = await hold(openDatabase({ databaseUrl, dataDir }));
  const store = await hold(openStore({ databaseUrl: database.url }));
  const workerMetrics = createWorkerMetrics();
  const queueUrl = redisUrl ?? database.url;
  const settings = workerSettings(scanning);
  await hold(startWorker({ queueUrl, store, logger, metrics: workerMetrics, ...settings }));
  const checks = [{ name: 'database', run: store.ping }];
  const { metrics } = workerMetrics;
  const monitor = await hold(startMonitor({ host, port, checks, metrics, logger }));
  logger.info({ url: monitor.url }, 'ready');
});
