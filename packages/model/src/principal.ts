import { parseAccountId, parseArn, type AccountId } from './arn.ts';

/**
 * A caller, parsed: the words of semantics.md A.2. A `role` is "some session of the role", a `session` is one
 * assumed-role session of it; `account` is an account as a whole, `root` its root user.
 */
export type Principal =
  | { readonly kind: 'anonymous'; readonly text: string }
  | { readonly kind: 'service'; readonly text: string }
  | {
      readonly kind: 'account';
      readonly accountId: AccountId;
      readonly partition: string;
      readonly text: string;
    }
  | {
      readonly kind: 'root';
      readonly accountId: AccountId;
      readonly partition: string;
      readonly text: string;
    }
  | NamedPrincipal
  | SessionPrincipal;

/** An IAM user, role or federated user. `path` begins and ends with a slash. */
export interface NamedPrincipal {
  readonly kind: 'user' | 'role' | 'federated';
  readonly accountId: AccountId;
  readonly partition: string;
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** One session of a role: `name` is the role's name, without its path, which session ARNs drop. */
export interface SessionPrincipal {
  readonly kind: 'session';
  readonly accountId: AccountId;
  readonly partition: string;
  readonly name: string;
  readonly session: string;
  readonly text: string;
}

/**
 * Reads a caller: an ARN of a user, role, assumed-role session, federated user or root, an account id, a service
 * principal, or `anonymous`. Undefined for anything else, groups among it, which are never principals.
 */
export function parsePrincipal(text: string): Principal | undefined {
  if (text === 'anonymous') return { kind: 'anonymous', text };
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text)) return { kind: 'service', text };
  const whole = parseAccountId(text);
  if (whole !== undefined) return { kind: 'account', accountId: whole, partition: 'aws', text };
  const arn = parseArn(text);
  const accountId = arn && parseAccountId(arn.accountId);
  if (!arn || accountId === undefined) return undefined;
  const owner = { accountId, partition: arn.partition, text };
  if (arn.service === 'iam') return iamPrincipal(arn.resource, owner);
  return arn.service === 'sts' ? stsPrincipal(arn.resource, owner) : undefined;
}

interface Owner {
  readonly accountId: AccountId;
  readonly partition: string;
  readonly text: string;
}

function iamPrincipal(resource: string, owner: Owner): Principal | undefined {
  if (resource === 'root') return { kind: 'root', ...owner };
  const match = /^(user|role)(\/(?:.*\/)?)([^/]+)$/s.exec(resource);
  const [, kind, path, name] = match ?? [];
  if ((kind !== 'user' && kind !== 'role') || path === undefined || name === undefined) return undefined;
  return { kind, path, name, ...owner };
}

function stsPrincipal(resource: string, owner: Owner): Principal | undefined {
  const [type, name, ...rest] = resource.split('/');
  if (!name) return undefined;
  if (type === 'federated-user' && rest.length === 0) return { kind: 'federated', path: '/', name, ...owner };
  const session = rest.join('/');
  return type === 'assumed-role' && session !== '' ? { kind: 'session', name, session, ...owner } : undefined;
}
