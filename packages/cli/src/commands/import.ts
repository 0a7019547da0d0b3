import { Command } from 'commander';
import { type SnapshotStream } from '@denyscope/inventory';
import { codeOf } from '../error-code.ts';
import { CommandError, STATUS } from '../failure.ts';
import { type Input, openInput } from '../input.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { showProgress } from '../progress.ts';
import { renderImported } from '../render/imported.ts';
import { type Imported, listed } from '../scan-record.ts';
import { type Session } from '../session.ts';
import { withStore } from '../store.ts';

const HELP = `
The file is a snapshot in the format denyscope/1: NDJSON, or gzip of it. It is kept whole or not at all.

Examples:
  denyscope import snapshot.ndjson.gz
  zcat snapshot.ndjson.gz | denyscope import -`;

/** `denyscope import FILE`: keeps a snapshot as a new scan. */
export function importCommand(run: Runner): Command {
  return new Command('import')
    .description('keep a snapshot as a new scan, which then answers')
    .argument('<file>', 'the snapshot, or - for standard input')
    .addHelpText('after', HELP)
    .action((file: string, _options: unknown, command: Command) =>
      run(command, async (session) => {
        const input = await openInput(file, session.terminal);
        await print(session, await importFrom(session, input), renderImported);
        return STATUS.done;
      }),
    );
}

async function importFrom(session: Session, input: Input): Promise<Imported> {
  const progress = showProgress(session.terminal, input);
  try {
    // The first line before the store: a file that is no snapshot needs no database.
    const snapshot = await inFile(input, () => readFrom(progress.chunks));
    return await withStore(session, async (store) => {
      const options = { onProgress: progress.lines };
      const record = await inFile(input, () =>
        store.importSnapshot(snapshot.header, snapshot.lines, options),
      );
      progress.stop();
      return { ...listed(record), notes: snapshot.notes() };
    });
  } finally {
    progress.stop();
  }
}

async function readFrom(chunks: AsyncIterable<Uint8Array>): Promise<SnapshotStream> {
  const { readSnapshot } = await import('@denyscope/inventory');
  return readSnapshot(chunks);
}

/** A fault of the content is one of this file. */
async function inFile<T>({ name }: Input, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isContent =
      error instanceof Error && (error.name === 'SnapshotError' || codeOf(error) === 'duplicate-resource');
    if (!isContent) throw error;
    throw new CommandError(`${name}: ${error.message}: nothing was imported`, { cause: error });
  }
}
