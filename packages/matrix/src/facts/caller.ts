import { isServiceLinkedArn, type CallerFacts, type PolicySource } from '@denyscope/engine';
import type { PrincipalFacts } from '@denyscope/inventory';
import { absent, parsePrincipal, unreadable, type Principal, type Unreadable } from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from '../answered.ts';
import type { CompiledEstate } from '../compiled-estate.ts';
import { accountFacts, scpsOf } from './organization.ts';

/**
 * Finds the caller in the estate, with all that limits it. A caller that no scan could see has unknown policies.
 * `passesOn`: the question brings session policies, which pass on what the caller's own policies allow.
 */
export function callerFacts(compiled: CompiledEstate, text: string, passesOn = false): Answered<CallerFacts> {
  const principal = parsePrincipal(text);
  if (!principal) {
    const expected =
      'expected the ARN of a user, role, session or root, an account id, a service, or `anonymous`';
    return invalid('principal', `\`${text}\` is no principal: ${expected}`);
  }
  if (!('accountId' in principal)) return answered({ ...bare(principal), account: undefined });
  if (principal.kind === 'root' || principal.kind === 'account') {
    const account = accountFacts(compiled, principal.accountId);
    return answered({ ...bare(principal), account, scps: scpsOf(compiled, principal.accountId) });
  }
  const facts = findPrincipal(compiled, principal);
  if (facts) return answered(knownCaller(compiled, principal, facts));
  if (!isListed(compiled, principal.accountId)) return answered(unseenCaller(compiled, principal));
  if (principal.kind !== 'federated') {
    return notFound(
      'principal',
      `\`${text}\` is not among the principals of account ${principal.accountId} in this scan`,
    );
  }
  const unseen = unseenCaller(compiled, principal);
  if (passesOn) return answered(unseen);
  // AWS (B.4): a federated session has the name that its user gave it, and nothing through that user unless a session
  // policy passes it on; which user it was, and what may be denied to it, is a fact of the session.
  const identity = unseen.identity.map((source) => ({ ...source, isSparing: true }));
  return answered({ ...unseen, identity, boundary: undefined, boundaryIsKnown: true });
}

function bare(principal: Principal): Omit<CallerFacts, 'account'> {
  return {
    principal,
    uniqueId: undefined,
    roleArn: undefined,
    tags: absent(),
    boundaryIsKnown: true,
    identity: [],
    boundary: undefined,
    session: undefined,
    scps: undefined,
  };
}

/** Did the scan list this account's principals? */
function isListed(compiled: CompiledEstate, accountId: string): boolean {
  return (
    !compiled.estate.accountsWithoutPrincipals.has(accountId) && compiled.principalsOf(accountId).length > 0
  );
}

type InAccount = Extract<Principal, { readonly name: string }>;

function findPrincipal(compiled: CompiledEstate, principal: InAccount): PrincipalFacts | undefined {
  if (principal.kind === 'user' || principal.kind === 'role')
    return compiled.estate.principals.get(principal.text);
  // AWS (A.2): a session's ARN has the role's name without its path; a federated session has its user's name.
  const kind = principal.kind === 'session' ? 'role' : 'user';
  return compiled
    .principalsOf(principal.accountId)
    .find((facts) => facts.kind === kind && facts.arn.endsWith(`/${principal.name}`));
}

function knownCaller(compiled: CompiledEstate, principal: InAccount, facts: PrincipalFacts): CallerFacts {
  const { boundary } = facts;
  return {
    principal,
    account: accountFacts(compiled, principal.accountId),
    uniqueId: facts.uniqueId,
    roleArn: facts.kind === 'role' ? facts.arn : undefined,
    tags: facts.tags,
    boundaryIsKnown: boundary.kind !== 'unreadable',
    identity: facts.identity.map((document) => compiled.source(document, 'identity')),
    boundary: boundaryOf(compiled, facts),
    session: undefined,
    // AWS (B.3): service-linked roles are not limited by SCPs.
    scps: facts.isServiceLinked ? undefined : scpsOf(compiled, principal.accountId),
  };
}

function boundaryOf(
  compiled: CompiledEstate,
  { boundary, arn }: PrincipalFacts,
): readonly PolicySource[] | undefined {
  if (boundary.kind === 'absent') return undefined;
  if (boundary.kind === 'seen') return [compiled.source(boundary.value, 'identity')];
  return [hidden(`${arn}#boundary`, arn, boundary)];
}

/** A user or role of an account that was not scanned: what it may do is unknown, its account's SCPs may be known. */
function unseenCaller(compiled: CompiledEstate, principal: InAccount): CallerFacts {
  const { text, accountId } = principal;
  const why = whyUnseen(compiled, accountId);
  return {
    ...bare(principal),
    account: accountFacts(compiled, accountId),
    roleArn: principal.kind === 'role' ? text : undefined,
    tags: why,
    boundaryIsKnown: false,
    identity: [hidden(`identity-based policies of ${text}`, text, why)],
    boundary: [hidden(`${text}#boundary`, text, why)],
    // AWS (B.3): service-linked roles are not limited by SCPs, and have their own path.
    scps: isServiceLinkedArn(text) ? undefined : scpsOf(compiled, accountId),
  };
}

function whyUnseen({ estate }: CompiledEstate, accountId: string): Unreadable {
  const gap = estate.gaps.find((entry) => entry.accountId === accountId);
  if (gap) return unreadable(`${gap.step}: ${gap.reason}`);
  const inOrganization = estate.accounts.get(accountId)?.inOrganization ?? false;
  return unreadable(inOrganization ? 'NotCollected' : 'OutsideTheOrganization');
}

function hidden(document: string, attachedTo: string, why: Unreadable): PolicySource {
  return { document, attachedTo, policy: why };
}
