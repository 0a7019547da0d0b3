import { GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: the bucket policy, as text (semantics.md H.1). */
export const getBucketPolicy = bucketRead({
  operation: 'GetBucketPolicy',
  fields: ['Policy'],
  absences: ['NoSuchBucketPolicy'],
  ask: async (clients, Bucket) =>
    fieldOf(await clients.s3().send(new GetBucketPolicyCommand({ Bucket }), clients.sending), 'Policy'),
});
