import { parsePrincipal, type NamedPrincipal, type Principal, type SessionPrincipal } from '@denyscope/model';
import type { PrincipalEntry, Statement } from './document.ts';

/**
 * How a statement names the caller. `direct`: the caller itself, or everyone. `limited`: the role behind a session,
 * or the user behind a federated session. `account`: the caller's account as a whole.
 */
export type Naming = 'direct' | 'limited' | 'account';

/** A.2, A.3: how the statement names the caller, in the strongest way; undefined where it does not. */
export function namingOf(statement: Statement, caller: Principal, hasBoundary: boolean): Naming | undefined {
  const { principals, effect } = statement;
  const namings = principals.entries.map((entry) => entryNaming(entry, caller));
  if (!principals.not)
    return (['direct', 'limited', 'account'] as const).find((one) => namings.includes(one));
  // A.3: a Deny with NotPrincipal always denies a user or role that has a permissions boundary.
  if (effect === 'Deny' && hasBoundary && (caller.kind === 'user' || isOfRole(caller))) return 'direct';
  // I.8: any one match exempts. I.9: an Allow with NotPrincipal grants to everyone else.
  return namings.every((naming) => naming === undefined) ? 'direct' : undefined;
}

/**
 * A.2: `Service` is the service itself, not its roles; S3 and KMS see a session, never its `Federated` provider; and a
 * concrete request carries no map from canonical ids to accounts.
 */
function entryNaming({ type, value }: PrincipalEntry, caller: Principal): Naming | undefined {
  if (type === 'Service') return caller.kind === 'service' && caller.text === value ? 'direct' : undefined;
  return type === 'AWS' ? namingOfPrincipal(value, caller) : undefined;
}

/** A.2: how `*`, an account or an ARN names the caller. */
export function namingOfPrincipal(value: string, caller: Principal): Naming | undefined {
  if (value === '*') return 'direct'; // A.2: `"*"` and `{"AWS": "*"}` are one; anonymous callers are included
  // A.2: unique ids of deleted principals, partial wildcards and CloudFront identities name no caller.
  const named = parsePrincipal(value);
  if (named === undefined || !('accountId' in named) || !('accountId' in caller)) return undefined;
  if (named.accountId !== caller.accountId) return undefined;
  if (named.kind === 'account') return 'account';
  if (named.partition !== caller.partition) return undefined;
  if (named.kind === 'root') return 'account'; // not limited to the root user
  return 'name' in caller ? namingByName(named, caller) : undefined;
}

type Named = NamedPrincipal | SessionPrincipal;

/** A.2, the rows of ARNs, for two principals of one account. */
function namingByName(named: Named, caller: Named): Naming | undefined {
  // I.15: against sessions, the names of roles and users are compared without case.
  const isNamesake = named.name.toLowerCase() === caller.name.toLowerCase();
  switch (`${named.kind} names ${caller.kind}`) {
    case 'user names user': // the name is case-sensitive
      return named.text === caller.text ? 'direct' : undefined;
    case 'role names session': // any session of it; a session's ARN drops the role's path
    case 'user names federated':
      return isNamesake ? 'limited' : undefined;
  }
  if (named.kind !== caller.kind || !isNamesake || restOf(named) !== restOf(caller)) return undefined;
  return named.kind === 'role' ? 'limited' : 'direct';
}

function restOf(one: Named): string {
  return 'session' in one ? one.session : one.path;
}

/** `role` stands for some session of the role. */
export function isOfRole(caller: Principal): boolean {
  return caller.kind === 'role' || caller.kind === 'session';
}
