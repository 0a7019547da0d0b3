import { ListAccountsForParentCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the accounts directly below a root or unit (semantics.md H.1). */
export const listAccountsForParent: Read = {
  id: 'organizations:ListAccountsForParent',
  actions: ['organizations:ListAccountsForParent'],
  service: 'organizations',
  operation: 'ListAccountsForParent',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { account: ['ParentId'] },
  step: 'organizations:ListAccountsForParent',
  absences: [],
  run: async (clients, { id: ParentId }, next) => {
    const command = new ListAccountsForParentCommand({ ParentId, NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.Accounts, 'Accounts'), next: answer.NextToken };
  },
};
