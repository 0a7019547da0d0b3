import { ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the tags of a key, in the spelling of KMS (semantics.md H.1). */
export const listResourceTags: Read = {
  id: 'kms:ListResourceTags',
  actions: ['kms:ListResourceTags'],
  service: 'kms',
  operation: 'ListResourceTags',
  scope: 'key',
  paging: 'marker',
  answers: 'list',
  fills: { 'kms-key': ['Tags'] },
  absences: [],
  run: async (clients, { id: KeyId }, next) => {
    const command = new ListResourceTagsCommand({ KeyId, Marker: next });
    const answer = await clients.kms().send(command, clients.sending);
    return {
      items: itemsOf(answer.Tags, 'Tags'),
      next: answer.Truncated === false ? undefined : answer.NextMarker,
    };
  },
};
