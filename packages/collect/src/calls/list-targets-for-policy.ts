import { ListTargetsForPolicyCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: what a policy is attached to (semantics.md B.3, H.2). */
export const listTargetsForPolicy: Read = {
  id: 'organizations:ListTargetsForPolicy',
  actions: ['organizations:ListTargetsForPolicy'],
  service: 'organizations',
  operation: 'ListTargetsForPolicy',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { 'organization-policy': ['TargetIds'] },
  absences: [],
  run: async (clients, { id: PolicyId }, next) => {
    const command = new ListTargetsForPolicyCommand({ PolicyId, NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.Targets, 'Targets'), next: answer.NextToken };
  },
};
