import { GetBucketLocationCommand } from '@aws-sdk/client-s3';
import { bucketRead } from './read.ts';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';

/**
 * AWS: the Region of a bucket, for servers whose ListBuckets does not say it: no constraint is us-east-1, and `EU`
 * is eu-west-1 (semantics.md H.1).
 */
export const getBucketLocation = bucketRead({
  operation: 'GetBucketLocation',
  fields: ['BucketRegion'],
  absences: [],
  ask: async (clients, Bucket) => {
    const command = new GetBucketLocationCommand({ Bucket });
    command.middlewareStack.add(expectRoot('LocationConstraint'), AT_THE_WIRE);
    const { LocationConstraint } = await clients.s3().send(command, clients.sending);
    return { BucketRegion: regionOf(LocationConstraint ?? '') };
  },
});

function regionOf(constraint: string): string {
  if (constraint === '') return 'us-east-1';
  return constraint === 'EU' ? 'eu-west-1' : constraint;
}
