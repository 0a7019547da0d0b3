import { Command } from 'commander';
import { STATUS } from '../failure.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { renderScans } from '../render/scans.ts';
import { listed } from '../scan-record.ts';
import { isUntouched, withStore } from '../store.ts';

/** `denyscope scans`: what there is to ask. */
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
    );
}
