import { GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: Object Lock (semantics.md C.9, H.1). */
export const getObjectLockConfiguration = bucketRead({
  operation: 'GetObjectLockConfiguration',
  action: 'GetBucketObjectLockConfiguration',
  fields: ['ObjectLockConfiguration'],
  absences: ['ObjectLockConfigurationNotFoundError'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetObjectLockConfigurationCommand({ Bucket }), clients.sending),
      'ObjectLockConfiguration',
    ),
});
