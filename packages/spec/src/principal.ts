import { parsePrincipal, type NamedPrincipal, type Principal, type SessionPrincipal } from '@denyscope/model';
import type { Listed, PrincipalEntry, Statement } from './document.ts';

/**
 * How a statement names the caller. `direct`: the caller itself, or everyone. `limited`: the role behind a session,
 * or the user behind a federated session. `account`: the caller's account as a whole.
 */
export type Naming = 'direct' | 'limited' | 'account';

/** A.2, A.3: how the statement names the caller; undefined where it does not. */
export function namingOf(statement: Statement, caller: Principal, hasBoundary: boolean): Naming | undefined {
  const { principals, effect } = statement;
  const naming = firstNaming(principals, caller);
  if (!principals.not) return naming;
  // A.3: a Deny with NotPrincipal always denies a user or role that has a permissions boundary.
  if (effect === 'Deny' && hasBoundary && (caller.kind === 'user' || isOfRole(caller))) return 'direct';
  // I.8: any one match exempts. I.9: an Allow with NotPrincipal grants to everyone else.
  return naming === undefined ? 'direct' : undefined;
}

/** The strongest way in which any entry names the caller. */
function firstNaming(principals: Listed<PrincipalEntry>, caller: Principal): Naming | undefined {
  const namings = principals.entries.map((entry) => entryNaming(entry, caller));
  const strength = ['direct', 'limited', 'account'] as const;
  return strength.find((naming) => namings.includes(naming));
}

function entryNaming(entry: PrincipalEntry, caller: Principal): Naming | undefined {
  switch (entry.type) {
    case 'AWS':
      return awsNaming(entry.value, caller);
    case 'Service': // A.2: the service itself, not its roles
      return caller.kind === 'service' && caller.text === entry.value ? 'direct' : undefined;
    case 'Federated': // A.2: S3 and KMS see the session, never the provider
    case 'CanonicalUser': // A.2: needs a map from canonical ids to accounts, which a concrete request does not carry
      return undefined;
  }
}

function awsNaming(value: string, caller: Principal): Naming | undefined {
  if (value === '*') return 'direct'; // A.2: `"*"` and `{"AWS": "*"}` are one; anonymous callers are included
  // A.2: unique ids of deleted principals, partial wildcards and CloudFront identities name no caller.
  const named = parsePrincipal(value);
  if (named === undefined || !hasAccount(named) || !hasAccount(caller)) return undefined;
  if (named.accountId !== caller.accountId) return undefined;
  return named.kind === 'account' || named.partition === caller.partition
    ? namingInAccount(named, caller)
    : undefined;
}

type InAccount = Exclude<Principal, { readonly kind: 'anonymous' | 'service' }>;

function hasAccount(principal: Principal): principal is InAccount {
  return 'accountId' in principal;
}

/** A.2, the rows of accounts and ARNs, for two principals of one account. */
function namingInAccount(named: InAccount, caller: InAccount): Naming | undefined {
  switch (named.kind) {
    case 'account':
    case 'root': // not limited to the root user
      return 'account';
    case 'role': // any session of it; a session's ARN drops the role's path
      return isSame(named, caller) || isSessionOf(named, caller) ? 'limited' : undefined;
    case 'user': // the user's ARN also names its federated sessions, in a limited way
      if (isSame(named, caller)) return 'direct';
      return caller.kind === 'federated' && sameName(named.name, caller.name) ? 'limited' : undefined;
    case 'federated':
      return isSame(named, caller) ? 'direct' : undefined;
    case 'session': // exactly that session
      return isSessionOf(named, caller) && named.session === caller.session ? 'direct' : undefined;
  }
}

function isSame(named: NamedPrincipal, caller: InAccount): boolean {
  return caller.kind === named.kind && caller.path === named.path && sameName(caller.name, named.name);
}

function isSessionOf(role: { readonly name: string }, caller: InAccount): caller is SessionPrincipal {
  return caller.kind === 'session' && sameName(caller.name, role.name);
}

/** I.15: names of roles and users are compared without case, account and path exactly. */
function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

/** `role` stands for some session of the role. */
export function isOfRole(caller: Principal): boolean {
  return caller.kind === 'role' || caller.kind === 'session';
}
