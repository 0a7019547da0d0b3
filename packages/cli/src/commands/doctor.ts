import { Command } from 'commander';
import { type Checked } from '../doctor/checked.ts';
import { type DoctorOptions } from '../doctor/examinations.ts';
import { STATUS } from '../failure.ts';
import { type Lifetime, withLifetime } from '../lifetime.ts';
import { listOption } from '../options.ts';
import { renderChecked, renderSummary } from '../render/doctor.ts';
import { styleOf } from '../render/style.ts';
import { type GlobalOptions } from '../session.ts';
import { type Terminal } from '../terminal.ts';
import { isAccount } from './scan.ts';

const HELP = `
It looks at Node, the environment, the database and its schema, the queue and the schedule, the credentials, the
organization, the role in up to five accounts (the management account among them), a call of each service in one of
these, and the scans. Of each it says what is wrong and what to do.

Nothing is changed: not in AWS, and not in the database, not even its schema. An embedded database that does not run
is started for the moment. No secret is printed.

Exit status: 1 where something failed, 0 otherwise, warnings or not.

Examples:
  denyscope doctor
  denyscope doctor --all --output json`;

/** Runs the command without a session: a wrong environment is one of the things to tell about. */
export type Bare = (
  command: Command,
  body: (terminal: Terminal, options: GlobalOptions) => Promise<number>,
) => Promise<void>;

/** `denyscope doctor`: what is wrong with this installation, and what to do. */
export function doctorCommand(run: Bare): Command {
  return new Command('doctor')
    .description('check credentials, roles, database and queue, and say what to do')
    .option(
      '--role-name <name>',
      'the role to enter in accounts (default: DENYSCOPE_ROLE_NAME, or DenyscopeScanner)',
    )
    .option('--external-id <id>', 'what its trust policy asks for (default: DENYSCOPE_EXTERNAL_ID)')
    .option('--accounts <ids>', 'enter these accounts', listOption('account ids', isAccount))
    .option('--all', 'enter every active account')
    .addHelpText('after', HELP)
    .action((options: DoctorOptions, command: Command) =>
      run(command, (terminal, global) => examine(terminal, global, options)),
    );
}

async function examine(terminal: Terminal, global: GlobalOptions, options: DoctorOptions): Promise<number> {
  const { examinations, examineEnvironment } = await import('../doctor/examinations.ts');
  const report = reporting(terminal, global);
  const { checked, settings } = examineEnvironment(terminal, global);
  for (const each of checked) await report.add(each);
  if (settings !== undefined) {
    await withLifetime(settings.session, { endsBySignal: false }, async (lifetime: Lifetime) => {
      for await (const each of examinations(settings, options, lifetime)) await report.add(each);
    });
  }
  return report.end();
}

interface Report {
  readonly add: (checked: Checked) => Promise<void>;
  readonly end: () => Promise<number>;
}

/** People read it as it comes, programs at the end. */
function reporting(terminal: Terminal, { output }: GlobalOptions): Report {
  const checks: Checked[] = [];
  const style = styleOf(terminal);
  return {
    add: async (checked) => {
      checks.push(checked);
      if (output === 'table') await terminal.out(`${renderChecked(checked, style)}\n`);
    },
    end: async () => {
      const text = output === 'table' ? `\n${renderSummary(checks)}` : JSON.stringify({ checks });
      await terminal.out(`${text}\n`);
      return checks.some(({ outcome }) => outcome === 'failed') ? STATUS.failed : STATUS.done;
    },
  };
}
