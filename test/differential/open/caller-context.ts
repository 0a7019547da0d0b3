import type { Estate, PrincipalFacts } from '@denyscope/inventory';
import { parsePrincipal, type Principal } from '@denyscope/model';

type Context = Record<string, string[]>;

/** What the scan knows of a user, of a role, or of the role or user behind a session. */
export function factsOf({ principals }: Estate, text: string): PrincipalFacts | undefined {
  const principal = parsePrincipal(text);
  if (principal?.kind !== 'session' && principal?.kind !== 'federated') return principals.get(text);
  const kind = principal.kind === 'session' ? 'role' : 'user';
  return [...principals.values()].find(
    ({ arn, kind: what, accountId }) =>
      what === kind && accountId === principal.accountId && arn.split('/').at(-1) === principal.name,
  );
}

/** Is the caller one of whom the scan knows all that counts? */
export function isSeenCaller(estate: Estate, text: string): boolean {
  const principal = parsePrincipal(text);
  if (!principal || principal.kind === 'account') return false;
  if (principal.kind === 'anonymous' || principal.kind === 'service' || principal.kind === 'root')
    return true;
  const facts = factsOf(estate, text);
  // Of a session of a service-linked role, the specification cannot tell that it is one.
  return (
    facts !== undefined &&
    facts.tags.kind !== 'unreadable' &&
    !(principal.kind === 'session' && facts.isServiceLinked)
  );
}

/** A.2, the table of callers, and C.12: what every request of this caller carries. */
export function callerContext(estate: Estate, text: string): Context {
  const principal = parsePrincipal(text);
  if (!principal || principal.kind === 'account') return {};
  if (principal.kind === 'anonymous') {
    return {
      'aws:PrincipalAccount': ['anonymous'],
      'aws:PrincipalType': ['Anonymous'],
      'aws:userid': ['anonymous'],
    };
  }
  if (principal.kind === 'service') {
    return {
      'aws:PrincipalIsAWSService': ['true'],
      'aws:PrincipalServiceName': [text],
      'aws:PrincipalServiceNamesList': [text],
      'aws:ViaAWSService': ['false'],
    };
  }
  const facts = factsOf(estate, text);
  const tags = facts?.tags.kind === 'seen' ? [...facts.tags.value] : [];
  return {
    'aws:PrincipalAccount': [principal.accountId],
    'aws:PrincipalIsAWSService': ['false'],
    'kms:CallerAccount': [principal.accountId],
    ...organizationContext(estate, principal.accountId),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]])),
    ...identity(principal, facts),
  };
}

function organizationContext({ organization, accounts }: Estate, accountId: string): Context {
  const account = accounts.get(accountId);
  if (organization.kind !== 'seen' || !account?.inOrganization) return {};
  const { id } = organization.value;
  return { 'aws:PrincipalOrgID': [id], 'aws:PrincipalOrgPaths': [`${[id, ...account.path].join('/')}/`] };
}

type InAccount = Exclude<Principal, { readonly kind: 'anonymous' | 'service' | 'account' }>;

function identity(principal: InAccount, facts: PrincipalFacts | undefined): Context {
  const id = facts?.uniqueId;
  switch (principal.kind) {
    case 'root':
      return {
        'aws:PrincipalType': ['Account'],
        'aws:PrincipalArn': [principal.text],
        'aws:userid': [principal.accountId],
      };
    case 'user':
      return {
        'aws:PrincipalType': ['User'],
        'aws:PrincipalArn': [principal.text],
        'aws:username': [principal.name],
        ...(id === undefined ? {} : { 'aws:userid': [id] }),
      };
    case 'federated':
      return {
        'aws:PrincipalType': ['FederatedUser'],
        'aws:PrincipalArn': [principal.text],
        'aws:userid': [`${principal.accountId}:${principal.name}`],
      };
    case 'role':
    case 'session': {
      const session = principal.kind === 'session' ? principal.session : '';
      return {
        'aws:PrincipalType': ['AssumedRole'],
        'aws:PrincipalArn': [facts?.arn ?? principal.text],
        ...(id === undefined ? {} : { 'aws:userid': [`${id}:${session}`] }),
      };
    }
  }
}
