import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { tagList, type Tags } from './iam.ts';
import { canonicalUserIdOf } from './ids.ts';
import { allow, deny, plainText, policy, type Document } from './policy.ts';

/** Who an organization is: what every ARN of Organizations carries. */
export interface OrganizationId {
  readonly id: string;
  readonly managementAccountId: string;
}

function organizationsArn(owner: OrganizationId, resource: string): string {
  return `arn:aws:organizations::${owner.managementAccountId}:${resource}`;
}

export function organization(owner: OrganizationId): SnapshotLine {
  const data: SnapshotData<'organization'> = {
    Id: owner.id,
    Arn: organizationsArn(owner, `organization/${owner.id}`),
    MasterAccountId: owner.managementAccountId,
    MasterAccountArn: organizationsArn(owner, `account/${owner.id}/${owner.managementAccountId}`),
    FeatureSet: 'ALL',
    EnabledPolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'],
  };
  return { kind: 'organization', data };
}

export function root(owner: OrganizationId, id: string): SnapshotLine {
  const data: SnapshotData<'root'> = {
    Id: id,
    Arn: organizationsArn(owner, `root/${owner.id}/${id}`),
    Name: 'Root',
  };
  return { kind: 'root', data };
}

/** An organizational unit, or where it hangs. */
export interface UnitSpec {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

export function unit(owner: OrganizationId, spec: UnitSpec): SnapshotLine {
  const data: SnapshotData<'organizational-unit'> = {
    Id: spec.id,
    Arn: organizationsArn(owner, `ou/${owner.id}/${spec.id}`),
    Name: spec.name,
    ParentId: spec.parentId,
  };
  return { kind: 'organizational-unit', data };
}

export interface AccountSpec {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  readonly state?: 'ACTIVE' | 'SUSPENDED';
  readonly tags?: Tags;
  readonly regions?: readonly string[];
  /** False for an account that no scan can enter: what only its own calls tell is then missing. */
  readonly entered?: boolean;
}

export function account(owner: OrganizationId, spec: AccountSpec): SnapshotLine {
  const state = spec.state ?? 'ACTIVE';
  const entered = state === 'ACTIVE' && spec.entered !== false;
  const data: SnapshotData<'account'> = {
    Id: spec.id,
    Arn: organizationsArn(owner, `account/${owner.id}/${spec.id}`),
    Name: spec.name,
    Email: `aws+${spec.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}@example.com`,
    Status: state,
    State: state,
    JoinedMethod: 'CREATED',
    ParentId: spec.parentId,
    Tags: tagList(spec.tags ?? {}),
    ...(entered && { CanonicalUserId: canonicalUserIdOf(spec.id) }),
    ...(entered && spec.regions && { EnabledRegions: [...spec.regions] }),
  };
  return { kind: 'account', accountId: spec.id, data };
}

export interface OrganizationPolicySpec {
  readonly id: string;
  readonly name: string;
  readonly type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  readonly document: Document;
  readonly targets: readonly string[];
}

export function organizationPolicy(owner: OrganizationId, spec: OrganizationPolicySpec): SnapshotLine {
  const type = spec.type.toLowerCase();
  const data: SnapshotData<'organization-policy'> = {
    Id: spec.id,
    Arn: organizationsArn(owner, `policy/${owner.id}/${type}/${spec.id}`),
    Name: spec.name,
    Type: spec.type,
    AwsManaged: false,
    Content: plainText(spec.document),
    TargetIds: [...spec.targets],
  };
  return { kind: 'organization-policy', data };
}

const ALLOW_ALL: Document = policy(allow('*', '*'));
const ALLOW_ALL_RESOURCES: Document = policy(allow('*', '*', { Principal: '*' }));

/** AWS's own FullAWSAccess, on the nodes that still have it. */
export function fullAccess(targets: readonly string[]): SnapshotLine {
  return awsPolicy('FullAWSAccess', 'SERVICE_CONTROL_POLICY', ALLOW_ALL, targets);
}

/** AWS's own RCPFullAWSAccess, which every node has and none can lose. */
export function fullResourceAccess(targets: readonly string[]): SnapshotLine {
  return awsPolicy('RCPFullAWSAccess', 'RESOURCE_CONTROL_POLICY', ALLOW_ALL_RESOURCES, targets);
}

function awsPolicy(name: string, type: string, document: Document, targets: readonly string[]): SnapshotLine {
  const data: SnapshotData<'organization-policy'> = {
    Id: `p-${name}`,
    Arn: `arn:aws:organizations::aws:policy/${type.toLowerCase()}/p-${name}`,
    Name: name,
    Type: type,
    AwsManaged: true,
    Content: plainText(document),
    TargetIds: [...targets],
  };
  return { kind: 'organization-policy', data };
}

/** A Region guardrail: what is neither global nor in `regions` is refused. */
export function regionGuardrail(regions: readonly string[]): Document {
  const global = ['iam:*', 'organizations:*', 'sts:*', 'cloudfront:*', 'route53:*', 'support:*', 'health:*'];
  return policy({
    Sid: 'DenyOutsideOurRegions',
    Effect: 'Deny',
    NotAction: global,
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:RequestedRegion': regions } },
  });
}

/** The SCP that demands a tag on every KMS key that is used. */
export function keyTagGuardrail(tag: string): Document {
  return policy(
    deny(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], '*', {
      Sid: 'DenyKeysWithoutClassification',
      Condition: { Null: { [`aws:ResourceTag/${tag}`]: 'true' } },
    }),
  );
}

/** The RCP that keeps outsiders out, AWS services aside. */
export function organizationPerimeter(organizationId: string): Document {
  return policy(
    deny(['s3:*', 'kms:*'], '*', {
      Sid: 'EnforceOrgIdentities',
      Principal: '*',
      Condition: {
        StringNotEqualsIfExists: { 'aws:PrincipalOrgID': organizationId },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    }),
  );
}

/** A member account that administers services for the organization, given its `account` line. */
export function delegatedAdministrator(member: SnapshotLine, services: readonly string[]): SnapshotLine {
  const { Id, Arn, Name, Email, Status, State, JoinedMethod } = member.data;
  const DelegationEnabledDate = '2024-05-06T07:08:09Z';
  const data = {
    Id,
    Arn,
    Name,
    Email,
    Status,
    State,
    JoinedMethod,
    DelegationEnabledDate,
    DelegatedServices: services.map((ServicePrincipal) => ({ ServicePrincipal, DelegationEnabledDate })),
  };
  return { ...member, kind: 'delegated-administrator', data };
}
