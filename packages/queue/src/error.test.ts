import { QueueError, toQueueError } from './error.ts';

const withCode = (code: string): Error => Object.assign(new Error('it said so'), { code });

test.each([
  [withCode('ECONNREFUSED'), 'unreachable', true],
  [withCode('57P01'), 'unreachable', true],
  [withCode('53300'), 'busy', true],
  [withCode('28P01'), 'refused', false],
  [new Error('Connection is closed.'), 'unreachable', true],
  [new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'refused', false],
  [new Error('OOM command not allowed when used memory > maxmemory'), 'busy', true],
  [new Error('something else'), 'failed', false],
  ['no error at all', 'failed', false],
])('%s is %s', (error, code, retryable) => {
  expect(toQueueError(error)).toMatchObject({ code, retryable });
});

test('an error of the queue stays what it is', () => {
  const error = new QueueError('closed', 'the queue is closed');
  expect(toQueueError(error)).toBe(error);
});

test('the command that Redis refused is not kept, since a login holds the password', () => {
  const refused = Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['s3cr3t'] } });
  expect(toQueueError(refused).cause).not.toHaveProperty('command');
});
