import { GetMultiRegionAccessPointPolicyStatusCommand } from '@aws-sdk/client-s3-control';
import { AT_THE_WIRE, expectRoot } from './root-element.ts';
import type { Read } from './read.ts';

/** AWS: whether AWS calls the policy of a multi-Region access point public (semantics.md C.7, H.1). */
export const getMultiRegionAccessPointPolicyStatus: Read = {
  id: 's3:GetMultiRegionAccessPointPolicyStatus',
  actions: ['s3:GetMultiRegionAccessPointPolicyStatus'],
  service: 's3-control',
  operation: 'GetMultiRegionAccessPointPolicyStatus',
  scope: 'bucket',
  paging: 'none',
  answers: 'fields',
  fills: { 'multi-region-access-point': ['PolicyStatus'] },
  absences: ['NoSuchAccessPointPolicy'],
  run: async (clients, { accountId: AccountId, id: Name }) => {
    const command = new GetMultiRegionAccessPointPolicyStatusCommand({ AccountId, Name });
    command.middlewareStack.add(expectRoot('GetMultiRegionAccessPointPolicyStatusResult'), AT_THE_WIRE);
    const { Established } = await clients.s3Control().send(command, clients.sending);
    const { IsPublic } = Established ?? {};
    return { items: [IsPublic === undefined ? {} : { PolicyStatus: { IsPublic } }] };
  },
};
