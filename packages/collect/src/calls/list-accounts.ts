import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the accounts of the organization (semantics.md H.1). */
export const listAccounts: Read = {
  id: 'organizations:ListAccounts',
  actions: ['organizations:ListAccounts'],
  service: 'organizations',
  operation: 'ListAccounts',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { account: ['Id', 'Arn', 'Name', 'Email', 'Status', 'State'] },
  step: 'organizations:ListAccounts',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListAccountsCommand({ NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.Accounts, 'Accounts'), next: answer.NextToken };
  },
};
