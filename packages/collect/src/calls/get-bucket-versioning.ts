import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { bucketRead } from './read.ts';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';

/** AWS: versioning; an empty `VersioningConfiguration` means that it never was on (semantics.md H.1). */
export const getBucketVersioning = bucketRead({
  operation: 'GetBucketVersioning',
  fields: ['VersioningStatus'],
  absences: [],
  ask: async (clients, Bucket) => {
    const command = new GetBucketVersioningCommand({ Bucket });
    command.middlewareStack.add(expectRoot('VersioningConfiguration'), AT_THE_WIRE);
    const { Status } = await clients.s3().send(command, clients.sending);
    return Status === undefined ? {} : { VersioningStatus: Status };
  },
});
