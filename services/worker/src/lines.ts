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

export async function* streamed(lines: readonly SnapshotLine[]): AsyncGenerator<SnapshotLine> {
  yield* lines;
}
