import { type SnapshotLine } from '@denyscope/model';

/**
 * All lines of an account, before the first is staged: a transaction that lasted as long as AWS takes to answer would
 * hold a connection, and keep the database from cleaning up.
 */
export async function gathered(lines: AsyncIterable<SnapshotLine>): Promise<readonly SnapshotLine[]> {
  const all: SnapshotLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

/** Lines as the store takes them. They can be read more than once, as staging is tried again. */
export function streamed(lines: readonly SnapshotLine[]): AsyncIterable<SnapshotLine> {
  return {
    async *[Symbol.asyncIterator]() {
      yield* lines;
    },
  };
}
