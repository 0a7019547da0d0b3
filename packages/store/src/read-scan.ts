import { type SnapshotLine } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { lineOf, referencesIn } from './fact-text.ts';
import { type Borrowed, type Sessions } from './sessions.ts';
import { DOCUMENTS, FACT_CURSOR, FETCH_FACTS } from './sql/scan-sql.ts';

/** Documents that were just read are not fetched again; the memory for that is bounded. */
const REMEMBERED = 20_000_000;

/** The lines of a scan, in canonical order. Each loop over them reads anew. */
export function linesOf(sessions: Sessions, id: number): AsyncIterable<SnapshotLine> {
  return { [Symbol.asyncIterator]: () => read(sessions, id) };
}

async function* read(sessions: Sessions, id: number): AsyncGenerator<SnapshotLine> {
  const loan = await sessions.borrow();
  let done = false;
  try {
    await open(loan.client, id);
    const library = documentLibrary(loan.client);
    for (let bodies = await next(loan); bodies.length > 0; bodies = await next(loan)) {
      const documents = await library(bodies);
      for (const body of bodies) yield lineOf(body, documents);
    }
    await loan.client.query('commit');
    done = true;
  } catch (error) {
    throw sessions.inWords(error);
  } finally {
    // A loop that was left midway leaves a transaction open; ending the connection ends it.
    loan.giveBack(!done);
  }
}

/** One view of the database for the whole reading, whatever is imported meanwhile. */
async function open(client: ClientBase, id: number): Promise<void> {
  await client.query('begin isolation level repeatable read read only');
  // DECLARE takes no parameters.
  await client.query(FACT_CURSOR.replaceAll('$1', String(Math.trunc(id))));
}

async function next(loan: Borrowed): Promise<readonly string[]> {
  const { rows } = await loan.client.query<{ readonly body: string }>(FETCH_FACTS);
  return rows.map(({ body }) => body);
}

/** Looks up the documents that bodies refer to; many refer to the same. */
function documentLibrary(
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
