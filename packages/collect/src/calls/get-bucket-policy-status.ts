import { GetBucketPolicyStatusCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: whether AWS calls the bucket policy public (semantics.md C.7, H.1). */
export const getBucketPolicyStatus = bucketRead({
  operation: 'GetBucketPolicyStatus',
  fields: ['PolicyStatus'],
  absences: ['NoSuchBucketPolicy'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetBucketPolicyStatusCommand({ Bucket }), clients.sending),
      'PolicyStatus',
    ),
});
