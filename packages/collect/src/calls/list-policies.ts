import { ListPoliciesCommand, type PolicyType } from '@aws-sdk/client-organizations';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

/** A policy type that limits S3, with the coverage that its reads count under. */
function listPoliciesOf(type: PolicyType): Read {
  return {
    id: `organizations:ListPolicies(${type})`,
    actions: ['organizations:ListPolicies'],
    service: 'organizations',
    operation: 'ListPolicies',
    scope: 'organization',
    paging: 'token',
    answers: 'list',
    fills: { 'organization-policy': ['Id', 'Arn', 'Name', 'Type', 'AwsManaged'] },
    step: 'organizations:ListPolicies',
    absences: ['PolicyTypeNotEnabledException'],
    run: async (clients, _, next) => {
      const command = new ListPoliciesCommand({ Filter: type, NextToken: next });
      const answer = await clients.organizations().send(command, clients.sending);
      return { items: itemsOf(answer.Policies, 'Policies'), next: answer.NextToken };
    },
  };
}

/** AWS: the service control policies; a type that is off limits nothing (semantics.md B.3, H.1). */
export const listServiceControlPolicies = listPoliciesOf('SERVICE_CONTROL_POLICY');

/** AWS: the resource control policies (semantics.md B.3, H.1). */
export const listResourceControlPolicies = listPoliciesOf('RESOURCE_CONTROL_POLICY');

/** AWS: the S3 policies, which set Block Public Access of accounts (semantics.md C.7, H.1). */
export const listS3Policies = listPoliciesOf('S3_POLICY');
