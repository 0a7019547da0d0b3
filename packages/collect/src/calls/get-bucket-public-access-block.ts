import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: Block Public Access of a bucket; without one all four flags are off (semantics.md H.1). */
export const getBucketPublicAccessBlock = bucketRead({
  operation: 'GetPublicAccessBlock',
  action: 'GetBucketPublicAccessBlock',
  fields: ['PublicAccessBlockConfiguration'],
  absences: ['NoSuchPublicAccessBlockConfiguration'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetPublicAccessBlockCommand({ Bucket }), clients.sending),
      'PublicAccessBlockConfiguration',
    ),
});
