import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { type SnapshotLine, snapshotLineId } from '@denyscope/model';
import { type ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { factTextOf } from './fact-text.ts';
import { sortKeyOf } from './sort-key.ts';

/** Rows travel in pieces of about this many characters. */
const PIECE = 128 * 1024;
/** Documents that were just sent are not sent again; the memory for that is bounded. */
const REMEMBERED = 20_000;

/** Where lines go, and who hears of them. */
export interface Staging {
  /** The COPY statement. */
  readonly copy: string;
  /** Values of the columns before the line's own. */
  readonly columns?: readonly string[] | undefined;
  readonly onProgress?: ((lines: number) => void) | undefined;
}

/** Copies the lines, and the documents in them, into a staging table; gives the number of lines. */
export async function stage(
  client: ClientBase,
  lines: AsyncIterable<SnapshotLine>,
  staging: Staging,
): Promise<number> {
  const progress = { lines: 0 };
  await pipeline(
    Readable.from(pieces(lines, progress, staging), { objectMode: true, highWaterMark: 2 }),
    client.query(copyFrom(staging.copy)),
  );
  staging.onProgress?.(progress.lines);
  return progress.lines;
}

async function* pieces(
  lines: AsyncIterable<SnapshotLine>,
  progress: { lines: number },
  { columns = [], onProgress }: Staging,
): AsyncGenerator<string> {
  const sent = new Set<string>();
  const prefix = columns.map((value) => `${readable(value)}\t`).join('');
  let piece = '';
  for await (const line of lines) {
    progress.lines += 1;
    for (const row of rowsOf(line, progress.lines, sent)) piece += `${prefix}${row}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    // Lines that are all in memory would never let the event loop turn, and hear of no lost connection.
    await turn();
    piece = '';
    onProgress?.(progress.lines);
    if (sent.size > REMEMBERED) sent.clear();
  }
  yield piece;
}

function rowsOf(line: SnapshotLine, number: number, sent: Set<string>): readonly string[] {
  const { body, contentHash, documents } = factTextOf(line);
  const rows: string[] = [];
  for (const document of documents) {
    if (sent.has(document.sha256)) continue;
    sent.add(document.sha256);
    rows.push(`\\N\t\\N\t\\N\t\\N\t\\N\t\\N\t${bytes(document.sha256)}\t${escaped(document.body)}`);
  }
  const names = [line.kind, line.accountId ?? '', line.region ?? '', snapshotLineId(line)]
    .map(readable)
    .join('\t');
  const key = bytes(sortKeyOf(line).toString('hex'));
  rows.push(`${number}\t${key}\t${names}\t${bytes(contentHash)}\t${escaped(body)}`);
  return rows;
}

/** Bytes in the text format of COPY, in which a backslash is written twice. */
function bytes(hex: string): string {
  return `\\\\x${hex}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string): string {
  return text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character] ?? character);
}

/** What Postgres text can hold of a name; identity and order go by the sort key. */
function readable(name: string): string {
  return escaped(name.toWellFormed().replaceAll('\0', '\uFFFD'));
}
