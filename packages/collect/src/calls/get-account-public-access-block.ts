import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3-control';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: Block Public Access of an account, the organization's policy included (semantics.md C.7, H.1). */
export const getAccountPublicAccessBlock: Read = {
  id: 's3:GetAccountPublicAccessBlock',
  actions: ['s3:GetAccountPublicAccessBlock'],
  service: 's3-control',
  operation: 'GetPublicAccessBlock',
  scope: 'account',
  paging: 'none',
  answers: 'fields',
  fills: { 'account-public-access-block': ['PublicAccessBlockConfiguration'] },
  step: 's3:GetAccountPublicAccessBlock',
  absences: ['NoSuchPublicAccessBlockConfiguration'],
  run: async (clients, { accountId: AccountId }) => {
    const answer = await clients
      .s3Control()
      .send(new GetPublicAccessBlockCommand({ AccountId }), clients.sending);
    return { items: [fieldOf(answer, 'PublicAccessBlockConfiguration')] };
  },
};
