import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { invalidResponse } from '../collect-error.ts';
import { plainObject } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: whose credentials these are; needs no permission (semantics.md H.1). */
export const getCallerIdentity: Read = {
  id: 'sts:GetCallerIdentity',
  actions: [],
  service: 'sts',
  operation: 'GetCallerIdentity',
  scope: 'account',
  paging: 'none',
  answers: 'fields',
  fills: {},
  absences: [],
  run: async (clients) => {
    const answer = await clients.sts().send(new GetCallerIdentityCommand({}), clients.sending);
    if (answer.Account === undefined || answer.Arn === undefined) {
      throw invalidResponse('the answer has no `Account` or no `Arn`');
    }
    return { items: [plainObject(answer)] };
  },
};
