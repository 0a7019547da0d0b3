import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the root, and the policy types that are enabled on it (semantics.md B.3, H.1). */
export const listRoots: Read = {
  id: 'organizations:ListRoots',
  actions: ['organizations:ListRoots'],
  service: 'organizations',
  operation: 'ListRoots',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { root: ['Id', 'Arn', 'Name'], organization: ['EnabledPolicyTypes'] },
  step: 'organizations:ListRoots',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListRootsCommand({ NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.Roots, 'Roots'), next: answer.NextToken };
  },
};
