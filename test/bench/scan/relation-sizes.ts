import { sql } from '../../support/database.ts';

/** What the tables of the store take, with their indexes and what lies outside of rows, in bytes. */
export type RelationSizes = ReadonlyMap<string, number>;

/** The queue has a schema of its own, which is not the store's. */
const SIZES = `select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and n.nspname = 'denyscope' order by bytes desc`;

/** Cleans up what is dead, as the server does by itself sooner or later, and measures what is left. */
export async function relationSizes(databaseUrl: string): Promise<RelationSizes> {
  await sql(databaseUrl, 'vacuum');
  const rows = await sql<{ readonly name: string; readonly bytes: number }>(databaseUrl, SIZES);
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

export function totalOf(sizes: RelationSizes): number {
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** The tables that grew, and by how much; the largest otherwise. */
export function growthOf(before: RelationSizes, after: RelationSizes): string {
  const grown = [...after].map(([name, bytes]) => [name, bytes - (before.get(name) ?? 0)] as const);
  const told = grown.filter(([, bytes]) => bytes !== 0).map(([name, bytes]) => `${name} ${kilobytes(bytes)}`);
  return told.length === 0 ? 'nothing' : told.join(', ');
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
