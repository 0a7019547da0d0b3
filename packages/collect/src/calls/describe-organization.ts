import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { invalidResponse } from '../collect-error.ts';
import { plainObject } from '../plain.ts';
import type { Read } from './read.ts';

/** AWS: the organization that the account is in, if it is in one (semantics.md H.1). */
export const describeOrganization: Read = {
  id: 'organizations:DescribeOrganization',
  actions: ['organizations:DescribeOrganization'],
  service: 'organizations',
  operation: 'DescribeOrganization',
  scope: 'organization',
  paging: 'none',
  answers: 'fields',
  fills: { organization: ['Id', 'Arn', 'MasterAccountId', 'FeatureSet'] },
  step: 'organizations:DescribeOrganization',
  absences: ['AWSOrganizationsNotInUseException'],
  run: async (clients) => {
    const command = new DescribeOrganizationCommand({});
    const { Organization } = await clients.organizations().send(command, clients.sending);
    if (Organization?.Id === undefined) throw invalidResponse('the answer has no `Organization`');
    // AWS: AvailablePolicyTypes is deprecated and incomplete; what is enabled, ListRoots says.
    const { AvailablePolicyTypes: _, ...organization } = plainObject(Organization);
    return { items: [organization] };
  },
};
