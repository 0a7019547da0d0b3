import { ListDelegatedAdministratorsCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the member accounts that administer a service for the organization (semantics.md H.1, H.5). */
export const listDelegatedAdministrators: Read = {
  id: 'organizations:ListDelegatedAdministrators',
  actions: ['organizations:ListDelegatedAdministrators'],
  service: 'organizations',
  operation: 'ListDelegatedAdministrators',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: {
    'delegated-administrator': ['Id', 'Arn', 'Name', 'Email', 'Status', 'State', 'DelegationEnabledDate'],
  },
  step: 'organizations:ListDelegatedAdministrators',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListDelegatedAdministratorsCommand({ NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return {
      items: itemsOf(answer.DelegatedAdministrators, 'DelegatedAdministrators'),
      next: answer.NextToken,
    };
  },
};
