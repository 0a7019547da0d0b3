import { ListTagsForResourceCommand } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the tags of an account (semantics.md H.1). */
export const listAccountTags: Read = {
  id: 'organizations:ListTagsForResource',
  actions: ['organizations:ListTagsForResource'],
  service: 'organizations',
  operation: 'ListTagsForResource',
  scope: 'organization',
  paging: 'token',
  answers: 'list',
  fills: { account: ['Tags'] },
  absences: [],
  run: async (clients, { id: ResourceId }, next) => {
    const command = new ListTagsForResourceCommand({ ResourceId, NextToken: next });
    const answer = await clients.organizations().send(command, clients.sending);
    return { items: itemsOf(answer.Tags, 'Tags'), next: answer.NextToken };
  },
};
