import type { WhoCanRow } from '@denyscope/model';
import { answered, invalid, type Answered } from './answered.ts';

interface Paging {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

interface Page {
  readonly principals: WhoCanRow[];
  readonly next: string | null;
}

/** Cuts a page out of the rows. A cursor names the row before the page, so that it outlives a new scan. */
export function pageOf(rows: readonly WhoCanRow[], { limit, cursor }: Paging): Answered<Page> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  if (cursor !== undefined && before === undefined)
    return invalid('cursor', 'expected `next` of an earlier answer');
  const rest = before === undefined ? rows : rows.filter((row) => isAfter(row, before));
  const principals = limit === undefined ? [...rest] : rest.slice(0, limit);
  const last = principals.at(-1);
  const next = last && principals.length < rest.length ? encodeCursor([last.principal, placeIn(last)]) : null;
  return answered({ principals, next });
}

type Place = readonly [principal: string, use: string];

function isAfter(row: WhoCanRow, [principal, use]: Place): boolean {
  return row.principal === principal ? placeIn(row) > use : row.principal > principal;
}

/** Where a row stands among those of its principal. */
function placeIn({ action, operation }: WhoCanRow): string {
  return operation === undefined ? action : `${action} ${operation}`;
}

function encodeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function decodeCursor(cursor: string): Place | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [principal, action] = listOf(value);
    return typeof principal === 'string' && typeof action === 'string' ? [principal, action] : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
