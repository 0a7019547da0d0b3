import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '@denyscope/ops';
import { QueueError, dueTimes } from '@denyscope/queue';
import {
  type Scheduler,
  type SchedulerMetrics,
  createSchedulerMetrics,
  startScheduler,
} from '@denyscope/scheduler';
import { type Store, openStore } from '@denyscope/store';
import { sql } from '../support/database.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);

let database: TestDatabase;
let store: Store;
const started: Started[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
});
afterEach(async () => {
  for (const { scheduler } of started.splice(0)) await scheduler.close();
  await store.close();
  await database.drop();
});

interface Started {
  readonly scheduler: Scheduler;
  readonly metrics: SchedulerMetrics;
}

async function start(cron = '* * * * * *'): Promise<Started> {
  const metrics = createSchedulerMetrics(false);
  const logger = createLogger({ level: 'silent', name: 'scheduler' });
  const queueUrl = database.url;
  const scheduler = await startScheduler({ store, queueUrl, cron, timeZone: 'UTC', logger, metrics });
  const one = { scheduler, metrics };
  started.push(one);
  return one;
}

async function until(reached: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; !(await reached()); await sleep(50)) {
    if (Date.now() > end) throw new Error('it took too long');
  }
}

/** Scans that it began, and times that it found one running. */
async function acts({ metrics }: Started): Promise<number> {
  const text = await metrics.metrics.text();
  const counts = text.matchAll(/^denyscope_scheduler_(?:enqueued|skipped)_total\{.*\} (\d+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function isLeader({ scheduler, metrics }: Started): Promise<string | undefined> {
  await scheduler.measure();
  return /^denyscope_scheduler_is_leader (\d)$/m.exec(await metrics.metrics.text())?.[1];
}

describe('of two schedulers', () => {
  test('the leader acts, and the other when the leader ends', async () => {
    const [one, other] = [await start(), await start()];
    await until(() => one.scheduler.leads() || other.scheduler.leads());
    const [leader, second] = one.scheduler.leads() ? [one, other] : [other, one];
    await until(async () => (await acts(leader)) >= 2);
    expect(await acts(second)).toBe(0);
    expect([await isLeader(leader), await isLeader(second)]).toEqual(['1', '0']);
    await leader.scheduler.close();
    await until(async () => (await acts(second)) >= 2);
    expect(await isLeader(second)).toBe('1');
    expect(leader.scheduler.leads()).toBe(false);
  });

  test('one whose connection is cut stops to act, and one of them acts again', async () => {
    const [one, other] = [await start(), await start()];
    await until(() => one.scheduler.leads() || other.scheduler.leads());
    const [leader] = one.scheduler.leads() ? [one] : [other];
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name = 'denyscope leader'`;
    await sql(database.url, cut);
    await until(async () => (await isLeader(leader)) === '0');
    await until(() => one.scheduler.leads() || other.scheduler.leads());
    expect(one.scheduler.leads() && other.scheduler.leads()).toBe(false);
    const before = (await acts(one)) + (await acts(other));
    await until(async () => (await acts(one)) + (await acts(other)) > before);
  });
});

test('a schedule that nobody can read is told at once', async () => {
  await expect(start('99 99 * * *')).rejects.toMatchObject({ name: 'QueueError', code: 'invalid-schedule' });
});

describe('the times of a schedule', () => {
  const after = new Date('2026-03-28T12:00:00Z');

  test('go by the clock of its place, which changes', () => {
    const times = dueTimes({ cron: '30 3 * * *', timeZone: 'Europe/Berlin' }, after, 3);
    expect(times.map((time) => time.toISOString())).toEqual([
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T01:30:00.000Z',
      '2026-03-31T01:30:00.000Z',
    ]);
  });

  test('are refused where there are none to be read', () => {
    expect(() => dueTimes({ cron: 'nightly', timeZone: 'UTC' }, after, 1)).toThrow(QueueError);
    expect(() => dueTimes({ cron: '0 2 * * *', timeZone: 'Mars' }, after, 1)).toThrow(QueueError);
  });
});
