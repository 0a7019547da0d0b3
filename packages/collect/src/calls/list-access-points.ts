import { ListAccessPointsCommand } from '@aws-sdk/client-s3-control';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the access points of an account in a Region (semantics.md C.8, H.1). */
export const listAccessPoints: Read = {
  id: 's3:ListAccessPoints',
  actions: ['s3:ListAccessPoints'],
  service: 's3-control',
  operation: 'ListAccessPoints',
  scope: 'region',
  paging: 'token',
  answers: 'list',
  fills: {
    'access-point': ['Name', 'Bucket', 'BucketAccountId', 'NetworkOrigin', 'AccessPointArn', 'Alias'],
  },
  step: 's3:ListAccessPoints',
  absences: [],
  run: async (clients, { accountId: AccountId }, next) => {
    const command = new ListAccessPointsCommand({ AccountId, NextToken: next });
    const answer = await clients.s3Control().send(command, clients.sending);
    return { items: itemsOf(answer.AccessPointList, 'AccessPointList'), next: answer.NextToken };
  },
};
