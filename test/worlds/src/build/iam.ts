import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { groupArn, pathAndName, policyArn, roleArn, userArn } from './arn.ts';
import { uniqueIdOf } from './ids.ts';
import { allow, encodedText, policy, type AnyDocument, type Document } from './policy.ts';

/** Policies by name, before they are written out. */
export type Inline = Readonly<Record<string, Document>>;
export type Tags = Readonly<Record<string, string>>;

interface IdentitySpec {
  readonly inline?: Inline;
  /** ARNs of managed policies. */
  readonly attached?: readonly string[];
}

interface PrincipalSpec extends IdentitySpec {
  /** ARN of a managed policy. */
  readonly boundary?: string;
  readonly tags?: Tags;
}

export interface RoleSpec extends PrincipalSpec {
  readonly trust?: Document;
}

export interface UserSpec extends PrincipalSpec {
  readonly groups?: readonly string[];
}

const CREATED = '2023-03-14T09:26:53Z';

/** A tag list in AWS's spelling. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What a role's trust policy says: an AWS service, or principals by ARN. */
export function trust(principal: Readonly<Record<string, string | readonly string[]>>): Document {
  return policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' });
}

function inlineList(inline: Inline = {}): { PolicyName: string; PolicyDocument: string }[] {
  return Object.entries(inline).map(([PolicyName, document]) => ({
    PolicyName,
    PolicyDocument: encodedText(document),
  }));
}

function attachedList(arns: readonly string[] = []): { PolicyName: string; PolicyArn: string }[] {
  return arns.map((PolicyArn) => ({ PolicyName: pathAndName(PolicyArn).name, PolicyArn }));
}

function common(spec: PrincipalSpec) {
  return {
    AttachedManagedPolicies: attachedList(spec.attached),
    ...(spec.boundary !== undefined && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: spec.boundary,
      },
    }),
    ...(spec.tags && { Tags: tagList(spec.tags) }),
  };
}

/** A role; `name` may begin with a path. */
export function role(accountId: string, name: string, spec: RoleSpec = {}): SnapshotLine {
  const arn = roleArn(accountId, name);
  const { path, name: RoleName } = pathAndName(name);
  const data: SnapshotData<'iam-role'> = {
    RoleName,
    RoleId: uniqueIdOf('AROA', arn),
    Arn: arn,
    Path: path,
    CreateDate: CREATED,
    AssumeRolePolicyDocument: encodedText(spec.trust ?? trust({ Service: 'ec2.amazonaws.com' })),
    InstanceProfileList: [],
    RolePolicyList: inlineList(spec.inline),
    ...common(spec),
  };
  return { kind: 'iam-role', accountId, data };
}

/** A user; `name` may begin with a path. */
export function user(accountId: string, name: string, spec: UserSpec = {}): SnapshotLine {
  const arn = userArn(accountId, name);
  const { path, name: UserName } = pathAndName(name);
  const data: SnapshotData<'iam-user'> = {
    UserName,
    UserId: uniqueIdOf('AIDA', arn),
    Arn: arn,
    Path: path,
    CreateDate: CREATED,
    UserPolicyList: inlineList(spec.inline),
    GroupList: [...(spec.groups ?? [])],
    ...common(spec),
  };
  return { kind: 'iam-user', accountId, data };
}

/** A group of users. */
export function group(accountId: string, name: string, spec: IdentitySpec = {}): SnapshotLine {
  const arn = groupArn(accountId, name);
  const { path, name: GroupName } = pathAndName(name);
  const data: SnapshotData<'iam-group'> = {
    GroupName,
    GroupId: uniqueIdOf('AGPA', arn),
    Arn: arn,
    Path: path,
    CreateDate: CREATED,
    GroupPolicyList: inlineList(spec.inline),
    AttachedManagedPolicies: attachedList(spec.attached),
  };
  return { kind: 'iam-group', accountId, data };
}

/** A managed policy with its default version, as an account lists it. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly version: string;
  readonly document: AnyDocument;
}

/** A managed policy as `accountId` sees it, AWS's own included. */
export function managedPolicyLine(accountId: string, managed: ManagedPolicy): SnapshotLine {
  const { path, name } = pathAndName(managed.arn.slice(managed.arn.indexOf(':policy/') + ':policy'.length));
  const data: SnapshotData<'iam-policy'> = {
    PolicyName: name,
    PolicyId: uniqueIdOf('ANPA', managed.arn),
    Arn: managed.arn,
    Path: path,
    DefaultVersionId: managed.version,
    IsAttachable: true,
    PolicyVersionList: [
      {
        VersionId: managed.version,
        IsDefaultVersion: true,
        CreateDate: CREATED,
        Document: encodedText(managed.document),
      },
    ],
  };
  return { kind: 'iam-policy', accountId, data };
}

/** A customer managed policy; `name` may begin with a path. */
export function customerPolicy(accountId: string, name: string, document: Document): SnapshotLine {
  return managedPolicyLine(accountId, { arn: policyArn(accountId, name), version: 'v1', document });
}

/** A service-linked role, with the path and the trust that AWS gives it. */
export function serviceLinkedRole(accountId: string, service: string, name: string): SnapshotLine {
  return role(accountId, `/aws-service-role/${service}/AWSServiceRoleFor${name}`, {
    trust: trust({ Service: service }),
    inline: { ServiceLinked: policy(allow(`${service.split('.')[0] ?? service}:*`, '*')) },
  });
}

/** A SAML or OpenID Connect provider of an account, by the type and name of its ARN. */
export function identityProvider(
  accountId: string,
  type: 'saml-provider' | 'oidc-provider',
  name: string,
): SnapshotLine {
  const data: SnapshotData<'identity-provider'> = {
    Arn: `arn:aws:iam::${accountId}:${type}/${name}`,
    ...(type === 'saml-provider' && { ValidUntil: '2032-05-09T16:27:11Z', CreateDate: CREATED }),
  };
  return { kind: 'identity-provider', accountId, data };
}
