import { faultsOf, type Fault } from './fault.ts';

const subject = {
  service: 's3',
  operation: 'GetBucketPolicy',
  accountId: '111111111111',
  region: 'eu-west-1',
  resource: 'my-bucket',
};

const befalls = (fault: Fault): boolean => faultsOf([fault], 1)(subject).fault !== undefined;

test.each<readonly [string, Fault, boolean]>([
  ['names nothing', { kind: 'hang' }, true],
  ['names the operation', { kind: 'hang', on: 's3:GetBucketPolicy' }, true],
  ['names its beginning', { kind: 'hang', on: 's3:Get*' }, true],
  ['names its beginning and end', { kind: 'hang', on: 's3:*Policy' }, true],
  ['names one of several', { kind: 'hang', on: ['kms:*', '*:GetBucket*'] }, true],
  ['names another service', { kind: 'hang', on: 'kms:*' }, false],
  ['names more than there is', { kind: 'hang', on: 's3:GetBucketPolicy*Status' }, false],
  ['names overlapping parts', { kind: 'hang', resource: 'my-b*-bucket' }, false],
  ['names the account', { kind: 'hang', accountId: '111111111111' }, true],
  ['names another account', { kind: 'hang', accountId: '2*' }, false],
  ['names another Region', { kind: 'hang', region: 'us-*' }, false],
  ['names another bucket', { kind: 'hang', resource: 'your-bucket' }, false],
  ['befalls no call', { kind: 'hang', rate: 0 }, false],
])('a fault that %s', (_, fault, expected) => {
  expect(befalls(fault)).toBe(expected);
});

test('a fault for the first calls ends after them, for each call that is alike', () => {
  const mishap = faultsOf([{ kind: 'throttle', times: 2 }], 1);
  const kinds = [1, 2, 3].map(() => mishap(subject).fault?.kind);
  expect(kinds).toEqual(['throttle', 'throttle', undefined]);
  expect(mishap({ ...subject, resource: 'other' }).fault?.kind).toBe('throttle');
});

test('a rate befalls its share of the calls, and the same calls for the same seed', () => {
  const run = (seed: number): string => {
    const mishap = faultsOf([{ kind: 'throttle', rate: 0.2 }], seed);
    return Array.from({ length: 1000 }, () => (mishap(subject).fault === undefined ? '.' : 'x')).join('');
  };
  expect(run(7)).toBe(run(7));
  expect(run(7)).not.toBe(run(8));
  const share = run(7).replaceAll('.', '').length / 1000;
  expect(share).toBeGreaterThan(0.15);
  expect(share).toBeLessThan(0.25);
});

test('waits add up, and the first other fault counts', () => {
  const mishap = faultsOf(
    [
      { kind: 'latency', milliseconds: 10 },
      { kind: 'deny' },
      { kind: 'latency', milliseconds: 5 },
      { kind: 'reset' },
    ],
    1,
  );
  expect(mishap(subject)).toEqual({ wait: 15, fault: { kind: 'deny' } });
});

test('a quota throttles what comes faster, in each account and Region by itself', () => {
  let now = 0;
  const mishap = faultsOf([{ kind: 'quota', on: 's3:*', perSecond: 2, burst: 3 }], 1, () => now);
  const refused = (of: object = {}): boolean => mishap({ ...subject, ...of }).fault?.kind === 'throttle';
  expect([1, 2, 3, 4].map(() => refused())).toEqual([false, false, false, true]);
  expect(refused({ region: 'us-east-1' })).toBe(false);
  expect(refused({ accountId: '222222222222' })).toBe(false);
  now = 500;
  expect([refused({ operation: 'GetBucketAcl' }), refused()]).toEqual([false, true]);
});
