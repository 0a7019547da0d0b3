import { canonicalJson, type SnapshotHeader, type SnapshotLine } from '@denyscope/model';
import { sortSnapshot } from './canonical-order.ts';

/** One line of the canonical form, without its line break: keys sorted, arrays and texts as received. */
export function canonicalLine(line: SnapshotHeader | SnapshotLine): string {
  return canonicalJson(line);
}

/**
 * The text of a snapshot in canonical form, a line at a time, each with its line break (formats.md section 1):
 * the first line, then the others by kind, account, Region and id. A caller that streams lines which come sorted
 * writes `canonicalLine` of each instead.
 */
export function* writeSnapshot(
  header: SnapshotHeader,
  lines: Iterable<SnapshotLine>,
): Generator<string, void> {
  yield `${canonicalLine(header)}\n`;
  for (const line of sortSnapshot(lines)) yield `${canonicalLine(line)}\n`;
}

/** A snapshot, as far as equality looks. */
interface Content {
  readonly header: SnapshotHeader;
  readonly lines: Iterable<SnapshotLine>;
}

/**
 * Are the canonical forms of two snapshots equal, times aside (formats.md section 1)? Set aside are `takenAt` of the
 * first line, and `fetchedAt` at the top of any line or of its data; deeper down, AWS owns the names. All else
 * counts: `source`, `collected`, unknown kinds and fields, and the order within arrays.
 */
export function snapshotsEqual(a: Content, b: Content): boolean {
  const left = timeless(a);
  const right = timeless(b);
  for (;;) {
    const [one, other] = [left.next(), right.next()];
    if (one.done === true || other.done === true) return one.done === other.done;
    if (one.value !== other.value) return false;
  }
}

/** The canonical form with its times set aside, as compared by `snapshotsEqual`. */
function timeless({ header, lines }: Content): Generator<string, void> {
  const { takenAt: _takenAt, fetchedAt: _fetchedAt, ...rest } = header;
  return writeTimeless(canonicalJson(rest), Array.from(lines, withoutTimes));
}

function* writeTimeless(header: string, lines: readonly SnapshotLine[]): Generator<string, void> {
  yield `${header}\n`;
  // Sorted without their times, since what has no id of its own is sorted by its content.
  for (const line of sortSnapshot(lines)) yield `${canonicalLine(line)}\n`;
}

function withoutTimes(line: SnapshotLine): SnapshotLine {
  const { fetchedAt: _line, ...rest } = line;
  const { fetchedAt: _data, ...data } = line.data;
  return { ...rest, data };
}
