import { ListOrganizationalUnitsForParentCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the units below a root or unit (semantics.md H.1). */
export const listOrganizationalUnits: Read = {
  id: 'organizations:ListOrganizationalUnitsForParent',
  actions: ['organizations:ListOrganizationalUnitsForParent'],
  service: 'organizations',
  operation: 'ListOrganizationalUnitsForParent',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { 'organizational-unit': ['Id', 'Arn', 'Name', 'ParentId'] },
  step: 'organizations:ListOrganizationalUnitsForParent',
  absences: [],
  run: async (clients, { id: ParentId }, next) => {
    const command = new ListOrganizationalUnitsForParentCommand({ ParentId, NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.OrganizationalUnits, 'OrganizationalUnits'), next: answer.NextToken };
  },
};
