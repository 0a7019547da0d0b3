import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the OpenID Connect providers of an account, whom trust policies name as `Federated` (A.2, H.1). */
export const listOpenIdConnectProviders: Read = {
  id: 'iam:ListOpenIDConnectProviders',
  actions: ['iam:ListOpenIDConnectProviders'],
  service: 'iam',
  operation: 'ListOpenIDConnectProviders',
  scope: 'account',
  paging: 'none',
  answers: 'list',
  fills: { 'identity-provider': ['Arn'] },
  step: 'iam:ListOpenIDConnectProviders',
  absences: [],
  run: async (clients) => {
    const answer = await clients.iam().send(new ListOpenIDConnectProvidersCommand({}), clients.sending);
    return { items: itemsOf(answer.OpenIDConnectProviderList, 'OpenIDConnectProviderList') };
  },
};
