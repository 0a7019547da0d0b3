import { type CoverageAnswer } from '@denyscope/model';
import { type ScanRecord, type Store } from '@denyscope/store';
import { Command } from 'commander';
import { STATUS } from '../failure.ts';
import { AS_OF_HELP, accountId, asOfOption, scanOption } from '../options.ts';
import { print } from '../output.ts';
import { problemError } from '../question-problem.ts';
import { renderCoverage } from '../render/coverage-ledger.ts';
import { type Runner } from '../runner.ts';
import { type ScanChoice, recordOf, refOf } from '../scan.ts';
import { type Session } from '../session.ts';
import { isUntouched, noScan, withStore } from '../store.ts';

const HELP = `
The number of an account is the mean over what its listings open up (buckets, keys, principals, access points, …),
each of which weighs the same: the part of its Regions that were listed, times the part of what was asked of all that
was listed that AWS answered. It is 0 where the account was not entered, and 100 % only where nothing is missing.
What could not be read leaves the verdicts that need it unknown.
${AS_OF_HELP}

Examples:
  denyscope coverage
  denyscope coverage --account 111122223333
  denyscope coverage --output json | jq '.accounts[] | select(.coverage < 1)'`;

interface Options extends ScanChoice {
  readonly account?: string;
}

/** `denyscope coverage`: what a scan could read of each account, and what it could not. */
export function coverageCommand(run: Runner): Command {
  return new Command('coverage')
    .description('what a scan could read of each account, what it could not, and what locked it out')
    .option('--account <id>', 'one account, with every read of it', accountId)
    .addOption(scanOption())
    .addOption(asOfOption())
    .addHelpText('after', HELP)
    .action((options: Options, command: Command) =>
      run(command, async (session) => {
        await print(session, await answerTo(session, options), renderCoverage);
        return STATUS.done;
      }),
    );
}

async function answerTo(session: Session, { account, ...choice }: Options): Promise<CoverageAnswer> {
  if (isUntouched(session)) throw noScan(session);
  return withStore(session, async (store) => ask(store, await recordOf(session, store, choice), account));
}

/** One pass over the lines, which are not kept. */
async function ask(store: Store, record: ScanRecord, account: string | undefined): Promise<CoverageAnswer> {
  const { coveragePage, openLedger } = await import('@denyscope/inventory');
  const { header, lines } = await store.readScan(record.id);
  const ledger = openLedger(header);
  for await (const line of lines) ledger.add(line);
  const page = coveragePage(ledger.close(), { account }, refOf(record));
  if (page.ok) return page.answer;
  throw problemError(page.problem);
}
