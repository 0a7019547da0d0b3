import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { fieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: default encryption; its absence is a legacy answer, now SSE-S3 (semantics.md H.1). */
export const getBucketEncryption = bucketRead({
  operation: 'GetBucketEncryption',
  action: 'GetEncryptionConfiguration',
  fields: ['ServerSideEncryptionConfiguration'],
  absences: ['ServerSideEncryptionConfigurationNotFoundError'],
  ask: async (clients, Bucket) =>
    fieldOf(
      await clients.s3().send(new GetBucketEncryptionCommand({ Bucket }), clients.sending),
      'ServerSideEncryptionConfiguration',
    ),
});
