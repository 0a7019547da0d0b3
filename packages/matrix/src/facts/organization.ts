import type { AccountFacts, NodePolicies } from '@denyscope/engine';
import type { Account, OrganizationPolicies } from '@denyscope/inventory';
import { absent, seen, unreadable, type Observed, type Unreadable } from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';

/** What the estate knows of an account's place; an account that no line lists is outside the organization. */
export function accountFacts({ estate }: CompiledEstate, accountId: string): AccountFacts {
  const account = estate.accounts.get(accountId);
  return {
    accountId,
    organization: placeOf(estate.organization, account),
    canonicalUserId: account?.canonicalUserId,
    state: account?.state,
    enabledRegions: account?.enabledRegions,
  };
}

type Organization = CompiledEstate['estate']['organization'];

function placeOf(organization: Organization, account: Account | undefined): AccountFacts['organization'] {
  if (organization.kind === 'unreadable') return organization;
  if (organization.kind === 'absent' || !account?.inOrganization) return absent();
  const { id } = organization.value;
  return seen({ id, path: `${[id, ...account.path].join('/')}/` });
}

/** SCPs limit the principals of member accounts: semantics.md B.3. Undefined where they do not apply. */
export function scpsOf(compiled: CompiledEstate, accountId: string): readonly NodePolicies[] | undefined {
  return policiesOf(compiled, accountId, 'scps');
}

/**
 * RCPs limit the resources of member accounts: semantics.md B.3. Undefined where they do not apply. RCPFullAWSAccess,
 * which AWS attaches to every node, is in the estate like any other.
 */
export function rcpsOf(compiled: CompiledEstate, accountId: string): readonly NodePolicies[] | undefined {
  return policiesOf(compiled, accountId, 'rcps');
}

function policiesOf(
  compiled: CompiledEstate,
  accountId: string,
  kind: 'scps' | 'rcps',
): readonly NodePolicies[] | undefined {
  const { organization, accounts } = compiled.estate;
  const account = accounts.get(accountId);
  if (organization.kind === 'unreadable') return [unreadableNode('organization', organization)];
  if (organization.kind === 'absent' || !account?.inOrganization || account.isManagementAccount)
    return undefined;
  const policies: OrganizationPolicies = organization.value[kind];
  if (policies.kind === 'absent') return undefined;
  if (policies.kind === 'unreadable') return [unreadableNode(`organization ${kind}`, policies)];
  const { value } = policies;
  const nodes = [...account.path, accountId].map((node) => ({
    node,
    policies: (value.get(node) ?? []).map((document) => compiled.source(document, 'organization')),
  }));
  if (account.path.length > 0) return nodes;
  return [unreadableNode(`organization tree above ${accountId}`, unreadable('NotCollected')), ...nodes];
}

function unreadableNode(name: string, why: Unreadable): NodePolicies {
  const policy: Observed<never> = why;
  return { node: name, policies: [{ document: name, attachedTo: name, policy }] };
}
