import type { SnapshotLine } from '@denyscope/model';
import { lowerIdOf } from '../build/ids.ts';
import {
  account,
  delegatedAdministrator,
  fullAccess,
  fullResourceAccess,
  keyTagGuardrail,
  organization,
  organizationPerimeter,
  organizationPolicy,
  regionGuardrail,
  root,
  unit,
  type OrganizationPolicySpec,
} from '../build/organization.ts';
import { allow, deny, policy, type Document } from '../build/policy.ts';
import type { Plan } from './plan.ts';
import { randomOf, type Random } from './random.ts';
import { anyTags, when } from './site.ts';

/** Kinds of organization policy, and on how many nodes each is found. */
interface PolicyRow {
  readonly name: string;
  readonly type: OrganizationPolicySpec['type'];
  readonly nodes: 'root' | 'some' | 'one';
  readonly document: (plan: Plan) => Document;
}

const SERVICE = 'SERVICE_CONTROL_POLICY';
const RESOURCE = 'RESOURCE_CONTROL_POLICY';

const ROWS: readonly PolicyRow[] = [
  {
    name: 'deny-leaving',
    type: SERVICE,
    nodes: 'root',
    document: () => ({ Version: '2012-10-17', Statement: deny('organizations:LeaveOrganization', '*') }),
  },
  {
    name: 'region-guardrail',
    type: SERVICE,
    nodes: 'some',
    document: ({ options }) => regionGuardrail(options.regions.slice(0, 2)),
  },
  {
    name: 'classified-keys-only',
    type: SERVICE,
    nodes: 'some',
    document: () => keyTagGuardrail('data-classification'),
  },
  {
    name: 'no-public-buckets',
    type: SERVICE,
    nodes: 'some',
    document: () => policy(deny(['s3:PutBucketPublicAccessBlock', 's3:PutAccountPublicAccessBlock'], '*')),
  },
  {
    name: 'quarantine',
    type: SERVICE,
    nodes: 'one',
    document: () =>
      policy(
        deny('*', '*', { Condition: when('ArnNotLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/*Admin*') }),
      ),
  },
  {
    name: 'organization-perimeter',
    type: RESOURCE,
    nodes: 'some',
    document: ({ organization: { id } }) => organizationPerimeter(id),
  },
  {
    name: 'tls-for-all',
    type: RESOURCE,
    nodes: 'one',
    document: () =>
      policy(
        deny('s3:*', '*', {
          Principal: '*',
          Condition: when('BoolIfExists', 'aws:SecureTransport', 'false'),
        }),
      ),
  },
];

/** The allow-list of a node that lost FullAWSAccess; one in two forgets KMS. */
function allowList(random: Random): Document {
  const services = ['s3:*', 'iam:*', 'sts:*', 'ec2:*', 'lambda:*', 'logs:*', 'dynamodb:*'];
  return policy(allow(random.chance(0.5) ? [...services, 'kms:*'] : services, '*'));
}

function targetsOf(row: PolicyRow, nodes: readonly string[], random: Random): readonly string[] {
  if (row.nodes === 'root') return nodes.slice(0, 1);
  const below = nodes.slice(1);
  const wanted = row.nodes === 'one' ? 1 : Math.max(1, Math.floor(below.length / 8));
  return [...new Set(Array.from({ length: wanted }, () => random.maybe(below) ?? nodes[0] ?? ''))];
}

/** The tree of an organization and the policies on it. */
export function organizationLines(plan: Plan): readonly SnapshotLine[] {
  const random = randomOf(plan.options.seed, 'organization policies');
  const owner = plan.organization;
  const units = plan.units.map((spec) => spec.id);
  const nodes = [plan.rootId, ...units, ...plan.accounts.map((one) => one.id)];
  const limited = units.filter(() => random.chance(0.15));
  const specs = [
    ...ROWS.map((row) => specOf(plan, row, targetsOf(row, nodes, random))),
    ...limited.map((id) => allowListOf(plan, id, random)),
  ];
  const accounts = plan.accounts.map((one) => accountLine(plan, one, random));
  return [
    organization(owner),
    root(owner, plan.rootId),
    ...plan.units.map((spec) => unit(owner, spec)),
    ...accounts,
    ...accounts.slice(1, 2).map((member) => delegatedAdministrator(member, ['config.amazonaws.com'])),
    fullAccess(nodes.filter((id) => !limited.includes(id))),
    fullResourceAccess(nodes),
    ...specs.map((spec) => organizationPolicy(owner, spec)),
  ];
}

function accountLine(plan: Plan, one: Plan['accounts'][number], random: Random): SnapshotLine {
  return account(plan.organization, {
    id: one.id,
    name: `${one.team} ${one.index}`,
    parentId: one.parentId,
    state: one.kind === 'suspended' ? 'SUSPENDED' : 'ACTIVE',
    entered: one.kind !== 'unscanned',
    tags: anyTags({ plan, account: one, random }, 2),
    regions: plan.options.regions,
  });
}

function policyId(plan: Plan, name: string): string {
  return `p-${lowerIdOf(`policy ${plan.options.seed} ${name}`, 8)}`;
}

function specOf(plan: Plan, row: PolicyRow, targets: readonly string[]): OrganizationPolicySpec {
  const { name, type } = row;
  return { id: policyId(plan, name), name, type, document: row.document(plan), targets };
}

function allowListOf(plan: Plan, target: string, random: Random): OrganizationPolicySpec {
  const name = `allow-list-${target}`;
  return { id: policyId(plan, name), name, type: SERVICE, document: allowList(random), targets: [target] };
}
