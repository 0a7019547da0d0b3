import { ListKeysCommand } from '@aws-sdk/client-kms';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the keys of an account in a Region, by id and ARN (semantics.md H.1). */
export const listKeys: Read = {
  id: 'kms:ListKeys',
  actions: ['kms:ListKeys'],
  service: 'kms',
  operation: 'ListKeys',
  scope: 'region',
  paging: 'marker',
  answers: 'list',
  fills: { 'kms-key': [] },
  step: 'kms:ListKeys',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListKeysCommand({ Marker: next });
    const answer = await clients.kms().send(command, clients.sending);
    return {
      items: itemsOf(answer.Keys, 'Keys'),
      next: answer.Truncated === false ? undefined : answer.NextMarker,
    };
  },
};
