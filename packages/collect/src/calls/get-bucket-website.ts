import { GetBucketWebsiteCommand } from '@aws-sdk/client-s3';
import { invalidResponse } from '../collect-error.ts';
import { plainObject } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: static website hosting (semantics.md H.1). The answer has no wrapper: its members are the configuration. */
export const getBucketWebsite = bucketRead({
  operation: 'GetBucketWebsite',
  fields: ['WebsiteConfiguration'],
  absences: ['NoSuchWebsiteConfiguration'],
  ask: async (clients, Bucket) => {
    const answer = await clients.s3().send(new GetBucketWebsiteCommand({ Bucket }), clients.sending);
    const WebsiteConfiguration = plainObject(answer);
    if (Object.keys(WebsiteConfiguration).length === 0) throw invalidResponse('the answer is empty');
    return { WebsiteConfiguration };
  },
});
