/** The demo organization's accounts, tree and organization policies. */
import type { SnapshotLine } from '@denyscope/model';
import {
  account,
  fullAccess,
  fullResourceAccess,
  keyTagGuardrail,
  organization,
  organizationPerimeter,
  organizationPolicy,
  regionGuardrail,
  root,
  unit,
  type AccountSpec,
  type OrganizationPolicySpec,
  type UnitSpec,
} from '../build/organization.ts';
import { allow, deny, policy } from '../build/policy.ts';

/** The twelve accounts, by what they are for. */
export const ACCOUNTS = {
  management: '111122223333',
  security: '222233334444',
  logArchive: '333344445555',
  network: '444455556666',
  partner: '555566667777',
  analytics: '666677778888',
  web: '777788889999',
  payments: '888899990000',
  development: '121234345656',
  sandbox: '232345456767',
  northwind: '343456567878',
  legacy: '454567678989',
} as const;

/** A supplier's account, outside the organization. */
export const VENDOR = '999900001111';

export const ORGANIZATION = { id: 'o-exampleorg1', managementAccountId: ACCOUNTS.management } as const;

/** The tag that the new SCP demands. */
export const KEY_TAG = 'data-classification';

export const REGIONS = ['eu-west-1', 'us-east-1', 'eu-central-1'] as const;

const ROOT = 'r-ex01';

const UNITS = {
  security: 'ou-ex01-secur1ty',
  infrastructure: 'ou-ex01-infra001',
  workloads: 'ou-ex01-workload',
  prod: 'ou-ex01-prod0001',
  regulated: 'ou-ex01-regulate',
  nonProd: 'ou-ex01-nonprod1',
  onboarding: 'ou-ex01-onboard1',
  sandbox: 'ou-ex01-sandbox1',
  suspended: 'ou-ex01-suspende',
} as const;

const TREE: readonly UnitSpec[] = [
  { id: UNITS.security, name: 'Security', parentId: ROOT },
  { id: UNITS.infrastructure, name: 'Infrastructure', parentId: ROOT },
  { id: UNITS.workloads, name: 'Workloads', parentId: ROOT },
  { id: UNITS.prod, name: 'Prod', parentId: UNITS.workloads },
  { id: UNITS.regulated, name: 'Regulated', parentId: UNITS.prod },
  { id: UNITS.nonProd, name: 'NonProd', parentId: UNITS.workloads },
  { id: UNITS.onboarding, name: 'Onboarding', parentId: ROOT },
  { id: UNITS.sandbox, name: 'Sandbox', parentId: ROOT },
  { id: UNITS.suspended, name: 'Suspended', parentId: ROOT },
];

const prod = { environment: 'prod' };

const MEMBERS: readonly AccountSpec[] = [
  { id: ACCOUNTS.management, name: 'Example Corp', parentId: ROOT },
  { id: ACCOUNTS.security, name: 'Security Audit', parentId: UNITS.security },
  { id: ACCOUNTS.logArchive, name: 'Log Archive', parentId: UNITS.security },
  { id: ACCOUNTS.network, name: 'Network', parentId: UNITS.infrastructure },
  { id: ACCOUNTS.partner, name: 'Partner Integration', parentId: UNITS.infrastructure },
  {
    id: ACCOUNTS.analytics,
    name: 'Analytics Prod',
    parentId: UNITS.prod,
    tags: { ...prod, team: 'analytics' },
  },
  { id: ACCOUNTS.web, name: 'Web Prod', parentId: UNITS.prod, tags: { ...prod, team: 'web' } },
  {
    id: ACCOUNTS.payments,
    name: 'Payments Prod',
    parentId: UNITS.regulated,
    tags: { ...prod, team: 'payments' },
  },
  { id: ACCOUNTS.development, name: 'Development', parentId: UNITS.nonProd, tags: { environment: 'dev' } },
  { id: ACCOUNTS.sandbox, name: 'Sandbox', parentId: UNITS.sandbox, tags: { environment: 'sandbox' } },
  { id: ACCOUNTS.northwind, name: 'Northwind (acquired)', parentId: UNITS.onboarding, entered: false },
  { id: ACCOUNTS.legacy, name: 'Legacy Datacenter', parentId: UNITS.suspended, state: 'SUSPENDED' },
];

/** Every node below the sandbox's unit keeps FullAWSAccess; the unit itself has an allow-list instead. */
const ALLOWED_IN_SANDBOX = [
  's3:*',
  'iam:*',
  'sts:*',
  'ec2:*',
  'lambda:*',
  'logs:*',
  'dynamodb:*',
  'support:*',
];

const POLICIES: readonly OrganizationPolicySpec[] = [
  {
    id: 'p-leaveorg01',
    name: 'deny-leaving-the-organization',
    type: 'SERVICE_CONTROL_POLICY',
    document: policy(deny('organizations:LeaveOrganization', '*', { Sid: 'DenyLeavingTheOrganization' })),
    targets: [ROOT],
  },
  {
    id: 'p-regions001',
    name: 'region-guardrail',
    type: 'SERVICE_CONTROL_POLICY',
    document: regionGuardrail(['eu-west-1', 'us-east-1']),
    targets: [UNITS.workloads],
  },
  {
    id: 'p-kmstags001',
    name: 'require-classification-tag-on-kms-keys',
    type: 'SERVICE_CONTROL_POLICY',
    document: keyTagGuardrail(KEY_TAG),
    targets: [UNITS.prod],
  },
  {
    id: 'p-sandbox001',
    name: 'sandbox-allow-list',
    type: 'SERVICE_CONTROL_POLICY',
    document: policy(allow(ALLOWED_IN_SANDBOX, '*', { Sid: 'AllowSandboxServices' })),
    targets: [UNITS.sandbox],
  },
  {
    id: 'p-quarantine',
    name: 'quarantine',
    type: 'SERVICE_CONTROL_POLICY',
    document: policy(deny('*', '*', { Sid: 'DenyAll' })),
    targets: [UNITS.suspended],
  },
  {
    id: 'p-perimeter1',
    name: 'organization-perimeter',
    type: 'RESOURCE_CONTROL_POLICY',
    document: organizationPerimeter(ORGANIZATION.id),
    targets: [UNITS.security, UNITS.regulated],
  },
];

const NODES = [ROOT, ...TREE.map((node) => node.id), ...MEMBERS.map((member) => member.id)];

export const ORGANIZATION_LINES: readonly SnapshotLine[] = [
  organization(ORGANIZATION),
  root(ORGANIZATION, ROOT),
  ...TREE.map((spec) => unit(ORGANIZATION, spec)),
  ...MEMBERS.map((spec) => account(ORGANIZATION, { ...spec, regions: REGIONS })),
  ...POLICIES.map((spec) => organizationPolicy(ORGANIZATION, spec)),
  fullAccess(NODES.filter((node) => node !== UNITS.sandbox)),
  fullResourceAccess(NODES),
];
