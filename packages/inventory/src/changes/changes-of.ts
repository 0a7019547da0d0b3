import type { Change, SnapshotHeader, SnapshotLine } from '@denyscope/model';
import { changeOf, type LinePair } from './change.ts';
import { scanSide } from './sides.ts';

/** A scan that is compared: its first line, and its lines of kind `account` and `coverage` at least. */
export interface ComparedScanLines {
  readonly header: SnapshotHeader;
  readonly lines: Iterable<SnapshotLine>;
}

/** Two scans, and the resources that they tell differently, each once. */
export interface ComparedScans<P extends LinePair> {
  readonly before: ComparedScanLines;
  readonly after: ComparedScanLines;
  readonly pairs: AsyncIterable<P>;
}

/** A change, and the lines that it is told from. */
export interface PairChange<P extends LinePair> {
  readonly change: Change;
  readonly pair: P;
}

/** The changes between two scans, in the order of the pairs. Holds one pair, and what each scan could look at. */
export async function* changesOf<P extends LinePair>({
  before,
  after,
  pairs,
}: ComparedScans<P>): AsyncGenerator<PairChange<P>, void> {
  const sides = {
    before: scanSide(before.header, before.lines),
    after: scanSide(after.header, after.lines),
  };
  for await (const pair of pairs) {
    const change = changeOf(pair, sides);
    if (change !== undefined) yield { change, pair };
  }
}
