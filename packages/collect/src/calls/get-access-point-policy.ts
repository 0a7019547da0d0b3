import { GetAccessPointPolicyCommand } from '@aws-sdk/client-s3-control';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the policy of an access point, as text (semantics.md C.8, H.1). */
export const getAccessPointPolicy: Read = {
  id: 's3:GetAccessPointPolicy',
  actions: ['s3:GetAccessPointPolicy'],
  service: 's3-control',
  operation: 'GetAccessPointPolicy',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { 'access-point': ['Policy'] },
  absences: ['NoSuchAccessPointPolicy'],
  run: async (clients, { accountId: AccountId, id: Name }) => {
    const command = new GetAccessPointPolicyCommand({ AccountId, Name });
    return { items: [fieldOf(await clients.s3Control().send(command, clients.sending), 'Policy')] };
  },
};
