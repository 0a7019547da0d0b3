import { GetBucketAbacCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: bucket ABAC: whether tags count in conditions (semantics.md C.11, H.1). */
export const getBucketAbac = bucketRead({
  operation: 'GetBucketAbac',
  fields: ['AbacStatus'],
  absences: ['NoSuchAbacConfiguration'],
  ask: async (clients, Bucket) =>
    fieldOf(await clients.s3().send(new GetBucketAbacCommand({ Bucket }), clients.sending), 'AbacStatus'),
});
