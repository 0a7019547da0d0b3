import { GetAccessPointCommand } from '@aws-sdk/client-s3-control';
import { invalidResponse } from '../collect-error.ts';
import { plainObject } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: an access point with its own Block Public Access and the VPC that it is bound to (semantics.md C.8, H.1). */
export const getAccessPoint: Read = {
  id: 's3:GetAccessPoint',
  actions: ['s3:GetAccessPoint'],
  service: 's3-control',
  operation: 'GetAccessPoint',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { 'access-point': ['VpcConfiguration', 'PublicAccessBlockConfiguration'] },
  absences: [],
  run: async (clients, { accountId: AccountId, id: Name }) => {
    const command = new GetAccessPointCommand({ AccountId, Name });
    const answer = await clients.s3Control().send(command, clients.sending);
    if (answer.Name === undefined) throw invalidResponse('the answer has no `Name`');
    return { items: [plainObject(answer)] };
  },
};
