import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

const PolicyName = 'default';

/** AWS: the key policy, as text; every key has one, named `default` (semantics.md D.4, H.1). */
export const getKeyPolicy: Read = {
  id: 'kms:GetKeyPolicy',
  actions: ['kms:GetKeyPolicy'],
  service: 'kms',
  operation: 'GetKeyPolicy',
  scope: 'key',
  paging: 'none',
  answers: 'fields',
  fills: { 'kms-key': ['Policy'] },
  absences: [],
  run: async (clients, { id: KeyId }) => {
    const command = new GetKeyPolicyCommand({ KeyId, PolicyName });
    const answer = await clients.kms().send(command, clients.sending);
    return { items: [fieldOf(answer, 'Policy')] };
  },
};
