import { parseAccountId, parsePrincipal, type Principal } from '@denyscope/model';
import type { PrincipalElementText } from './statement.ts';

/** Whom one value of a Principal element names: a row of semantics.md A.2. */
export type PrincipalName =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'named'; readonly principal: Principal }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'canonical-user'; readonly id: string }
  /** A deleted principal's id, a federated provider, a partial wildcard: no caller of S3 or KMS. */
  | { readonly kind: 'nobody'; readonly text: string };

/** A Principal element, or its Not-form. */
export interface PrincipalElement {
  readonly negated: boolean;
  readonly names: readonly PrincipalName[];
}

/** Reads whom each value of the element names. */
export function compilePrincipal(element: PrincipalElementText): PrincipalElement {
  return { negated: element.negated, names: element.entries.map(({ type, value }) => nameOf(type, value)) };
}

function nameOf(type: string, value: string): PrincipalName {
  switch (type) {
    case 'AWS':
      return awsName(value);
    case 'Service':
      return value === '*' ? { kind: 'nobody', text: value } : { kind: 'service', service: value };
    case 'CanonicalUser':
      return { kind: 'canonical-user', id: value };
    case '*':
      return value === '*' ? { kind: 'everyone' } : { kind: 'nobody', text: value };
    default:
      // AWS (A.2): a federated provider is no caller of S3, which sees the role session.
      return { kind: 'nobody', text: value };
  }
}

function awsName(value: string): PrincipalName {
  if (value === '*') return { kind: 'everyone' };
  const account = parseAccountId(value);
  if (account !== undefined) return { kind: 'account', accountId: account };
  const principal = parsePrincipal(value);
  // AWS (A.2): the root ARN in a Principal means the account as a whole, not only its root user.
  if (principal?.kind === 'root') return { kind: 'account', accountId: principal.accountId };
  // AWS (A.2): partial wildcards are not supported, and match nobody.
  const isArn = principal !== undefined && 'accountId' in principal;
  if (!isArn || /[*?]/.test(value)) return { kind: 'nobody', text: value };
  return { kind: 'named', principal };
}
