import { type SnapshotLine } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { lineOf, referencesIn } from './fact-text.ts';
import { STAGED_DOCUMENTS } from './sql/run-sql.ts';
import { STAGED_ORGANIZATION } from './sql/staged-sql.ts';

/** The lines of the organization as a run staged them, of its accounts only those that are asked for. */
export async function stagedOrganization(
  client: ClientBase,
  runId: number,
  accountIds: readonly string[],
): Promise<readonly SnapshotLine[]> {
  const { rows } = await client.query<{ readonly body: string }>(STAGED_ORGANIZATION, [runId, accountIds]);
  const bodies = rows.map(({ body }) => body);
  const hashes = Array.from(new Set(bodies.flatMap(referencesIn)), (hash) => Buffer.from(hash, 'hex'));
  const documents = await client.query<{ readonly sha256: string; readonly body: string }>(STAGED_DOCUMENTS, [
    runId,
    hashes,
  ]);
  const library = new Map(documents.rows.map(({ sha256, body }) => [sha256, body]));
  return bodies.map((body) => lineOf(body, library));
}
