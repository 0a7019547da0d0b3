import { OTHER, OWN } from './names.ts';
import { everything, type Kind } from './statement.ts';

const NODES = ['r-1', OWN, OTHER];

export function canonicalId(account: string): string {
  return account.repeat(6).slice(0, 64);
}

/** The organization and its accounts.  */
export function accountLines(): readonly object[] {
  const account = (Id: string): object => {
    const data = {
      Id,
      CanonicalUserId: canonicalId(Id),
      Arn: `arn:aws:organizations::${OWN}:account/o-x/${Id}`,
      Name: Id,
      Status: 'ACTIVE',
      ParentId: 'r-1',
    };
    return { kind: 'account', accountId: Id, data };
  };
  const EnabledPolicyTypes = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];
  const organization = { Id: 'o-x', Arn: 'arn:aws:organizations::999999999999:organization/o-x' };
  return [
    {
      kind: 'organization',
      data: { ...organization, MasterAccountId: '999999999999', FeatureSet: 'ALL', EnabledPolicyTypes },
    },
    {
      kind: 'root',
      data: { Id: 'r-1', Arn: 'arn:aws:organizations::999999999999:root/o-x/r-1', Name: 'Root' },
    },
    ...[OWN, OTHER, '999999999999'].map(account),
  ];
}

function organizationPolicy(Type: string, Content: unknown, TargetIds: readonly string[]): object {
  const Id = `p-${Type.slice(0, 1)}${TargetIds.length}`;
  const Arn = `arn:aws:organizations::999999999999:policy/o-x/${Type.toLowerCase()}/${Id}`;
  return {
    kind: 'organization-policy',
    data: { Id, Arn, Name: Id, Type, AwsManaged: false, Content, TargetIds },
  };
}

const inline = (policies: readonly unknown[]): object[] =>
  policies.map((PolicyDocument, at) => ({ PolicyName: `inline-${at}`, PolicyDocument }));

export interface Sides {
  readonly identity: readonly unknown[];
  readonly boundary: unknown;
}

export const TAGS = [{ Key: 'team', Value: 'raw' }];

/** The users and roles that ask. */
export function principalLines({ identity, boundary }: Sides): readonly object[] {
  const arn = `arn:aws:iam::${OWN}:policy/limit`;
  const PermissionsBoundary = { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn };
  const more = {
    AttachedManagedPolicies: [],
    Tags: TAGS,
    ...(boundary === undefined ? {} : { PermissionsBoundary }),
  };
  const role = (accountId: string, Path: string, RoleId: string, rest: object): object => {
    const Arn = `arn:aws:iam::${accountId}:role${Path}app`;
    const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [] };
    const data = {
      RoleName: 'app',
      RoleId,
      Arn,
      Path,
      AssumeRolePolicyDocument,
      RolePolicyList: inline(identity),
      ...rest,
    };
    return { kind: 'iam-role', accountId, data };
  };
  const user = {
    UserName: 'ann',
    UserId: 'AIDAEXAMPLEANN0000001',
    Arn: `arn:aws:iam::${OWN}:user/ann`,
    Path: '/',
    GroupList: [],
  };
  const version = { VersionId: 'v1', IsDefaultVersion: true, Document: boundary };
  const policyData = { PolicyName: 'limit', PolicyId: 'ANPA', Arn: arn, Path: '/', DefaultVersionId: 'v1' };
  return [
    role(OWN, '/team/', 'AROAEXAMPLEAPP0000001', more),
    role(OTHER, '/', 'AROAEXAMPLEFAR0000001', { AttachedManagedPolicies: [], Tags: [] }),
    { kind: 'iam-user', accountId: OWN, data: { ...user, UserPolicyList: inline(identity), ...more } },
    ...(boundary === undefined
      ? []
      : [{ kind: 'iam-policy', accountId: OWN, data: { ...policyData, PolicyVersionList: [version] } }]),
  ];
}

/** What a layer says that is not drawn. */
export const open = (kind: Kind): object => ({ Version: '2012-10-17', Statement: everything(kind) });

const full = (Type: string, kind: Kind): object => organizationPolicy(Type, open(kind), NODES);

/** Organization policies, at every node or at the account. */
export function limits(scp: unknown, rcp: unknown): readonly object[] {
  return [
    full('SERVICE_CONTROL_POLICY', 'scp'),
    ...(scp === undefined ? [] : [organizationPolicy('SERVICE_CONTROL_POLICY', scp, [OWN])]),
    ...(rcp === undefined ? [] : [organizationPolicy('RESOURCE_CONTROL_POLICY', rcp, [OWN])]),
  ];
}
