import { StoreError } from '@denyscope/store';
import { endsJob, givenUp } from './fault.ts';

const job = { id: 'run-1', attempt: 1, isLast: false, signal: new AbortController().signal };

test('a fault of ours says its own words, and a bug those of nobody', () => {
  const full = new StoreError('disk-full', 'the disk of the database is full');
  expect(givenUp(full)).toEqual({ reason: 'disk-full', message: 'the disk of the database is full' });
  const untold = { reason: 'WorkerFault', message: 'the worker failed: its log says why' };
  expect(givenUp(new TypeError('postgres://ann:s3cret@db'))).toEqual(untold);
  expect(givenUp('stop')).toEqual(untold);
});

test.each([
  ['one that may go away', new StoreError('busy', 'later'), false, false],
  ['one that may go away, in the last attempt', new StoreError('busy', 'later'), true, false],
  ['one that stays', new StoreError('refused', 'no'), false, true],
  ['one of AWS, in the last attempt', Object.assign(new Error('x'), { retryable: true }), true, true],
  ['a bug, which may have been chance', new TypeError('x'), false, false],
])('%s', (_, error, isLast, ends) => {
  expect(endsJob(error, { ...job, isLast })).toBe(ends);
});

test('a job that is given back is not over', () => {
  expect(endsJob(new Error('stopped'), { ...job, isLast: true, signal: AbortSignal.abort() })).toBe(false);
});
