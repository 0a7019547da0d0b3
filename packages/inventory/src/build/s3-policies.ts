import { absent, seen, unreadable, type Observed, type Unreadable } from '@denyscope/model';
import type { Account, AttachedDocument, Organization, OrganizationPolicies } from '../estate.ts';

/**
 * Does an S3 policy of the organization switch all of Block Public Access on for the account? AWS (C.7, O-S3P): all
 * four flags together, in the management account as well. Absent where no such policy speaks of the account.
 */
export function organizationBlocks(
  organization: Observed<Organization>,
  policies: OrganizationPolicies,
  accounts: ReadonlyMap<string, Account>,
): ReadonlyMap<string, Observed<boolean>> {
  return new Map(Array.from(accounts, ([id, account]) => [id, blockOf(organization, policies, account)]));
}

function blockOf(
  organization: Observed<Organization>,
  policies: OrganizationPolicies,
  account: Account,
): Observed<boolean> {
  if (organization.kind === 'unreadable') return organization;
  if (organization.kind === 'absent' || !account.inOrganization || policies.kind === 'absent')
    return absent();
  if (policies.kind === 'unreadable') return policies;
  if (account.path.length === 0 && policies.value.size > 0) {
    return unreadable('MissingParent', `where account ${account.id} stands in the organization is unknown`);
  }
  return inherited([...account.path, account.id].map((node) => policies.value.get(node) ?? []));
}

/**
 * AWS (O-S3P, inheritance of declarative policies): from the root down, the last `@@assign` counts that the policies
 * above allow. A document that could not be read may assign anything and forbid the rest.
 */
function inherited(nodes: readonly (readonly AttachedDocument[])[]): Observed<boolean> {
  let value: Observed<boolean> = absent();
  for (const documents of nodes) {
    const settings = documents.map(settingOf);
    const hidden = settings.find((setting): setting is Unreadable => 'kind' in setting);
    if (hidden) return hidden;
    const read = settings.filter((setting): setting is Setting => !('kind' in setting));
    const assigned = new Set(read.flatMap(({ assigns }) => assigns ?? []));
    if (assigned.size > 1) {
      return unreadable('ConflictingPolicies', 'two S3 policies at one node assign different values');
    }
    for (const all of assigned) value = seen(all);
    if (read.some(({ forbidsAssign }) => forbidsAssign)) return value;
  }
  return value;
}

/** What one S3 policy says of Block Public Access. */
interface Setting {
  readonly assigns: boolean | undefined;
  /** Policies further down may not assign a value of their own. */
  readonly forbidsAssign: boolean;
}

function settingOf({ document, policy }: AttachedDocument): Setting | Unreadable {
  if (policy.kind === 'absent') return { assigns: undefined, forbidsAssign: false };
  if (policy.kind === 'unreadable') return policy;
  const content = parsed(policy.value.text);
  if (!isRecord(content)) return unreadable('MalformedPolicy', `${document} is no JSON object`);
  const attributes = member(content, 's3_attributes');
  const configuration = member(attributes, 'public_access_block_configuration');
  // The effective policy, as AWS shows it, has the value alone.
  const assigns = typeof configuration === 'string' ? configuration : member(configuration, '@@assign');
  if (assigns !== undefined && assigns !== 'all' && assigns !== 'none') {
    return unreadable('MalformedPolicy', `${document} assigns neither \`all\` nor \`none\``);
  }
  return {
    assigns: assigns === undefined ? undefined : assigns === 'all',
    forbidsAssign: [content, attributes, configuration].some(forbids),
  };
}

/** AWS: what `@@operators_allowed_for_child_policies` does not list is forbidden; without it all is allowed. */
function forbids(level: unknown): boolean {
  const allowed = member(level, '@@operators_allowed_for_child_policies');
  if (allowed === undefined) return false;
  const operators: readonly unknown[] = Array.isArray(allowed) ? allowed : [allowed];
  return !operators.includes('@@all') && !operators.includes('@@assign');
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text);
    return value;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
