import { pageOf } from '../page.ts';
import {
  done,
  refused,
  type Answer,
  type AwsError,
  type Backdrop,
  type Call,
  type Operation,
  type Service,
} from '../service.ts';
import {
  isMembers,
  listOf,
  memberOf,
  numberOf,
  omit,
  textOf,
  textsOf,
  documentText,
  type Members,
} from '../value.ts';
import { unreadableError } from '../unreadable.ts';
import type { TreeNodeType, World } from '../world.ts';
import { readJson } from './json.ts';

/** Organizations: the tree, its accounts and its policies. */
export const organizationsService: Service = {
  read: (request) => readJson('organizations', 'AWSOrganizationsV20161128', request),
  operations: {
    DescribeOrganization: inUse((_, { world }) => done({ Organization: organizationOf(world) })),
    ListRoots: inUse((call, backdrop) => listed(call, backdrop, 'Roots', rootsOf(backdrop.world))),
    ListOrganizationalUnitsForParent: inUse((call, backdrop) =>
      children(call, backdrop, { list: 'OrganizationalUnits', type: 'ORGANIZATIONAL_UNIT' }),
    ),
    ListAccountsForParent: inUse((call, backdrop) =>
      children(call, backdrop, { list: 'Accounts', type: 'ACCOUNT' }),
    ),
    ListAccounts: inUse((call, backdrop) =>
      listed(call, backdrop, 'Accounts', dataOf(backdrop.world, 'account').map(publicAccount)),
    ),
    ListParents: inUse(parents),
    ListPolicies: inUse(policies),
    ListPoliciesForTarget: inUse(policiesForTarget),
    ListTargetsForPolicy: inUse(targetsForPolicy),
    DescribePolicy: inUse(describePolicy),
    ListTagsForResource: inUse(tags),
    ListDelegatedAdministrators: inUse(delegatedAdministrators),
    ListDelegatedServicesForAccount: inUse(delegatedServices),
  },
};

const PAGE_SIZE = 3;

function inUse(operation: Operation): Operation {
  return (call, backdrop) =>
    backdrop.world.organization === undefined
      ? failed('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.')
      : operation(call, backdrop);
}

function failed(code: string, message: string): Answer {
  const error: AwsError = { status: 400, code, message };
  return refused(error);
}

function dataOf(world: World, kind: string): readonly Members[] {
  return world.ofKind(kind).map(({ data }) => data);
}

function listed(call: Call, { pageSize }: Backdrop, name: string, items: readonly Members[]): Answer {
  const page = pageOf(items, {
    token: textOf(call.input, 'NextToken'),
    limit: numberOf(call.input, 'MaxResults'),
    pageSize: pageSize ?? PAGE_SIZE,
    scope: [call.operation, ...SCOPES.map((member) => textOf(call.input, member) ?? '')].join(' '),
  });
  if (page === undefined) return failed('InvalidInputException', 'You specified an invalid NextToken.');
  return done({ [name]: page.items, ...(page.next !== undefined && { NextToken: page.next }) });
}

/** The members of a request that say what is listed. */
const SCOPES = [
  'ParentId',
  'ChildId',
  'PolicyId',
  'TargetId',
  'ResourceId',
  'AccountId',
  'ServicePrincipal',
  'Filter',
] as const;

const OURS = ['ParentId', 'EnabledPolicyTypes', 'Tags', 'CanonicalUserId', 'EnabledRegions'];

function publicAccount(account: Members): Members {
  return omit(account, OURS);
}

function enabledTypes(world: World): readonly Members[] {
  return textsOf(world.organization ?? {}, 'EnabledPolicyTypes').map((Type) => ({ Type, Status: 'ENABLED' }));
}

function organizationOf(world: World): Members {
  return { ...omit(world.organization ?? {}, OURS), AvailablePolicyTypes: enabledTypes(world) };
}

function rootsOf(world: World): readonly Members[] {
  return dataOf(world, 'root').map((root) => ({ PolicyTypes: enabledTypes(world), ...omit(root, OURS) }));
}

function children(
  call: Call,
  backdrop: Backdrop,
  wanted: { readonly list: string; readonly type: TreeNodeType },
): Answer {
  const parentId = textOf(call.input, 'ParentId') ?? '';
  const parent = backdrop.world.node(parentId);
  if (parent === undefined || parent.type === 'ACCOUNT') {
    return failed('ParentNotFoundException', "You specified a parent that doesn't exist.");
  }
  const found = backdrop.world.children(parentId).filter(({ type }) => type === wanted.type);
  return listed(
    call,
    backdrop,
    wanted.list,
    found.map(({ data }) => publicAccount(data)),
  );
}

function parents(call: Call, backdrop: Backdrop): Answer {
  const child = backdrop.world.node(textOf(call.input, 'ChildId') ?? '');
  if (child === undefined || child.type === 'ROOT') {
    return failed('ChildNotFoundException', "You specified a child that doesn't exist.");
  }
  const parentId = textOf(child.data, 'ParentId') ?? '';
  const parent = backdrop.world.node(parentId);
  const found = parent === undefined ? [] : [{ Id: parentId, Type: parent.type }];
  return listed(call, backdrop, 'Parents', found);
}

function summaryOf(policy: Members): Members {
  return omit(policy, ['Content', 'TargetIds']);
}

function typeAnswer(call: Call, backdrop: Backdrop, policiesOfType: readonly Members[]): Answer {
  const { world } = backdrop;
  const type = textOf(call.input, 'Filter') ?? '';
  const enabled = listOf(world.organization ?? {}, 'EnabledPolicyTypes');
  const isOff = enabled !== undefined && !enabled.includes(type);
  // AWS: semantics.md H.1 and H.6, a type that is off.
  if (isOff && !dataOf(world, 'organization-policy').some((policy) => textOf(policy, 'Type') === type)) {
    return failed('PolicyTypeNotEnabledException', `The policy type ${type} is not enabled for the root.`);
  }
  return listed(call, backdrop, 'Policies', policiesOfType.map(summaryOf));
}

function ofFilter(call: Call, { world }: Backdrop): readonly Members[] {
  const type = textOf(call.input, 'Filter');
  return dataOf(world, 'organization-policy').filter((policy) => textOf(policy, 'Type') === type);
}

function policies(call: Call, backdrop: Backdrop): Answer {
  return typeAnswer(call, backdrop, ofFilter(call, backdrop));
}

function policiesForTarget(call: Call, backdrop: Backdrop): Answer {
  const targetId = textOf(call.input, 'TargetId') ?? '';
  if (backdrop.world.node(targetId) === undefined) return targetNotFound();
  const attached = ofFilter(call, backdrop).filter((one) => textsOf(one, 'TargetIds').includes(targetId));
  return typeAnswer(call, backdrop, attached);
}

function targetNotFound(): Answer {
  return failed('TargetNotFoundException', "You specified a target that doesn't exist.");
}

function policyOf(call: Call, { world }: Backdrop): Members | undefined {
  const id = textOf(call.input, 'PolicyId');
  return dataOf(world, 'organization-policy').find((policy) => textOf(policy, 'Id') === id);
}

function policyNotFound(): Answer {
  return failed('PolicyNotFoundException', "You specified a policy that doesn't exist.");
}

function targetsForPolicy(call: Call, backdrop: Backdrop): Answer {
  const policy = policyOf(call, backdrop);
  if (policy === undefined) return policyNotFound();
  const targets = textsOf(policy, 'TargetIds').map((id) => targetOf(backdrop.world, id));
  return listed(call, backdrop, 'Targets', targets);
}

function targetOf(world: World, id: string): Members {
  const node = world.node(id);
  if (node === undefined) return { TargetId: id };
  const { type, data } = node;
  return { TargetId: id, Arn: textOf(data, 'Arn'), Name: textOf(data, 'Name'), Type: type };
}

function describePolicy(call: Call, backdrop: Backdrop): Answer {
  const policy = policyOf(call, backdrop);
  if (policy === undefined) return policyNotFound();
  const content = memberOf(policy, 'Content');
  const text = content === undefined ? {} : { Content: documentText(content) };
  return done({ Policy: { PolicySummary: summaryOf(policy), ...text } });
}

function tags(call: Call, backdrop: Backdrop): Answer {
  const id = textOf(call.input, 'ResourceId') ?? '';
  const resource = backdrop.world.node(id)?.data ?? policyOf({ ...call, input: { PolicyId: id } }, backdrop);
  if (resource === undefined) return targetNotFound();
  return listed(call, backdrop, 'Tags', (listOf(resource, 'Tags') ?? []).filter(isMembers));
}

function servicesOf(administrator: Members): readonly Members[] {
  return (listOf(administrator, 'DelegatedServices') ?? []).filter(isMembers);
}

function delegatedAdministrators(call: Call, backdrop: Backdrop): Answer {
  const service = textOf(call.input, 'ServicePrincipal');
  const found = dataOf(backdrop.world, 'delegated-administrator').filter(
    (one) =>
      service === undefined || servicesOf(one).some((each) => textOf(each, 'ServicePrincipal') === service),
  );
  const accounts = found.map((one) => omit(one, ['DelegatedServices']));
  return listed(call, backdrop, 'DelegatedAdministrators', accounts);
}

function delegatedServices(call: Call, backdrop: Backdrop): Answer {
  const id = textOf(call.input, 'AccountId');
  const line = backdrop.world.ofKind('delegated-administrator').find(({ data }) => textOf(data, 'Id') === id);
  if (line === undefined) {
    return failed('AccountNotRegisteredException', 'The account is no delegated administrator.');
  }
  const lost = unreadableError('organizations', line, ['DelegatedServices']);
  return lost === undefined
    ? listed(call, backdrop, 'DelegatedServices', servicesOf(line.data))
    : refused(lost);
}
