import { ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the SAML providers of an account, whom trust policies name as `Federated` (semantics.md A.2, H.1). */
export const listSamlProviders: Read = {
  id: 'iam:ListSAMLProviders',
  actions: ['iam:ListSAMLProviders'],
  service: 'iam',
  operation: 'ListSAMLProviders',
  scope: 'account',
  paging: 'none',
  answers: 'list',
  fills: { 'identity-provider': ['Arn', 'ValidUntil', 'CreateDate'] },
  step: 'iam:ListSAMLProviders',
  absences: [],
  run: async (clients) => {
    const answer = await clients.iam().send(new ListSAMLProvidersCommand({}), clients.sending);
    return { items: itemsOf(answer.SAMLProviderList, 'SAMLProviderList') };
  },
};
