/**
 * A worker or a scheduler in a process of its own, as its main.ts starts it, for tests that kill it:
 * `scan-child.ts worker`. Its environment says everything.
 */
import { createLogger } from '@denyscope/ops';
import { createSchedulerMetrics, startScheduler } from '@denyscope/scheduler';
import { openStore } from '@denyscope/store';
import { createWorkerMetrics, startWorker } from '@denyscope/worker';

const [, , kind] = process.argv;
const { DATABASE_URL = '', QUEUE_URL: queueUrl = '', QUEUE_PREFIX: queuePrefix = '' } = process.env;
const logger = createLogger({ level: 'info', name: kind ?? 'worker' });
const store = await openStore({ databaseUrl: DATABASE_URL });
const common = { store, queueUrl, queuePrefix, logger };
const running =
  kind === 'scheduler'
    ? await startScheduler({
        ...common,
        cron: '*/2 * * * * *',
        timeZone: 'UTC',
        metrics: createSchedulerMetrics(false),
      })
    : await startWorker({
        ...common,
        stallMs: 2_000,
        keepMs: 500,
        // What a scheduler begins is a scan of AWS, whatever answers in its place.
        aws: {
          source: kind === 'nightly-worker' ? 'aws' : 'demo',
          roleName: 'DenyscopeScanner',
          maxAttempts: 3,
        },
        metrics: createWorkerMetrics(false),
      });
process.stdout.write('ready\n');
process.on('SIGTERM', () => {
  void running
    .close()
    .then(() => store.close())
    .then(() => process.exit(0));
});
