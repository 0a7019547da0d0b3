import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { fieldOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: state, manager and dates of a key (semantics.md D.5, H.1). */
export const describeKey: Read = {
  id: 'kms:DescribeKey',
  actions: ['kms:DescribeKey'],
  service: 'kms',
  operation: 'DescribeKey',
  scope: 'key',
  paging: 'none',
  answers: 'fields',
  fills: { 'kms-key': ['KeyMetadata'] },
  absences: [],
  run: async (clients, { id: KeyId }) => {
    const answer = await clients.kms().send(new DescribeKeyCommand({ KeyId }), clients.sending);
    return { items: [fieldOf(answer, 'KeyMetadata')] };
  },
};
