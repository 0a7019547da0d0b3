import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: tags of a bucket (semantics.md H.1). */
export const getBucketTagging = bucketRead({
  operation: 'GetBucketTagging',
  fields: ['TagSet'],
  absences: ['NoSuchTagSet'],
  ask: async (clients, Bucket) =>
    fieldOf(await clients.s3().send(new GetBucketTaggingCommand({ Bucket }), clients.sending), 'TagSet'),
});
