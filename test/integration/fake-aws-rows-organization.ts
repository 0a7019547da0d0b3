/** Every read of Organizations by the real SDK, with its answers. */
import * as organizations from '@aws-sdk/client-organizations';
import { ANY_TEXT, having, holding, type Row } from './fake-aws-row.ts';
import { MANAGEMENT, MEMBER, OTHER, POLICY_TEXT } from './fake-aws-world.ts';

const SUMMARY = { Id: 'p-one', Name: 'one', Type: 'SERVICE_CONTROL_POLICY', AwsManaged: false };
const SCP = { Filter: 'SERVICE_CONTROL_POLICY' } as const;

export const ORGANIZATION_ROWS: readonly Row[] = [
  {
    name: 'DescribeOrganization',
    ask: (c) => c.organizations.send(new organizations.DescribeOrganizationCommand({})),
    ok: {
      Organization: having({ Id: 'o-test', MasterAccountId: MANAGEMENT, FeatureSet: 'ALL' }),
    },
  },
  {
    name: 'ListRoots',
    ask: (c) => c.organizations.send(new organizations.ListRootsCommand({})),
    ok: {
      Roots: [
        having({
          Id: 'r-test',
          PolicyTypes: [
            { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
            { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
          ],
        }),
      ],
    },
  },
  {
    name: 'ListOrganizationalUnitsForParent',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListOrganizationalUnitsForParentCommand({
          ParentId: t === 'full' ? 'r-test' : 'ou-none',
        }),
      ),
    ok: { OrganizationalUnits: [{ Id: 'ou-test-1', Arn: ANY_TEXT, Name: 'One' }] },
    absent: 'ParentNotFoundException',
  },
  {
    name: 'ListAccountsForParent',
    ask: (c) => c.organizations.send(new organizations.ListAccountsForParentCommand({ ParentId: 'r-test' })),
    ok: { Accounts: [having({ Id: MANAGEMENT })] },
  },
  {
    name: 'ListAccounts',
    ask: (c) => c.organizations.send(new organizations.ListAccountsCommand({})),
    ok: {
      Accounts: holding({
        Id: OTHER,
        Arn: ANY_TEXT,
        Name: `account & ${OTHER}`,
        Email: ANY_TEXT,
        Status: 'ACTIVE',
        State: 'ACTIVE',
        JoinedMethod: 'CREATED',
        JoinedTimestamp: new Date('2024-01-02T03:04:05.678Z'),
      }),
    },
  },
  {
    name: 'ListParents',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListParentsCommand({ ChildId: t === 'full' ? MEMBER : '999999999999' }),
      ),
    ok: { Parents: [{ Id: 'ou-test-1', Type: 'ORGANIZATIONAL_UNIT' }] },
    absent: 'ChildNotFoundException',
  },
  {
    name: 'ListPolicies',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListPoliciesCommand({ Filter: t === 'full' ? SCP.Filter : 'S3_POLICY' }),
      ),
    ok: { Policies: [having(SUMMARY)] },
    absent: 'PolicyTypeNotEnabledException',
  },
  {
    name: 'ListPoliciesForTarget',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListPoliciesForTargetCommand({
          ...SCP,
          TargetId: t === 'full' ? 'r-test' : 'ou-none',
        }),
      ),
    ok: { Policies: [having(SUMMARY)] },
    absent: 'TargetNotFoundException',
  },
  {
    name: 'ListTargetsForPolicy',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListTargetsForPolicyCommand({ PolicyId: t === 'full' ? 'p-one' : 'p-none' }),
      ),
    ok: {
      Targets: holding(having({ TargetId: 'r-test', Type: 'ROOT', Name: 'Root' })),
    },
    absent: 'PolicyNotFoundException',
  },
  {
    name: 'DescribePolicy',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.DescribePolicyCommand({ PolicyId: t === 'full' ? 'p-one' : 'p-none' }),
      ),
    ok: { Policy: { Content: POLICY_TEXT, PolicySummary: having(SUMMARY) } },
    absent: 'PolicyNotFoundException',
  },
  {
    name: 'ListTagsForResource',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListTagsForResourceCommand({ ResourceId: t === 'full' ? MEMBER : 'r-test' }),
      ),
    ok: { Tags: [{ Key: 'stage', Value: 'prod & test' }] },
    absent: { Tags: [] },
  },
  {
    name: 'ListDelegatedAdministrators',
    ask: (c) => c.organizations.send(new organizations.ListDelegatedAdministratorsCommand({})),
    ok: {
      DelegatedAdministrators: [
        { Id: OTHER, Name: 'security', DelegationEnabledDate: new Date('2024-05-06T07:08:09Z') },
      ],
    },
  },
  {
    name: 'ListDelegatedServicesForAccount',
    ask: (c, t) =>
      c.organizations.send(
        new organizations.ListDelegatedServicesForAccountCommand({
          AccountId: t === 'full' ? OTHER : MEMBER,
        }),
      ),
    ok: { DelegatedServices: [{ ServicePrincipal: 'access-analyzer.amazonaws.com' }] },
    absent: 'AccountNotRegisteredException',
  },
];
