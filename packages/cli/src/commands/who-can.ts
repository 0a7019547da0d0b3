import { ACCESS_LEVELS, type AccessLevel, type WhoCanAnswer } from '@denyscope/model';
import { Command, Option } from 'commander';
import { STATUS } from '../failure.ts';
import { AS_OF_HELP, asOfOption, numberOption, scanOption } from '../options.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { problemError } from '../question-problem.ts';
import { renderWhoCan } from '../render/who-can.ts';
import { type Scan, type ScanChoice, withScan } from '../scan.ts';

const HELP = `
A row is a principal and an action: allowed, conditional (with the condition), or unknown, where something that
the verdict needs could not be read. Holding an access level is holding any of its actions:
${Object.entries(ACCESS_LEVELS)
  .map(([level, actions]) => `  ${level.padEnd(12)} ${actions.join(', ')}`)
  .join('\n')}
${AS_OF_HELP}

Examples:
  denyscope who-can example-bucket
  denyscope who-can example-bucket --access write
  denyscope who-can example-bucket --as-of 2026-05-03
  denyscope who-can example-bucket --action s3:GetObject --output json | jq -r '.principals[].principal'`;

interface WhoCanOptions extends ScanChoice {
  readonly access?: AccessLevel;
  readonly action?: string;
  readonly limit?: number;
}

/** `denyscope who-can BUCKET`: who can reach a bucket. */
export function whoCanCommand(run: Runner): Command {
  return new Command('who-can')
    .description('who can read a bucket, or reach it in another way')
    .argument('<bucket>', 'the name of the bucket')
    .addOption(
      new Option('--access <level>', 'an access level (default: read)')
        .choices(Object.keys(ACCESS_LEVELS))
        .conflicts('action'),
    )
    .option('--action <action>', 'one action instead of a level, as in s3:GetObject')
    .option('--limit <rows>', 'at most so many rows', numberOption(1))
    .addOption(scanOption())
    .addOption(asOfOption())
    .addHelpText('after', HELP)
    .action((bucket: string, { scan, asOf, ...query }: WhoCanOptions, command: Command) =>
      run(command, async (session) => {
        const answer = await withScan(session, { scan, asOf }, (loaded) => ask(loaded, { bucket, ...query }));
        await print(session, answer, renderWhoCan);
        return STATUS.done;
      }),
    );
}

interface Query extends Omit<WhoCanOptions, keyof ScanChoice> {
  readonly bucket: string;
}

async function ask({ compiled, ref }: Scan, query: Query): Promise<WhoCanAnswer> {
  const { whoCan } = await import('@denyscope/matrix');
  const answer = whoCan(compiled, query, ref);
  if (answer.ok) return answer.answer;
  throw problemError(answer.problem);
}
