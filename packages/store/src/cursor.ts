import { type ClientBase, type QueryResultRow } from 'pg';
import { type Borrowed, type Sessions } from './sessions.ts';

/** A query that is too large to be held. */
export interface CursorRead<Row, T> {
  /** Declares the cursor, in a transaction that has begun: one view of the database, whatever is written meanwhile. */
  readonly open: (client: ClientBase) => Promise<void>;
  /** Fetches the next rows. */
  readonly fetch: string;
  /** Makes a reader of rows, which may ask the database more. */
  readonly reader: (client: ClientBase) => (rows: readonly Row[]) => Promise<readonly T[]>;
}

/** Reads by a cursor, a few rows at a time. It holds one connection until its end, or until the loop is left. */
export async function* readCursor<Row extends QueryResultRow, T>(
  sessions: Sessions,
  { open, fetch, reader }: CursorRead<Row, T>,
): AsyncGenerator<T, void> {
  const loan = await sessions.borrow();
  let failed = false;
  try {
    await loan.client.query('begin isolation level repeatable read read only');
    await open(loan.client);
    const read = reader(loan.client);
    for (;;) {
      const { rows } = await loan.client.query<Row>(fetch);
      if (rows.length === 0) return;
      yield* await read(rows);
    }
  } catch (error) {
    failed = true;
    throw sessions.inWords(error);
  } finally {
    await giveBack(loan, failed);
  }
}

/** The transaction only read: there is nothing to keep. */
async function giveBack({ client, giveBack: back }: Borrowed, failed: boolean): Promise<void> {
  const isClean = !failed && (await client.query('rollback').then(Boolean, () => false));
  back(!isClean);
}
