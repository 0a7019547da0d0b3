import type { NamedPrincipal, Principal, SessionPrincipal } from '@denyscope/model';
import type { PrincipalElement, PrincipalName } from '../compile/principal.ts';
import type { CallerFacts } from './question.ts';
import type { Expressions, Node } from '../expression/expressions.ts';

/** Who makes the request, with the facts about it that policies test. */
export interface Caller {
  readonly principal: Principal;
  /** Undefined for anonymous callers and services. */
  readonly accountId: string | undefined;
  /** AWS (A.3): a Deny with NotPrincipal always hits a user or role that has a permissions boundary. */
  readonly hasBoundary: boolean | 'unknown';
  /** The canonical user id of the caller's account, where known. */
  readonly canonicalUserId?: string | undefined;
  /** "Some session of the role" is no certain session: nothing about the caller is open. */
  readonly isClosed?: boolean | undefined;
}

/**
 * How a grant names its caller, which decides what else it needs: semantics.md B.4. `principal` is the user's or
 * role's ARN, `session` the exact session, `limited` a user's ARN seen from its federated session.
 */
export type NamedAs = 'everyone' | 'session' | 'principal' | 'limited' | 'account' | 'service';

/** One way in which a Principal element names the caller, and when. */
export interface PrincipalMatch {
  readonly as: NamedAs;
  readonly when: Node;
}

/** Every way in which the names of a Principal element hit the caller. */
export function principalMatches(
  element: PrincipalElement,
  caller: Caller,
  x: Expressions,
): readonly PrincipalMatch[] {
  const matches: PrincipalMatch[] = [];
  for (const name of element.names) {
    const match = nameMatch(name, caller, x);
    if (match && match.when !== x.no) matches.push(match);
  }
  return matches;
}

function nameMatch(name: PrincipalName, caller: Caller, x: Expressions): PrincipalMatch | undefined {
  const { principal } = caller;
  switch (name.kind) {
    case 'everyone':
      return { as: 'everyone', when: x.yes };
    case 'account':
      return name.accountId === caller.accountId ? { as: 'account', when: x.yes } : undefined;
    case 'canonical-user':
      // AWS (A.2): an account named by its canonical id.
      return name.id === caller.canonicalUserId ? { as: 'account', when: x.yes } : undefined;
    case 'service':
      return principal.kind === 'service' && principal.text === name.service
        ? { as: 'service', when: x.yes }
        : undefined;
    case 'nobody':
      return undefined;
    case 'named':
      if (caller.isClosed && name.principal.kind === 'session' && principal.kind === 'role') return undefined;
      return namedMatch(name.principal, principal, x);
  }
}

function namedMatch(named: Principal, actual: Principal, x: Expressions): PrincipalMatch | undefined {
  if (!('accountId' in named) || !('accountId' in actual)) return undefined;
  if (named.accountId !== actual.accountId || named.partition !== actual.partition) return undefined;
  if (named.kind === 'session' && actual.kind === 'role') return sessionOfRole(named, actual, x);
  const as = namedAs(named, actual);
  return as && { as, when: x.yes };
}

/** How one ARN in a policy names a caller of the same account: the rows of semantics.md A.2. */
function namedAs(named: Principal, actual: Principal): NamedAs | undefined {
  switch (named.kind) {
    case 'user':
      // AWS (A.2): the user's ARN matches its federated session too, as a limited grant.
      if (actual.kind === 'federated') return same(named.name, actual.name) ? 'limited' : undefined;
      return isSame(named, actual) ? 'principal' : undefined;
    case 'role':
      // AWS (A.2): session ARNs drop the path, so only the name can be compared (I.15: without case).
      if (actual.kind === 'session') return same(named.name, actual.name) ? 'principal' : undefined;
      return isSame(named, actual) ? 'principal' : undefined;
    case 'federated':
      return isSame(named, actual) ? 'session' : undefined;
    case 'session':
      return isSameSession(named, actual) ? 'session' : undefined;
    case 'root':
    case 'account':
    case 'service':
    case 'anonymous':
      return undefined;
  }
}

function isSame(named: NamedPrincipal, actual: Principal): boolean {
  if (named.kind !== actual.kind || named.path !== actual.path) return false;
  // AWS (A.2): case counts in a user's name; I.15 frees the names of sessions alone.
  return named.kind === 'user' ? named.name === actual.name : same(named.name, actual.name);
}

function isSameSession(named: SessionPrincipal, actual: Principal): boolean {
  return actual.kind === 'session' && same(named.name, actual.name) && named.session === actual.session;
}

/** The caller is some session of the role: which one is open. */
function sessionOfRole(
  { name, session }: SessionPrincipal,
  role: NamedPrincipal,
  x: Expressions,
): PrincipalMatch | undefined {
  if (!same(name, role.name)) return undefined;
  const isIt = { kind: 'test', leg: 's3', key: 'session-name', test: 'equals', value: session } as const;
  return { as: 'session', when: x.atom({ ...isIt, glob: undefined }) };
}

function same(a: string, b: string): boolean {
  return a === b || a.toLowerCase() === b.toLowerCase();
}

/**
 * When does a NotPrincipal element spare the caller? Semantics.md A.3: a listed account, user or session spares; a
 * listed role alone is not sure to (I.8), and is taken at its word; a permissions boundary forfeits it under Deny.
 */
export function sparedBy(element: PrincipalElement, caller: Caller, x: Expressions): Node {
  const { kind, text } = caller.principal;
  const mayBeBounded = kind === 'user' || kind === 'role' || kind === 'session';
  if (mayBeBounded && caller.hasBoundary === true) return x.no;
  const listed = x.any(principalMatches(element, caller, x).map((match) => match.when));
  if (!mayBeBounded || caller.hasBoundary === false) return listed;
  const document = `${text}#boundary`;
  const bounded = x.atom({ kind: 'unreadable', leg: 's3', document, reason: 'NotCollected', may: 'matter' });
  return x.all([listed, x.not(bounded)]);
}

/** I.15: does an element name the caller only if the case of names does not count? */
export function spelledOtherwise({ names }: PrincipalElement, { principal }: Caller): boolean {
  if (!('name' in principal)) return false;
  let otherwise = false;
  for (const name of names) {
    if (name.kind !== 'named' || !('name' in name.principal)) continue;
    if (name.principal.name === principal.name) return false;
    otherwise ||= same(name.principal.name, principal.name);
  }
  return otherwise;
}

/** The caller of a question. */
export function callerOf({ principal, account, boundary, boundaryIsKnown }: CallerFacts): Caller {
  return {
    principal,
    accountId: account?.accountId,
    hasBoundary: boundaryIsKnown ? boundary !== undefined : 'unknown',
    canonicalUserId: account?.canonicalUserId,
  };
}
