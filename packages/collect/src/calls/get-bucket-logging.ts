import { GetBucketLoggingCommand } from '@aws-sdk/client-s3';
import { optionalFieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';

/** AWS: server access logging; an empty `BucketLoggingStatus` means off (semantics.md H.1). */
export const getBucketLogging = bucketRead({
  operation: 'GetBucketLogging',
  fields: ['LoggingEnabled'],
  absences: [],
  ask: async (clients, Bucket) => {
    const command = new GetBucketLoggingCommand({ Bucket });
    command.middlewareStack.add(expectRoot('BucketLoggingStatus'), AT_THE_WIRE);
    return optionalFieldOf(await clients.s3().send(command, clients.sending), 'LoggingEnabled');
  },
});
