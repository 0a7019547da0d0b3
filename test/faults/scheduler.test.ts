import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Store, openStore } from '@denyscope/store';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { type ServiceProcess, serviceProcess } from '../support/scan-process.ts';

jest.setTimeout(120_000);

let database: TestDatabase;
let store: Store;
const processes: ServiceProcess[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
});
afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.end('SIGKILL')));
  await store.close();
  await database.drop();
});

async function start(): Promise<ServiceProcess> {
  const ground = { store, queueUrl: database.url, databaseUrl: database.url };
  const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
  // It begins scans and makes none, so nothing answers in the place of AWS.
  const one = await serviceProcess('scheduler', { ...ground, queuePrefix }, { url: 'http://127.0.0.1:9' });
  processes.push(one);
  return one;
}

const said = ({ log }: ServiceProcess, words: string): number =>
  log.filter((line) => line.includes(words)).length;

async function until(reached: () => boolean): Promise<void> {
  for (const end = Date.now() + 40_000; !reached(); await sleep(50)) {
    if (Date.now() > end) throw new Error('it took too long');
  }
}

const ACTS = /a scan begins|one runs still/;
const acts = ({ log }: ServiceProcess): number => log.filter((line) => ACTS.test(line)).length;

test('when the scheduler that leads is killed, another leads within seconds, and one scan runs', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await until(() => acts(one) + acts(other) > 0);
  const [leader, second] = acts(one) > 0 ? [one, other] : [other, one];
  expect(said(second, 'this scheduler leads')).toBe(0);
  await leader.end('SIGKILL');
  await until(() => said(second, 'this scheduler leads"') === 1);
  await until(() => acts(second) > 0);
  expect(said(leader, 'a scan begins') + said(second, 'a scan begins')).toBe(1);
  expect(await store.latestRun()).toMatchObject({ status: 'running' });
});

test('a scheduler that is frozen leads no more, and does not act when it goes on', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  await until(() => acts(one) + acts(other) > 0);
  const [leader, second] = acts(one) > 0 ? [one, other] : [other, one];
  leader.child.kill('SIGSTOP');
  await until(() => acts(second) > 0);
  const before = acts(leader);
  leader.child.kill('SIGCONT');
  await until(() => said(leader, 'leads no more') === 1);
  const since = acts(second);
  await until(() => acts(second) > since);
  expect(acts(leader)).toBe(before);
});
