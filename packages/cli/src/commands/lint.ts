import { type LintOptions, type LintType } from '@denyscope/engine';
import { Command, Option } from 'commander';
import { STATUS } from '../failure.ts';
import { openInput, wholeText } from '../input.ts';
import { type Linted, holds } from '../linted.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { renderLinted } from '../render/linted.ts';
import { type Session } from '../session.ts';

const HELP = `
The file is one policy: JSON, or JSON with percent-encoding, as IAM returns it. Nothing of it leaves this machine, and
no scan is needed. What is not told is not guessed: with --owner, --endpoint, --bucket and --partition more can be said.

  error     AWS refuses it, or it can never do what it says
  warning   it is hardly what was meant
  info      good to know

Examples:
  denyscope lint policy.json --type bucket --bucket example-bucket
  denyscope lint scp.json --type scp --fail-on warning
  aws kms get-key-policy --key-id KEY --output text | denyscope lint - --type key --output json

Exit status: 0 whatever is found; with --fail-on 3 where an issue of that severity, or of a higher one, was found.`;

const TYPES: readonly LintType[] = [
  'identity',
  'resource',
  'bucket',
  'key',
  'trust',
  'endpoint',
  'scp',
  'rcp',
  'boundary',
];

interface Options extends LintOptions {
  readonly failOn?: 'error' | 'warning';
}

/** `denyscope lint FILE`: what is wrong, or odd, in a policy document. */
export function lintCommand(run: Runner): Command {
  return new Command('lint')
    .description('what is wrong, or odd, in a policy document')
    .argument('<file>', 'the policy, or - for standard input')
    .addOption(new Option('--type <type>', 'what the policy is for').choices(TYPES).makeOptionMandatory())
    .addOption(
      new Option('--owner <kind>', 'whose identity policy it is; aws for managed policies of AWS').choices([
        'user',
        'role',
        'group',
        'aws',
      ]),
    )
    .addOption(
      new Option('--endpoint <kind>', 'the type of the VPC endpoint').choices(['gateway', 'interface']),
    )
    .option('--bucket <name>', 'the bucket whose policy it is')
    .option('--partition <name>', "the account's partition: aws, aws-cn, aws-us-gov")
    .addOption(
      new Option('--fail-on <severity>', 'end with 3 where such an issue is found').choices([
        'error',
        'warning',
      ]),
    )
    .addHelpText('after', HELP)
    .action((file: string, options: Options, command: Command) =>
      run(command, (session) => lint(session, file, options)),
    );
}

async function lint(session: Session, file: string, { failOn, ...options }: Options): Promise<number> {
  const input = await openInput(file, session.terminal);
  const text = await wholeText(input);
  const { lintPolicy } = await import('@denyscope/engine');
  const linted: Linted = { file: input.name, type: options.type, issues: lintPolicy(text, options) };
  await print(session, linted, renderLinted);
  return failOn !== undefined && holds(linted, failOn) ? STATUS.failOn : STATUS.done;
}
