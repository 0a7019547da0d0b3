import { ListMultiRegionAccessPointsCommand } from '@aws-sdk/client-s3-control';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: multi-Region access points are managed in one Region, whichever their buckets are in (semantics.md H.1). */
export const MULTI_REGION_HOME = 'us-west-2';

/** AWS: the multi-Region access points of an account; the list tells all of one but its policy (semantics.md C.8). */
export const listMultiRegionAccessPoints: Read = {
  id: 's3:ListMultiRegionAccessPoints',
  actions: ['s3:ListMultiRegionAccessPoints'],
  service: 's3-control',
  operation: 'ListMultiRegionAccessPoints',
  scope: 'account',
  paging: 'token',
  answers: 'list',
  fills: { 'multi-region-access-point': ['Name', 'Alias', 'Status', 'PublicAccessBlock', 'Regions'] },
  step: 's3:ListMultiRegionAccessPoints',
  absences: [],
  run: async (clients, { accountId: AccountId }, next) => {
    const command = new ListMultiRegionAccessPointsCommand({ AccountId, NextToken: next });
    const answer = await clients.s3Control().send(command, clients.sending);
    return { items: itemsOf(answer.AccessPoints, 'AccessPoints'), next: answer.NextToken };
  },
};
