import { GetMultiRegionAccessPointPolicyCommand } from '@aws-sdk/client-s3-control';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';
import type { Read } from './read.ts';

/**
 * AWS: the policy of a multi-Region access point, as text. A policy that was put is proposed until every Region has
 * it; only the established one is in force (semantics.md C.8, H.1).
 */
export const getMultiRegionAccessPointPolicy: Read = {
  id: 's3:GetMultiRegionAccessPointPolicy',
  actions: ['s3:GetMultiRegionAccessPointPolicy'],
  service: 's3-control',
  operation: 'GetMultiRegionAccessPointPolicy',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { 'multi-region-access-point': ['Policy'] },
  absences: ['NoSuchAccessPointPolicy'],
  run: async (clients, { accountId: AccountId, id: Name }) => {
    const command = new GetMultiRegionAccessPointPolicyCommand({ AccountId, Name });
    command.middlewareStack.add(expectRoot('GetMultiRegionAccessPointPolicyResult'), AT_THE_WIRE);
    const answer = await clients.s3Control().send(command, clients.sending);
    const established = answer.Policy?.Established?.Policy;
    return { items: [established === undefined || established === '' ? {} : { Policy: established }] };
  },
};
