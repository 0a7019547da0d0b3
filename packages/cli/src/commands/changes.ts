import { SCAN_POINT_FORMS, SNAPSHOT_KINDS, parseScanPoint, type ScanPoint } from '@denyscope/model';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ChangesQuery, printChanges } from '../changes.ts';
import { STATUS } from '../failure.ts';
import { accountId } from '../options.ts';
import { type Runner } from '../runner.ts';
import { noScan, isUntouched, withStore } from '../store.ts';

const HELP = `
A scan is named by its id; by a day or time, which means the last complete scan taken up to then (a day lasts to its
end in UTC); or by a time before the other scan, such as 12h, 7d or 2w.

Signs: + new, - gone, ~ changed, ? only one of the scans could look there, so that nobody knows what changed.
The order of statements, lists of one value and the encoding of a policy are no change.

Examples:
  denyscope changes                                   since the scan before the last
  denyscope changes --since 7d --account 111122223333
  denyscope changes --since 2026-05-03 --until 2026-05-10 --bucket example-bucket
  denyscope changes --output json | jq -r '.changes[] | [.change, .kind, .id] | @tsv'
  denyscope changes --kind organization-policy --fail-on-change || echo 'somebody changed a guardrail'`;

interface Options extends ChangesQuery {
  readonly failOnChange?: true;
}

/** `denyscope changes`: what differs between two scans. */
export function changesCommand(run: Runner): Command {
  return new Command('changes')
    .description('what changed between two scans, by resource and field, policies statement by statement')
    .option('--since <scan>', 'the earlier scan (default: the one before the later scan)', scanPoint)
    .option('--until <scan>', 'the later scan (default: the last complete one)', scanPoint)
    .addOption(new Option('--bucket <name>', 'one bucket').conflicts('kind'))
    .option('--account <id>', 'what belongs to one account', accountId)
    .addOption(new Option('--kind <kind>', 'resources of one kind').choices(Object.keys(SNAPSHOT_KINDS)))
    .option('--fail-on-change', 'end with 3 where anything is told')
    .addHelpText('after', HELP)
    .action(({ failOnChange, ...query }: Options, command: Command) =>
      run(command, async (session) => {
        if (isUntouched(session)) throw noScan(session);
        const told = await withStore(session, (store) => printChanges(session, store, query));
        return failOnChange === true && told > 0 ? STATUS.failOn : STATUS.done;
      }),
    );
}

function scanPoint(text: string): ScanPoint {
  const point = parseScanPoint(text);
  if (point !== undefined) return point;
  throw new InvalidArgumentError(`expected ${SCAN_POINT_FORMS}`);
}
