import { type SnapshotLine } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { readCursor } from './cursor.ts';
import { lineOf, referencesIn } from './fact-text.ts';
import { noSuchScan } from './scans.ts';
import { type Sessions } from './sessions.ts';
import { DOCUMENTS, FACT_CURSOR, FETCH_FACTS, HEADER } from './sql/scan-sql.ts';

/** Documents that were just read are not fetched again; the memory for that is bounded. */
const REMEMBERED = 5_000_000;

interface FactRow {
  readonly body: string;
}

/** The lines of a scan, in canonical order. Each loop over them reads anew. */
export function linesOf(sessions: Sessions, id: number): AsyncIterable<SnapshotLine> {
  const reading = { open: (client: ClientBase) => open(client, id), fetch: FETCH_FACTS, reader: lineReader };
  return { [Symbol.asyncIterator]: () => readCursor<FactRow, SnapshotLine>(sessions, reading) };
}

async function open(client: ClientBase, id: number): Promise<void> {
  // A scan that was pruned since has some of its facts still.
  if ((await client.query(HEADER, [id])).rows.length === 0) throw noSuchScan(id);
  // DECLARE takes no parameters.
  await client.query(FACT_CURSOR.replaceAll('$1', String(Math.trunc(id))));
}

/** Makes lines of stored facts, with their documents back in place. */
export function lineReader(
  client: ClientBase,
): (rows: readonly FactRow[]) => Promise<readonly SnapshotLine[]> {
  const library = documentLibrary(client);
  return async (rows) => {
    const bodies = rows.map(({ body }) => body);
    const documents = await library(bodies);
    return bodies.map((body) => lineOf(body, documents));
  };
}

/** Looks up the documents that bodies refer to; many refer to the same. */
export function documentLibrary(
  client: ClientBase,
): (bodies: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  let size = 0;
  return async (bodies) => {
    if (size > REMEMBERED) {
      known.clear();
      size = 0;
    }
    const wanted = new Set(bodies.flatMap(referencesIn));
    const missing = [...wanted].filter((hash) => !known.has(hash)).map((hash) => Buffer.from(hash, 'hex'));
    if (missing.length === 0) return known;
    const { rows } = await client.query<{ readonly sha256: string; readonly body: string }>(DOCUMENTS, [
      missing,
    ]);
    for (const { sha256, body } of rows) {
      known.set(sha256, body);
      size += body.length;
    }
    return known;
  };
}
