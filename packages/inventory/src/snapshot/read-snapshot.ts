import type { SnapshotHeader, SnapshotLine } from '@denyscope/model';
import { lineChecker, type LineChecker } from './line-checker.ts';
import type { SnapshotNote } from './notes.ts';
import { checkValue, parseText } from './parse-text.ts';
import { SnapshotError } from './snapshot-error.ts';
import { textLines, type TextLine } from './text-lines.ts';

/** A snapshot held whole. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly lines: readonly SnapshotLine[];
  readonly notes: readonly SnapshotNote[];
}

/** A snapshot read line by line. */
export interface SnapshotStream {
  readonly header: SnapshotHeader;
  /** The lines after the first, once, in the order of the file. Throws a SnapshotError at the first fault. */
  readonly lines: AsyncIterable<SnapshotLine>;
  /** What was kept and not read so far; complete when `lines` is at its end. */
  readonly notes: () => readonly SnapshotNote[];
}

/**
 * Reads a snapshot, NDJSON or gzip of it, in chunks of any size (formats.md section 1). Resolves when the first line
 * is read. Every fault of the content is a SnapshotError that names the line, the place in it and what belongs
 * there; a fault of the source itself passes through. Holds one line, and the id of each resource.
 */
export async function readSnapshot(chunks: AsyncIterable<Uint8Array>): Promise<SnapshotStream> {
  const texts = textLines(chunks);
  const checker = lineChecker();
  try {
    const first = await texts.next();
    if (first.done === true) throw nothingThere();
    const header = checker.header(first.value.number, parseText(first.value));
    return { header, lines: checkedLines(texts, checker), notes: checker.notes };
  } catch (error) {
    await texts.return();
    throw error;
  }
}

async function* checkedLines(
  texts: AsyncIterable<TextLine>,
  checker: LineChecker,
): AsyncGenerator<SnapshotLine, void> {
  for await (const text of texts) yield checker.line(text.number, parseText(text));
}

/** Reads a whole snapshot into memory, by the rules of `readSnapshot`. */
export async function loadSnapshot(chunks: AsyncIterable<Uint8Array>): Promise<Snapshot> {
  const stream = await readSnapshot(chunks);
  const lines: SnapshotLine[] = [];
  for await (const line of stream.lines) lines.push(line);
  return { header: stream.header, lines, notes: stream.notes() };
}

/** Checks a snapshot that is already JSON, as in a world case: the first value is the first line, and so on. */
export function parseSnapshot(values: readonly unknown[]): Snapshot {
  const checker = lineChecker();
  const [first, ...rest] = values;
  if (first === undefined) throw nothingThere();
  checkValue(first, 1);
  const header = checker.header(1, first);
  const lines = rest.map((value, index) => {
    checkValue(value, index + 2);
    return checker.line(index + 2, value);
  });
  return { header, lines, notes: checker.notes() };
}

function nothingThere(): SnapshotError {
  return new SnapshotError({
    code: 'empty',
    line: 1,
    expected: 'expected a `snapshot` line, received nothing',
  });
}
