import { GetBucketAclCommand } from '@aws-sdk/client-s3';
import { itemsOf, optionalFieldOf } from '../plain.ts';
import { bucketRead } from './read.ts';

/** AWS: the effective ACL, with the owner's canonical user id (semantics.md C.5, H.1). */
export const getBucketAcl = bucketRead({
  operation: 'GetBucketAcl',
  fields: ['Owner', 'Grants'],
  absences: [],
  ask: async (clients, Bucket) => {
    const answer = await clients.s3().send(new GetBucketAclCommand({ Bucket }), clients.sending);
    return { ...optionalFieldOf(answer, 'Owner'), Grants: itemsOf(answer.Grants, 'Grants') };
  },
});
