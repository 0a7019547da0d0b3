import { ListGrantsCommand } from '@aws-sdk/client-kms';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the grants of a key (semantics.md D.4, H.1). */
export const listGrants: Read = {
  id: 'kms:ListGrants',
  actions: ['kms:ListGrants'],
  service: 'kms',
  operation: 'ListGrants',
  scope: 'key',
  paging: 'marker',
  answers: 'list',
  fills: { 'kms-key': ['Grants'] },
  absences: [],
  run: async (clients, { id: KeyId }, next) => {
    const command = new ListGrantsCommand({ KeyId, Marker: next });
    const answer = await clients.kms().send(command, clients.sending);
    return {
      items: itemsOf(answer.Grants, 'Grants'),
      next: answer.Truncated === false ? undefined : answer.NextMarker,
    };
  },
};
