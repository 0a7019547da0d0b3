import {
  absent,
  mapObserved,
  NOT_COLLECTED,
  orWhenAbsent,
  parseArn,
  seen,
  unreadable,
  type AccountId,
  type Observed,
} from '@denyscope/model';
import type { AttachedDocument, PrincipalFacts } from '../estate.ts';
import type { RawDocument } from './documents.ts';
import { gapAt, PRINCIPAL_STEPS, whyUnknown } from './gaps.ts';
import { ownerOf } from './lines.ts';
import { managedPolicies, type ManagedPolicies } from './managed-policies.ts';
import { factsOf, policyText, type Reading } from './reading.ts';
import { NO_TAGS, tagMap } from './tags.ts';

interface Inline {
  readonly PolicyName: string;
  readonly PolicyDocument?: RawDocument | undefined;
}

interface Attached {
  readonly PolicyArn: string;
}

/** The documents of a group, by the group's account and name. */
type Groups = ReadonlyMap<string, readonly AttachedDocument[]>;

/** Users and roles by ARN, each with every identity-based policy that speaks for it (semantics.md B.4). */
export function buildPrincipals(reading: Reading): ReadonlyMap<string, PrincipalFacts> {
  const managed = managedPolicies(reading);
  const users = buildUsers(reading, managed, buildGroups(reading, managed));
  return new Map([...users, ...buildRoles(reading, managed)].map((principal) => [principal.arn, principal]));
}

/** The accounts whose principals the scan could not list. */
export function accountsWithoutPrincipals(reading: Reading, accounts: Iterable<string>): ReadonlySet<string> {
  const isHidden = (accountId: string): boolean =>
    gapAt(reading.gaps, { accountId }, PRINCIPAL_STEPS) !== undefined;
  return new Set(Array.from(accounts).filter(isHidden));
}

function buildUsers(reading: Reading, managed: ManagedPolicies, groups: Groups): readonly PrincipalFacts[] {
  return reading.lines.of('iam-user').map((line) => {
    const facts = factsOf(reading, line);
    const owner: Owner = { arn: line.data.Arn, accountId: ownerOf(line) };
    return {
      ...owner,
      kind: 'user',
      uniqueId: line.data.UserId,
      identity: [
        ...inlineDocuments(reading, owner, facts('UserPolicyList')),
        ...attachedDocuments(managed, owner, facts('AttachedManagedPolicies')),
        ...groupDocuments(reading, groups, owner, facts('GroupList')),
      ],
      boundary: boundaryOf(managed, owner, facts('PermissionsBoundary')),
      trust: absent(),
      tags: orWhenAbsent(mapObserved(facts('Tags'), tagMap), NO_TAGS),
      isServiceLinked: false,
    };
  });
}

function buildRoles(reading: Reading, managed: ManagedPolicies): readonly PrincipalFacts[] {
  return reading.lines.of('iam-role').map((line) => {
    const facts = factsOf(reading, line);
    const owner: Owner = { arn: line.data.Arn, accountId: ownerOf(line) };
    return {
      ...owner,
      kind: 'role',
      uniqueId: line.data.RoleId,
      identity: [
        ...inlineDocuments(reading, owner, facts('RolePolicyList')),
        ...attachedDocuments(managed, owner, facts('AttachedManagedPolicies')),
      ],
      boundary: boundaryOf(managed, owner, facts('PermissionsBoundary')),
      trust: policyText(reading, facts('AssumeRolePolicyDocument')),
      tags: orWhenAbsent(mapObserved(facts('Tags'), tagMap), NO_TAGS),
      isServiceLinked: isServiceLinked(line.data.Path, line.data.Arn),
    };
  });
}

/** A principal or a group: what documents are attached to. */
interface Owner {
  readonly arn: string;
  readonly accountId: AccountId;
}

function buildGroups(reading: Reading, managed: ManagedPolicies): Groups {
  return new Map(
    reading.lines.of('iam-group').map((line) => {
      const facts = factsOf(reading, line);
      const owner: Owner = { arn: line.data.Arn, accountId: ownerOf(line) };
      const documents = [
        ...inlineDocuments(reading, owner, facts('GroupPolicyList')),
        ...attachedDocuments(managed, owner, facts('AttachedManagedPolicies')),
      ];
      return [groupKey(owner.accountId, line.data.GroupName), documents];
    }),
  );
}

/** Group names are unique in their account whatever their path, and their case does not tell them apart. */
function groupKey(accountId: AccountId, name: string): string {
  return `${accountId} ${name.toLowerCase()}`;
}

function inlineDocuments(
  reading: Reading,
  { arn }: Owner,
  list: Observed<readonly Inline[]>,
): readonly AttachedDocument[] {
  if (list.kind === 'absent') return [];
  // A list that could not be read may hold anything: it stands as one document that nobody could read.
  if (list.kind === 'unreadable') return [{ document: `${arn}#inline/*`, attachedTo: arn, policy: list }];
  return list.value.map(({ PolicyName, PolicyDocument }) => ({
    document: `${arn}#inline/${PolicyName}`,
    attachedTo: arn,
    policy: PolicyDocument === undefined ? unreadable(NOT_COLLECTED) : seen(reading.intern(PolicyDocument)),
  }));
}

function attachedDocuments(
  managed: ManagedPolicies,
  { arn, accountId }: Owner,
  list: Observed<readonly Attached[]>,
): readonly AttachedDocument[] {
  if (list.kind === 'absent') return [];
  if (list.kind === 'unreadable') return [{ document: `${arn}#managed/*`, attachedTo: arn, policy: list }];
  return list.value.map(({ PolicyArn }) => ({
    document: PolicyArn,
    attachedTo: arn,
    policy: managed(accountId, PolicyArn),
  }));
}

function groupDocuments(
  reading: Reading,
  groups: Groups,
  { arn, accountId }: Owner,
  names: Observed<readonly string[]>,
): readonly AttachedDocument[] {
  if (names.kind === 'absent') return [];
  if (names.kind === 'unreadable') return [{ document: `${arn}#groups/*`, attachedTo: arn, policy: names }];
  return names.value.flatMap((name) => {
    const known = groups.get(groupKey(accountId, name));
    if (known) return known;
    const group = `arn:${parseArn(arn)?.partition ?? 'aws'}:iam::${accountId}:group/${name}`;
    const why = whyUnknown(gapAt(reading.gaps, { accountId }, PRINCIPAL_STEPS));
    return [{ document: group, attachedTo: group, policy: why }];
  });
}

function boundaryOf(
  managed: ManagedPolicies,
  { arn, accountId }: Owner,
  boundary: Observed<{ readonly PermissionsBoundaryArn: string }>,
): Observed<AttachedDocument> {
  return mapObserved(boundary, ({ PermissionsBoundaryArn }) => ({
    document: PermissionsBoundaryArn,
    attachedTo: arn,
    policy: managed(accountId, PermissionsBoundaryArn),
  }));
}

/** AWS: service-linked roles live under this path, which nobody else can create (semantics.md B.3). */
function isServiceLinked(path: string | undefined, arn: string): boolean {
  return (path ?? `/${parseArn(arn)?.resource.replace(/^role\//, '') ?? ''}`).startsWith(
    '/aws-service-role/',
  );
}
