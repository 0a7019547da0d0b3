import { DescribePolicyCommand } from '@aws-sdk/client-organizations';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the document of an organization policy; it has no version, so it is read in every scan (semantics.md H.2). */
export const describePolicy: Read = {
  id: 'organizations:DescribePolicy',
  actions: ['organizations:DescribePolicy'],
  service: 'organizations',
  operation: 'DescribePolicy',
  scope: 'organization',
  paging: 'none',
  answers: 'fields',
  fills: { 'organization-policy': ['Content'] },
  absences: [],
  run: async (clients, { id: PolicyId }) => {
    const command = new DescribePolicyCommand({ PolicyId });
    const { Policy } = await clients.organizations().send(command, clients.sending);
    return { items: [fieldOf(Policy ?? {}, 'Content')] };
  },
};
