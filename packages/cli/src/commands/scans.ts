import { readScanConfiguration } from '@denyscope/ops';
import { Command } from 'commander';
import { STATUS } from '../failure.ts';
import { numberOption } from '../options.ts';
import { print } from '../output.ts';
import { renderPruned } from '../render/pruned.ts';
import { renderScans } from '../render/scans.ts';
import { type Runner } from '../runner.ts';
import { type PrunedScans, listed } from '../scan-record.ts';
import { type Session } from '../session.ts';
import { isUntouched, withStore } from '../store.ts';

/** `denyscope scans`: what there is to ask, and `denyscope scans prune`: letting go of what is old. */
export function scansCommand(run: Runner): Command {
  return new Command('scans')
    .description('list the scans, the latest first')
    .addHelpText('after', '\nThe last complete one answers; --scan ID of the other commands selects another.')
    .action((_options: unknown, command: Command) =>
      run(command, async (session) => {
        const records = isUntouched(session) ? [] : await withStore(session, (store) => store.scans());
        await print(session, { scans: records.map(listed) }, renderScans);
        return STATUS.done;
      }),
    )
    .addCommand(pruneCommand(run));
}

const HELP = `
Scans that are older than DENYSCOPE_KEEP_DAYS (400) are pruned, but never the last DENYSCOPE_KEEP_SCANS (10). Scans that
stay read as before. Workers do the same whenever a scan is published.

Examples:
  denyscope scans prune --dry-run
  denyscope scans prune --keep-days 90 --keep-scans 30`;

interface PruneFlags {
  readonly keepDays?: number;
  readonly keepScans?: number;
  readonly dryRun?: true;
}

function pruneCommand(run: Runner): Command {
  return new Command('prune')
    .description('let go of old scans, and of what only they need')
    .option('--keep-days <n>', 'keep scans of the last so many days', numberOption(1, 99_999))
    .option('--keep-scans <n>', 'keep the last so many scans, however old', numberOption(1, 99_999))
    .option('--dry-run', 'only say what would go')
    .addHelpText('after', HELP)
    .action((flags: PruneFlags, command: Command) =>
      run(command, async (session) => {
        await print(session, await prune(session, flags), renderPruned);
        return STATUS.done;
      }),
    );
}

async function prune(session: Session, flags: PruneFlags): Promise<PrunedScans> {
  const { retention } = readScanConfiguration(session.terminal.environment);
  const { keepDays = retention.keepDays, keepScans = retention.keepScans, dryRun = false } = flags;
  if (isUntouched(session)) return { dryRun, scans: [], facts: 0, documents: 0 };
  const pruned = await withStore(session, (store) => store.pruneScans({ keepDays, keepScans }, { dryRun }));
  return { dryRun, ...pruned, scans: pruned.scans.map(String) };
}
