import { GetBucketReplicationCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: replication (semantics.md H.1). */
export const getBucketReplication = bucketRead({
  operation: 'GetBucketReplication',
  action: 'GetReplicationConfiguration',
  fields: ['ReplicationConfiguration'],
  absences: ['ReplicationConfigurationNotFoundError'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetBucketReplicationCommand({ Bucket }), clients.sending),
      'ReplicationConfiguration',
    ),
});
