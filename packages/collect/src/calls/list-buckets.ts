import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { itemsOf, optionalFieldOf } from '../plain.ts';
import type { Read } from './read.ts';

// AWS: unpaginated calls are refused for accounts with a quota above 10,000 buckets (semantics.md H.3).
const MAX_BUCKETS = 1000;

/**
 * AWS: the buckets of an account, each with its Region, since the call is paged (semantics.md H.3). Every item
 * carries the `Owner` of the answer, whose id is the account's canonical user id.
 */
export const listBuckets: Read = {
  id: 's3:ListBuckets',
  actions: ['s3:ListAllMyBuckets'],
  service: 's3',
  operation: 'ListBuckets',
  scope: 'account',
  paging: 'token',
  answers: 'list',
  fills: { bucket: ['Name', 'BucketRegion', 'CreationDate'], account: ['CanonicalUserId'] },
  step: 's3:ListBuckets',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListBucketsCommand({ MaxBuckets: MAX_BUCKETS, ContinuationToken: next });
    const answer = await clients.s3().send(command, clients.sending);
    // AWS: a paged answer carries each bucket's ARN too, which says no more than its name.
    const buckets = itemsOf(answer.Buckets, 'Buckets').map(({ BucketArn: _arn, ...bucket }) => ({ bucket }));
    const items = [optionalFieldOf(answer, 'Owner'), ...buckets];
    return { items, next: answer.ContinuationToken };
  },
};
