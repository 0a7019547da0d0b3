import { type ClientBase } from 'pg';
import { codeOf } from './error.ts';
import * as sql from './sql/empty-staged-sql.ts';

/** Somebody stays in the table; this user may delete from it, and no more. */
const NOT_NOW: ReadonlySet<string | undefined> = new Set(['55P03', '40P01', '42501']);

/**
 * Forgets the lines that a run staged; the last thing before its transaction ends. All of them are of one run, since
 * one runs at a time, so the table is emptied: deleting would leave dead rows of a whole scan, and an index that VACUUM
 * does not make smaller, every night. Where the table cannot be had at once they are deleted all the same.
 */
export async function removeStaged(client: ClientBase, runId: number): Promise<void> {
  await client.query(sql.HOLD_BACK);
  try {
    await client.query(sql.WAIT_SHORTLY);
    await client.query(sql.LOCK_TABLE);
    await emptyOrDelete(client, runId);
    await client.query(sql.WAIT_AS_BEFORE);
    await client.query(sql.GO_ON);
  } catch (error) {
    if (!NOT_NOW.has(codeOf(error))) throw error;
    await client.query(sql.GO_BACK);
    await client.query(sql.DELETE_STAGED, [runId]);
  }
}

async function emptyOrDelete(client: ClientBase, runId: number): Promise<void> {
  const { rows } = await client.query<{ readonly others: boolean }>(sql.OTHERS_STAGED, [runId]);
  if (rows[0]?.others === true) await client.query(sql.DELETE_STAGED, [runId]);
  else await client.query(sql.EMPTY_TABLE);
}
