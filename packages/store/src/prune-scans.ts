import { type ClientBase, type PoolClient } from 'pg';
import { whenFree } from './merge.ts';
import * as sql from './sql/prune-sql.ts';

/** Which scans are kept: those of the last days, and the last ones however old they are. */
export interface Retention {
  /** Scans that ended so many days ago may go. */
  readonly keepDays: number;
  /** The last so many complete scans never go; at least one. */
  readonly keepScans: number;
}

/** What went, or would go. */
export interface Pruned {
  /** Ids, ascending. */
  readonly scans: readonly number[];
  /** Facts that no scan has any more. */
  readonly facts: number;
  /** Documents that no fact refers to any more. */
  readonly documents: number;
}

/** How a retention is applied. */
export interface PruneOptions {
  /** Says what would go, and lets nothing go. */
  readonly dryRun?: boolean | undefined;
}

/**
 * Lets go of old scans, of the runs that they came from, and of what nothing else needs; the scans that stay read as
 * before. A fact that a kept scan has stays as it is, with the bounds that it has: they are places in the order of
 * scans, whether or not there is still a scan at the place.
 */
export async function pruneScans(
  client: PoolClient,
  retention: Retention,
  { dryRun = false }: PruneOptions = {},
): Promise<Pruned> {
  // Nobody adds a scan meanwhile, who would count on documents that are there.
  return whenFree(client, async () => {
    await client.query(sql.TRY_OUT);
    const pruned = await prune(client, retention);
    if (dryRun) await client.query(sql.UNDO);
    return pruned;
  });
}

async function prune(client: ClientBase, { keepDays, keepScans }: Retention): Promise<Pruned> {
  // The last scan answers.
  const old = await client.query<{ readonly id: string }>(sql.OLD_SCANS, [keepDays, Math.max(keepScans, 1)]);
  const scans = old.rows.map(({ id }) => Number(id));
  await client.query(sql.PRUNE_RUNS, [scans, keepDays]);
  await client.query(sql.PRUNE_READS, [keepDays]);
  if (scans.length === 0) return { scans, facts: 0, documents: 0 };
  await client.query(sql.PRUNE_SCANS, [scans]);
  const facts = await removed(client, sql.PRUNE_FACTS);
  // References go with facts.
  return { scans, facts, documents: facts === 0 ? 0 : await removed(client, sql.PRUNE_DOCUMENTS) };
}

async function removed(client: ClientBase, text: string): Promise<number> {
  return (await client.query(text)).rowCount ?? 0;
}
