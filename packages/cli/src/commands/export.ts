import { Command } from 'commander';
import { type StoredSnapshot } from '@denyscope/store';
import { STATUS } from '../failure.ts';
import { writeSnapshotFile } from '../export-file.ts';
import { type Lifetime, withLifetime } from '../lifetime.ts';
import { AS_OF_HELP, asOfOption, scanOption } from '../options.ts';
import { type Runner } from '../runner.ts';
import { type ScanChoice, recordOf } from '../scan.ts';
import { type Session, notice } from '../session.ts';
import { holdStore, isUntouched, noScan } from '../store.ts';

const HELP = `
The snapshot is in canonical form: two scans with the same facts give the same text, times aside.
A file appears only when it is complete; a name that ends in .gz is packed.
${AS_OF_HELP}

Examples:
  denyscope export snapshot.ndjson.gz
  denyscope export --scan 3 | jq -r 'select(.kind == "bucket") | .data.Name'`;

/** `denyscope export [FILE]`: writes the facts of a scan as a snapshot. */
export function exportCommand(run: Runner): Command {
  return new Command('export')
    .description('write the facts of a scan as a snapshot')
    .argument('[file]', 'where to; standard output when it is not given or -', '-')
    .addOption(scanOption())
    .addOption(asOfOption())
    .addHelpText('after', HELP)
    .action((file: string, choice: ScanChoice, command: Command) =>
      run(command, async (session) => {
        if (isUntouched(session)) throw noScan(session);
        await withLifetime(session, { endsBySignal: false }, (lifetime) =>
          exportTo(session, { file, choice }, lifetime),
        );
        return STATUS.done;
      }),
    );
}

interface Wanted {
  readonly file: string;
  readonly choice: ScanChoice;
}

async function exportTo(session: Session, { file, choice }: Wanted, lifetime: Lifetime): Promise<void> {
  const store = await holdStore(session, lifetime);
  const record = await recordOf(session, store, choice);
  const text = textOf(await store.readScan(record.id));
  if (file === '-') {
    for await (const part of text) await session.terminal.out(part);
    return;
  }
  const written = await writeSnapshotFile(file, text, lifetime);
  const size = written.bytes === undefined ? '' : `: ${written.bytes} bytes`;
  notice(session, `scan ${record.id} is in \`${file}\`${size}`);
}

const PART = 64 * 1024;

/** The canonical form, in parts of a size that is worth a write. The store gives the lines in order. */
async function* textOf({ header, lines }: StoredSnapshot): AsyncGenerator<string> {
  const { canonicalLine } = await import('@denyscope/inventory');
  let part = `${canonicalLine(header)}\n`;
  for await (const line of lines) {
    part += `${canonicalLine(line)}\n`;
    if (part.length < PART) continue;
    yield part;
    part = '';
  }
  if (part !== '') yield part;
}
