import { GetBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: Object Ownership; without it the bucket is `ObjectWriter` (semantics.md H.1, C.5). */
export const getBucketOwnershipControls = bucketRead({
  operation: 'GetBucketOwnershipControls',
  fields: ['OwnershipControls'],
  absences: ['OwnershipControlsNotFoundError'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetBucketOwnershipControlsCommand({ Bucket }), clients.sending),
      'OwnershipControls',
    ),
});
