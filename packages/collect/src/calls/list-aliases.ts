import { ListAliasesCommand } from '@aws-sdk/client-kms';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the aliases of a Region, those of AWS managed keys included (semantics.md H.1). */
export const listAliases: Read = {
  id: 'kms:ListAliases',
  actions: ['kms:ListAliases'],
  service: 'kms',
  operation: 'ListAliases',
  scope: 'region',
  paging: 'marker',
  answers: 'list',
  fills: { 'kms-key': ['Aliases'] },
  step: 'kms:ListAliases',
  absences: [],
  run: async (clients, _, next) => {
    const command = new ListAliasesCommand({ Marker: next });
    const answer = await clients.kms().send(command, clients.sending);
    return {
      items: itemsOf(answer.Aliases, 'Aliases'),
      next: answer.Truncated === false ? undefined : answer.NextMarker,
    };
  },
};
