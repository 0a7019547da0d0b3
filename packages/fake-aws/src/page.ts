import { createHash } from 'node:crypto';

/** What a client asks for: how many at most, from which token on. */
export interface PageRequest {
  readonly token: string | undefined;
  /** The client's own limit. */
  readonly limit: number | undefined;
  /** Ours. */
  readonly pageSize: number;
  /** What the list is of: a token of another list is refused. */
  readonly scope: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The token of the next page; `undefined` on the last. */
  readonly next: string | undefined;
}

/** One page of a list; `undefined` where the token is not one of its own. */
export function pageOf<T>(items: readonly T[], request: PageRequest): Page<T> | undefined {
  const start = request.token === undefined ? 0 : offsetOf(request.token, request.scope);
  if (start === undefined || start > items.length) return undefined;
  const end = start + Math.max(1, Math.min(request.limit ?? request.pageSize, request.pageSize));
  const next = end < items.length ? tokenOf(end, request.scope) : undefined;
  return { items: items.slice(start, end), next };
}

/** A token that says nothing to its reader, and belongs to one list. */
function tokenOf(offset: number, scope: string): string {
  const seal = createHash('sha256')
    .update(`${scope} ${String(offset)}`)
    .digest('base64url')
    .slice(0, 24);
  return Buffer.from(`${String(offset)}.${seal}`).toString('base64');
}

function offsetOf(token: string, scope: string): number | undefined {
  const digits = /^(\d{1,9})\./.exec(Buffer.from(token, 'base64').toString())?.[1];
  if (digits === undefined) return undefined;
  const offset = Number(digits);
  return tokenOf(offset, scope) === token ? offset : undefined;
}
