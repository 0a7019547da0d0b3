import { ListTagsForResourceCommand } from '@aws-sdk/client-s3-control';
import { plainObject } from '../plain.ts';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';
import type { Read } from './read.ts';

/** AWS: the tags of an access point, which stand in conditions on it (semantics.md C.8, C.12, H.1). */
export const listAccessPointTags: Read = {
  id: 's3:ListTagsForResource',
  actions: ['s3:ListTagsForResource'],
  service: 's3-control',
  operation: 'ListTagsForResource',
  scope: 'bucket',
  paging: 'none',
  answers: 'list',
  fills: { 'access-point': ['Tags'] },
  absences: [],
  run: async (clients, { accountId: AccountId, id: ResourceArn }) => {
    const command = new ListTagsForResourceCommand({ AccountId, ResourceArn });
    command.middlewareStack.add(expectRoot('ListTagsForResourceResult'), AT_THE_WIRE);
    const { Tags = [] } = await clients.s3Control().send(command, clients.sending);
    return { items: Tags.map(plainObject) };
  },
};
