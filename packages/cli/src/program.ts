import { Command, Option } from 'commander';
import { changesCommand } from './commands/changes.ts';
import { coverageCommand } from './commands/coverage.ts';
import { demoCommand } from './commands/demo.ts';
import { type Bare, doctorCommand } from './commands/doctor.ts';
import { explainCommand } from './commands/explain.ts';
import { exportCommand } from './commands/export.ts';
import { importCommand } from './commands/import.ts';
import { lintCommand } from './commands/lint.ts';
import { scanCommand } from './commands/scan.ts';
import { scansCommand } from './commands/scans.ts';
import { serveCommand } from './commands/serve.ts';
import { whoCanCommand } from './commands/who-can.ts';
import { type Runner } from './runner.ts';
import { type GlobalOptions, openSession } from './session.ts';
import { type Terminal } from './terminal.ts';
import { readVersion } from './version.ts';

const HELP = `
Examples:
  denyscope demo                                      a made-up organization, to look around in
  denyscope scan                                      your own, as AWS tells it now
  denyscope import snapshot.ndjson.gz                 one that somebody exported
  denyscope who-can example-bucket --access write
  denyscope explain --principal arn:aws:iam::111122223333:role/etl \\
      --action s3:GetObject --resource 'arn:aws:s3:::example-bucket/*'
  denyscope changes --since 7d                        what is different from a week ago
  denyscope lint policy.json --type bucket

Exit status: 0 done, 1 failed, 2 wrong usage, 3 --fail-on was met.
Environment: DATABASE_URL (a PostgreSQL server instead of the embedded one), DENYSCOPE_DATA_DIR,
REDIS_URL, DENYSCOPE_HOST, DENYSCOPE_PORT, DENYSCOPE_API_TOKEN, LOG_LEVEL, NO_COLOR, DENYSCOPE_DEBUG.`;

/** The command with all its subcommands. */
export function createProgram(terminal: Terminal, onStatus: (status: number) => void): Command {
  const program = new Command('denyscope')
    .description('Who can reach every S3 bucket of an AWS organization, and what will deny them.')
    .version(readVersion())
    .option(
      '--data-dir <dir>',
      'the folder of the embedded database (default: DENYSCOPE_DATA_DIR, or .denyscope)',
    )
    .addOption(
      new Option('--output <form>', 'how data is printed').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', HELP);
  const run: Runner = async (command, body) => {
    const options: GlobalOptions = command.optsWithGlobals();
    onStatus(await body(openSession(terminal, options)));
  };
  const makers = [
    demoCommand,
    scanCommand,
    importCommand,
    exportCommand,
    scansCommand,
    coverageCommand,
    whoCanCommand,
    explainCommand,
    changesCommand,
    lintCommand,
    serveCommand,
  ];
  for (const make of makers) program.addCommand(make(run));
  const bare: Bare = async (command, body) => onStatus(await body(terminal, command.optsWithGlobals()));
  program.addCommand(doctorCommand(bare));
  settle(program, terminal);
  return program;
}

/** What commander would print or end by itself goes our way, in every subcommand too. */
function settle(command: Command, terminal: Terminal): void {
  command
    .exitOverride()
    .showHelpAfterError(`(see \`${fullName(command)} --help\`)`)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void terminal.out(text).catch(() => {}),
      writeErr: terminal.err,
      outputError: (text, write) => write(text.replace(/^error: /, 'denyscope: ')),
    });
  for (const inner of command.commands) settle(inner, terminal);
}

function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
