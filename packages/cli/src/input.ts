import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { codeOf } from './error-code.ts';
import { CommandError } from './failure.ts';
import { type Terminal } from './terminal.ts';

/** A file to be read, or standard input. */
export interface Input {
  /** For messages. */
  readonly name: string;
  /** Undefined where it is not known how much will come. */
  readonly size: number | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @throws CommandError when there is no such file
 */
export async function openInput(file: string, { stdin }: Terminal): Promise<Input> {
  if (file === '-') return { name: 'standard input', size: undefined, chunks: stdin };
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) throw new CommandError(`\`${file}\` is a folder: expected a file`);
    return { name: file, size: facts.isFile() ? facts.size : undefined, chunks: bytesOf(file) };
  } catch (error) {
    throw readingFault(file, error);
  }
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    const bytes: AsyncIterable<Uint8Array> = createReadStream(file, { highWaterMark: 256 * 1024 });
    yield* bytes;
  } catch (error) {
    throw readingFault(file, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  ENOTDIR: 'there is no such file',
};

function readingFault(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new CommandError(`cannot read \`${file}\`: ${REASONS[code] ?? code}`, { cause: error });
}

/** One line of text, without its line break. The first is 1. */
export interface TextLine {
  readonly number: number;
  readonly text: string;
}

/** The lines of UTF-8 text that are not blank. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<TextLine> {
  let number = 0;
  let rest = '';
  for await (const part of textParts(chunks, () => number)) {
    const lines = `${rest}${part}`.split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) {
      number += 1;
      if (text.trim() !== '') yield { number, text };
    }
  }
  if (rest.trim() !== '') yield { number: number + 1, text: rest };
}

async function* textParts(
  chunks: AsyncIterable<Uint8Array>,
  linesBefore: () => number,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new CommandError(`after line ${linesBefore()}: expected text in UTF-8`, { cause: error });
  }
}

/** More than any policy has, many times over. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * All of a text in UTF-8.
 *
 * @throws CommandError where it is none, or is too long
 */
export async function wholeText({ chunks }: Input): Promise<string> {
  let text = '';
  for await (const part of textParts(chunks, () => text.split('\n').length - 1)) {
    text += part;
    if (text.length > MOST_CHARACTERS) throw new CommandError('the file is longer than any policy');
  }
  return text;
}
