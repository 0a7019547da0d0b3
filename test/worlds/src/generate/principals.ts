import type { SnapshotLine } from '@denyscope/model';
import { policyArn, rootArn } from '../build/arn.ts';
import { customerPolicy, group, role, serviceLinkedRole, trust, user, type RoleSpec } from '../build/iam.ts';
import type { Document } from '../build/policy.ts';
import { awsPolicyArn } from '../managed/catalogue.ts';
import { boundaryPolicy, identityPolicy } from './identity-policies.ts';
import { principalAt, type PlannedPrincipal } from './plan.ts';
import type { Weighted } from './random.ts';
import { anyAccount, anyPrincipal, anyTags, type Site } from './site.ts';
import { SINGLE_SIGN_ON } from './surroundings.ts';

const GROUPS = ['readers', 'operators'] as const;
const CUSTOMER_POLICIES = ['/team/data-access', 'shared-read', 'pipeline'] as const;
const BOUNDARY = 'permissions-boundary';

/** AWS managed policies by how often they are seen; the catalogue's others are seen rarely. */
const POPULAR: Readonly<Record<string, number>> = {
  ReadOnlyAccess: 8,
  AmazonS3ReadOnlyAccess: 8,
  AmazonS3FullAccess: 5,
  'service-role/AWSLambdaBasicExecutionRole': 8,
  AmazonSSMManagedInstanceCore: 6,
  SecurityAudit: 3,
  PowerUserAccess: 3,
  AdministratorAccess: 2,
};

interface ManagedRow extends Weighted {
  readonly arn: string;
}

function managedArn(site: Site): string | undefined {
  const rows = [...site.plan.options.managedPolicies.keys()].map((arn): ManagedRow => {
    const popular = Object.entries(POPULAR).find(([name]) => awsPolicyArn(name) === arn);
    return { arn, weight: popular?.[1] ?? 0.2 };
  });
  const [first, ...others] = rows;
  return first && site.random.weighted([first, ...others]).arn;
}

function attached(site: Site): readonly string[] {
  const { random, account } = site;
  const managed = random.chance(0.35) ? managedArn(site) : undefined;
  const own = random.chance(0.25) ? policyArn(account.id, random.pick(CUSTOMER_POLICIES)) : undefined;
  return [managed, own].filter((arn) => arn !== undefined);
}

function inline(site: Site): Readonly<Record<string, Document>> {
  const count = site.random.pick([0, 1, 1, 1, 2]);
  return Object.fromEntries(
    Array.from({ length: count }, (_, place) => [`inline-${place}`, identityPolicy(site)]),
  );
}

function common(site: Site) {
  const tags = anyTags(site, 2);
  return {
    inline: inline(site),
    attached: attached(site),
    ...(Object.keys(tags).length > 0 && { tags }),
    ...(site.random.chance(0.1) && { boundary: policyArn(site.account.id, BOUNDARY) }),
  };
}

function trusted(site: Site): Document {
  const { random } = site;
  const services = ['ec2', 'lambda', 'ecs-tasks', 'glue', 'states', 'sagemaker'] as const;
  const choice = random.below(10);
  if (choice < 6) return trust({ Service: `${random.pick(services)}.amazonaws.com` });
  if (choice < 8) return trust({ AWS: rootArn(anyAccount(site).id) });
  return trust({ AWS: anyPrincipal(site, anyAccount(site)).arn });
}

/** The users, roles and groups of an account, and the customer managed policies that they may carry. */
export function* principalLines(site: Site): Generator<SnapshotLine> {
  const { account, plan } = site;
  for (const name of GROUPS)
    yield group(account.id, name, { inline: inline(site), attached: attached(site) });
  for (const name of CUSTOMER_POLICIES) yield customerPolicy(account.id, name, identityPolicy(site));
  yield customerPolicy(account.id, BOUNDARY, boundaryPolicy(site));
  for (let index = 0; index < plan.options.principalsPerAccount; index += 1) {
    yield principalLine(site, principalAt(account, index));
  }
}

function principalLine(site: Site, { kind, name }: PlannedPrincipal): SnapshotLine {
  const { account, random } = site;
  switch (kind) {
    case 'user':
      return user(account.id, name, { ...common(site), groups: GROUPS.filter(() => random.chance(0.4)) });
    case 'role':
      return role(account.id, name, { ...common(site), trust: trusted(site) });
    case 'sso-role':
      return role(account.id, name, ssoRole(site));
    case 'linked-role':
      return serviceLinkedRole(
        account.id,
        'replication.s3.amazonaws.com',
        name.split('AWSServiceRoleFor')[1] ?? '',
      );
  }
}

function ssoRole(site: Site): RoleSpec {
  const management = site.plan.accounts[0].id;
  const provider = `arn:aws:iam::${management}:saml-provider/${SINGLE_SIGN_ON}`;
  const managed = managedArn(site);
  return {
    attached: managed === undefined ? [] : [managed],
    inline: site.random.chance(0.5) ? { AwsSSOInlinePolicy: identityPolicy(site) } : {},
    trust: trust({ Federated: provider }),
  };
}

/** The role that the organization's administrators enter an account by. */
export function organizationRole(site: Site): SnapshotLine {
  const { account, plan } = site;
  const admin = awsPolicyArn('AdministratorAccess');
  return role(account.id, 'OrganizationAccountAccessRole', {
    attached: plan.options.managedPolicies.has(admin) ? [admin] : [],
    trust: trust({ AWS: rootArn(plan.organization.managementAccountId) }),
  });
}
