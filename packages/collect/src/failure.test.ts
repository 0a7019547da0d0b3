import { CollectError, invalidResponse } from './collect-error.ts';
import { failureOf } from './failure.ts';
import type { Scope } from './calls/read.ts';

const read = { scope: 'bucket', absences: ['NoSuchBucketPolicy'] } as const;
const withCode = (name: string, status = 400): Error =>
  Object.assign(new Error('why'), { name, $fault: 'client', $metadata: { httpStatusCode: status } });

test.each([
  ['NoSuchBucketPolicy', 'absent', 'NoSuchBucketPolicy', 'absent'],
  ['NoSuchTagSet', 'unreadable', 'NoSuchTagSet', 'error'],
  ['NoSuchBucket', 'gone', 'NoSuchBucket', 'absent'],
  ['NoSuchEntity', 'gone', 'NoSuchEntity', 'absent'],
  ['NotFoundException', 'gone', 'NotFoundException', 'absent'],
  ['NoSuchAccessPoint', 'gone', 'NoSuchAccessPoint', 'absent'],
  ['NoSuchMultiRegionAccessPoint', 'gone', 'NoSuchMultiRegionAccessPoint', 'absent'],
  ['TrailNotFoundException', 'gone', 'TrailNotFoundException', 'absent'],
  ['PolicyNotFoundException', 'gone', 'PolicyNotFoundException', 'absent'],
  ['TargetNotFoundException', 'gone', 'TargetNotFoundException', 'absent'],
  ['AccountNotRegisteredException', 'gone', 'AccountNotRegisteredException', 'absent'],
  ['AccessDenied', 'unreadable', 'AccessDenied', 'access_denied'],
  ['AccessDeniedException', 'unreadable', 'AccessDenied', 'access_denied'],
  ['UnauthorizedOperation', 'unreadable', 'AccessDenied', 'access_denied'],
  ['MethodNotAllowed', 'unreadable', 'MethodNotAllowed', 'error'],
  ['AllAccessDisabled', 'unreadable', 'AllAccessDisabled', 'error'],
  ['AccountProblem', 'unreadable', 'AccountProblem', 'error'],
  ['AccountSuspendedException', 'unreadable', 'AccountSuspendedException', 'error'],
  ['PolicyTypeNotEnabledException', 'unreadable', 'PolicyTypeNotEnabledException', 'error'],
  ['KMSInvalidStateException', 'unreadable', 'KMSInvalidStateException', 'error'],
  ['AuthFailure', 'unreadable', 'RegionDisabled', 'error'],
  ['OptInRequired', 'unreadable', 'RegionDisabled', 'error'],
  ['InvalidToken', 'unreadable', 'RegionDisabled', 'error'],
  ['UnrecognizedClientException', 'unreadable', 'RegionDisabled', 'error'],
  ['SlowDown', 'unreadable', 'Throttled', 'throttled'],
  ['ThrottlingException', 'unreadable', 'Throttled', 'throttled'],
  ['RequestLimitExceeded', 'unreadable', 'Throttled', 'throttled'],
  ['TooManyRequestsException', 'unreadable', 'Throttled', 'throttled'],
  ['RequestTimeout', 'unreadable', 'Timeout', 'error'],
  ['TimeoutError', 'unreadable', 'Timeout', 'error'],
  ['ExpiredToken', 'expired', 'ExpiredToken', 'error'],
  ['ExpiredTokenException', 'expired', 'ExpiredToken', 'error'],
  ['RequestExpired', 'expired', 'ExpiredToken', 'error'],
  ['InternalError', 'unreadable', 'InternalError', 'error'],
  ['SomethingNew', 'unreadable', 'SomethingNew', 'error'],
] as const)('%s is %s, for the reason %s, and counts as %s', (code, state, reason, result) => {
  expect(failureOf(withCode(code), read)).toEqual({ state, reason, message: 'why', result });
});

test.each<readonly [Scope, string]>([
  ['account', 'UnrecognizedClientException'],
  ['organization', 'UnrecognizedClientException'],
  ['region', 'RegionDisabled'],
  ['key', 'RegionDisabled'],
])('credentials that a call about the %s refuses are %s', (scope, reason) => {
  const error = withCode('UnrecognizedClientException');
  expect(failureOf(error, { scope, absences: [] })).toMatchObject({ state: 'unreadable', reason });
});

test.each([
  ['an answer of another shape', invalidResponse('why'), 'InvalidResponse'],
  ['a deadline', new CollectError('Timeout', 'why'), 'Timeout'],
  [
    'an answer that the SDK cannot read',
    Object.assign(new SyntaxError('bad\n  Deserialization error: see'), {
      $metadata: { httpStatusCode: 500 },
    }),
    'InvalidResponse',
  ],
  ['too many requests without a code', withCode('Unknown', 429), 'Throttled'],
  [
    'a refusal without a code',
    Object.assign(withCode('NotFound', 404), { message: 'UnknownError' }),
    'Http404',
  ],
  ['a broken connection', Object.assign(new Error('why'), { code: 'ECONNRESET' }), 'ECONNRESET'],
  [
    'a code on the wire that the SDK calls otherwise',
    Object.assign(withCode('XException'), { Code: 'X' }),
    'X',
  ],
  ['what is no error', 'why', 'UnknownError'],
])('%s is unreadable', (_, error, reason) => {
  expect(failureOf(error, read)).toMatchObject({ state: 'unreadable', reason });
});

test('a long message is cut', () => {
  expect(failureOf(new Error('x'.repeat(10_000)), read).message).toHaveLength(2000);
});
