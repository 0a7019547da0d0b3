import { createLogger } from '@denyscope/ops';
import { QueueError } from '@denyscope/queue';
import { StoreError } from '@denyscope/store';
import { isAway, patiently } from './patience.ts';

const said: string[] = [];
const destination = { write: (line: string) => void said.push(line) };
const logger = createLogger({ level: 'warn', name: 'worker', destination });
const patience = { limitMs: 60_000, signal: new AbortController().signal, logger };
const full = new StoreError('disk-full', 'the disk of the database is full');

/** Fails so often, then succeeds. */
function failing(times: number, error: Error) {
  let calls = 0;
  return async (): Promise<number> => {
    calls += 1;
    if (calls <= times) throw error;
    return calls;
  };
}

test.each([
  [full, true],
  [new StoreError('read-only', 'no writes'), true],
  [new QueueError('unreachable', 'gone'), true],
  [new StoreError('run-over', 'it ended'), false],
  [new QueueError('invalid-payload', 'no'), false],
  [Object.assign(new Error('throttled'), { retryable: true }), false],
])('%s is away: %s', (error, expected) => {
  expect(isAway(error)).toBe(expected);
});

test('a store that is away is waited for, and the log says why', async () => {
  expect(await patiently(patience, failing(1, full))).toBe(2);
  expect(said.join('')).toContain('the disk of the database is full');
});

test('what does not go away by itself is not waited for', async () => {
  const over = new StoreError('run-over', 'it ended');
  await expect(patiently(patience, failing(1, over))).rejects.toBe(over);
});

test('it is not waited for longer than the limit', async () => {
  await expect(patiently({ ...patience, limitMs: 100 }, failing(9, full))).rejects.toBe(full);
});

test('a job that is given back does not wait', async () => {
  const stopping = new AbortController();
  const waiting = patiently({ ...patience, signal: stopping.signal }, failing(9, full));
  stopping.abort();
  await expect(waiting).rejects.toThrow('aborted');
});
