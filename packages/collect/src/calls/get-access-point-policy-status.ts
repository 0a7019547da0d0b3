import { GetAccessPointPolicyStatusCommand } from '@aws-sdk/client-s3-control';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: whether AWS calls the policy of an access point public (semantics.md C.7, H.1). */
export const getAccessPointPolicyStatus: Read = {
  id: 's3:GetAccessPointPolicyStatus',
  actions: ['s3:GetAccessPointPolicyStatus'],
  service: 's3-control',
  operation: 'GetAccessPointPolicyStatus',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { 'access-point': ['PolicyStatus'] },
  absences: ['NoSuchAccessPointPolicy'],
  run: async (clients, { accountId: AccountId, id: Name }) => {
    const command = new GetAccessPointPolicyStatusCommand({ AccountId, Name });
    return { items: [fieldOf(await clients.s3Control().send(command, clients.sending), 'PolicyStatus')] };
  },
};
