import { GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam';
import { itemsOf } from '../plain.ts';
import type { Read } from './read.ts';

// AWS: the largest page, so that an account costs few calls of a call that is dear (semantics.md H.1, H.2).
const MAX_ITEMS = 1000;

/**
 * AWS: users, groups, roles and managed policies of an account, with their documents percent-encoded (semantics.md
 * H.1). Every item is wrapped in the name of its shape: `UserDetail`, `GroupDetail`, `RoleDetail` or `Policy`.
 */
export const getAccountAuthorizationDetails: Read = {
  id: 'iam:GetAccountAuthorizationDetails',
  actions: ['iam:GetAccountAuthorizationDetails'],
  service: 'iam',
  operation: 'GetAccountAuthorizationDetails',
  scope: 'account',
  paging: 'marker',
  answers: 'list',
  fills: {
    'iam-user': ['UserPolicyList', 'GroupList', 'AttachedManagedPolicies', 'PermissionsBoundary', 'Tags'],
    'iam-role': [
      'AssumeRolePolicyDocument',
      'RolePolicyList',
      'AttachedManagedPolicies',
      'PermissionsBoundary',
      'Tags',
    ],
    'iam-group': ['GroupPolicyList', 'AttachedManagedPolicies'],
    'iam-policy': ['DefaultVersionId', 'PolicyVersionList'],
  },
  step: 'iam:GetAccountAuthorizationDetails',
  absences: [],
  run: async (clients, _, next) => {
    const command = new GetAccountAuthorizationDetailsCommand({ MaxItems: MAX_ITEMS, Marker: next });
    const answer = await clients.iam().send(command, clients.sending);
    const items = [
      ...itemsOf(answer.UserDetailList, 'UserDetailList').map((UserDetail) => ({ UserDetail })),
      ...itemsOf(answer.GroupDetailList, 'GroupDetailList').map((GroupDetail) => ({ GroupDetail })),
      // AWS: RoleLastUsed changes from night to night, and no verdict rests on it.
      ...itemsOf(answer.RoleDetailList, 'RoleDetailList').map(({ RoleLastUsed: _used, ...RoleDetail }) => ({
        RoleDetail,
      })),
      ...itemsOf(answer.Policies, 'Policies').map((Policy) => ({ Policy })),
    ];
    return { items, next: answer.IsTruncated === false ? undefined : answer.Marker };
  },
};
