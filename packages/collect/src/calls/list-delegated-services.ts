import { ListDelegatedServicesForAccountCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the services that a delegated administrator administers for the organization (semantics.md H.1). */
export const listDelegatedServices: Read = {
  id: 'organizations:ListDelegatedServicesForAccount',
  actions: ['organizations:ListDelegatedServicesForAccount'],
  service: 'organizations',
  operation: 'ListDelegatedServicesForAccount',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { 'delegated-administrator': ['DelegatedServices'] },
  absences: [],
  run: async (clients, { id: AccountId }, next) => {
    const command = new ListDelegatedServicesForAccountCommand({ AccountId, NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.DelegatedServices, 'DelegatedServices'), next: answer.NextToken };
  },
};
