import { isUtf8 } from 'node:buffer';
import { gzipFaultCode, plainChunks } from './plain-chunks.ts';
import { SnapshotError } from './snapshot-error.ts';

/** One line of text that is not blank. */
export interface TextLine {
  /** The first line is 1; blank lines count. */
  readonly number: number;
  readonly text: string;
  /** A line break follows; without one, the line may be cut short. */
  readonly isWhole: boolean;
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/** A line of 50,000 key grants has about 25 MB; what is longer than this is no snapshot, and no string holds it. */
const LONGEST_LINE = 256 * 1024 * 1024;

/**
 * Cuts bytes, plain or gzip, into lines of text. Lines are cut before they are decoded, so that wherever the chunks
 * end, a character is never torn and a fault names its line. Holds one line at a time.
 */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine, void> {
  let open: Uint8Array[] = [];
  let size = 0;
  let number = 1;
  try {
    for await (const chunk of plainChunks(chunks)) {
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
        yield* decoded([...open, chunk.subarray(start, end)], number, true);
        [open, size, number, start] = [[], 0, number + 1, end + 1];
      }
      size += chunk.length - start;
      if (size > LONGEST_LINE) throw tooLong(number);
      open.push(chunk.subarray(start));
    }
  } catch (error) {
    throw gzipFault(error, number) ?? error;
  }
  yield* decoded(open, number, false);
}

function* decoded(
  pieces: readonly Uint8Array[],
  number: number,
  isWhole: boolean,
): Generator<TextLine, void> {
  const bytes = Buffer.concat(pieces);
  if (bytes.length > LONGEST_LINE) throw tooLong(number);
  if (!isUtf8(bytes)) {
    throw new SnapshotError({
      code: 'encoding',
      line: number,
      expected: 'expected UTF-8 text, received other bytes',
    });
  }
  const text = bytes.toString('utf8');
  const unmarked = number === 1 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  if (unmarked.trim() !== '') yield { number, text: unmarked, isWhole };
}

function tooLong(line: number): SnapshotError {
  return new SnapshotError({ code: 'too-long', line, expected: 'expected a line of at most 256 MiB' });
}

function gzipFault(error: unknown, line: number): SnapshotError | undefined {
  const code = gzipFaultCode(error);
  if (code === undefined) return undefined;
  const received = code === 'Z_BUF_ERROR' ? 'one that is cut short' : 'damaged data';
  return new SnapshotError(
    { code: 'gzip', line, expected: `expected a gzip file, received ${received}` },
    error,
  );
}
