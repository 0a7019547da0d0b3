import { recordedError } from './refusal.ts';

test.each([
  ['s3', 'AccessDenied', 403, 'AccessDenied'],
  ['kms', 'AccessDenied', 400, 'AccessDeniedException'],
  ['ec2', 'AccessDenied', 403, 'UnauthorizedOperation'],
  ['s3', 'MethodNotAllowed', 405, 'MethodNotAllowed'],
  ['s3', 'ThrottlingException', 503, 'ThrottlingException'],
  ['kms', 'ThrottlingException', 400, 'ThrottlingException'],
  ['s3', 'NoSuchBucket', 404, 'NoSuchBucket'],
  ['s3', 'InternalError', 500, 'InternalError'],
] as const)('what %s recorded as %s is answered as %d %s', (service, reason, status, code) => {
  expect(recordedError(service, reason, 'why')).toEqual({ status, code, message: 'why' });
});
