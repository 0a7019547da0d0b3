import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { codeOf } from './error-code.ts';
import { CommandError } from './failure.ts';
import { type Lifetime } from './lifetime.ts';

/** What was written. */
export interface ExportFile {
  /** Undefined for what is no file. */
  readonly bytes: number | undefined;
}

/**
 * Writes text to a file, packed where its name ends in `.gz`. It is written beside its place and moved there when it is
 * whole, so that a reader never sees half of it and an older one stays until then.
 *
 * @throws CommandError
 */
export async function writeSnapshotFile(
  file: string,
  text: AsyncIterable<string>,
  lifetime: Lifetime,
): Promise<ExportFile> {
  try {
    // Something that is no file, such as /dev/null or a pipe, must stay what it is.
    if (await isSpecial(file)) {
      await pipeline(Readable.from(text, { objectMode: false }), createWriteStream(file));
      return { bytes: undefined };
    }
    const draft = join(dirname(file), `.${basename(file)}.${process.pid}.part`);
    await lifetime.hold(Promise.resolve({ close: () => rm(draft, { force: true }) }));
    await write(draft, text, file.endsWith('.gz'));
    const { size } = await stat(draft);
    await rename(draft, file);
    return { bytes: size };
  } catch (error) {
    throw writingFault(file, error);
  }
}

async function write(file: string, text: AsyncIterable<string>, packed: boolean): Promise<void> {
  const source = Readable.from(text, { objectMode: false });
  const target = createWriteStream(file, { flush: true });
  await (packed ? pipeline(source, createGzip(), target) : pipeline(source, target));
}

async function isSpecial(file: string): Promise<boolean> {
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) throw new CommandError(`\`${file}\` is a folder: name a file in it`);
    return !facts.isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  EACCES: 'the folder may not be written',
  ENOSPC: 'the disk is full',
  EROFS: 'the folder may not be written',
};

function writingFault(file: string, error: unknown): unknown {
  const code = codeOf(error);
  const isSystems = typeof error === 'object' && error !== null && 'syscall' in error;
  if (code === undefined || !isSystems) return error;
  return new CommandError(`cannot write \`${file}\`: ${REASONS[code] ?? code}`, { cause: error });
}
