import { Command } from 'commander';
import { STATUS } from '../failure.ts';
import { type Lifetime, withLifetime } from '../lifetime.ts';
import { numberOption } from '../options.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { renderDemo } from '../render/demo.ts';
import { loadScan } from '../scan.ts';
import { serve, untilStopped } from '../serving.ts';
import { type Session, notice } from '../session.ts';
import { holdStore } from '../store.ts';

const HELP = `
Nothing of it leaves this machine: a server in this process answers in AWS's place, and the real scanner scans it over
HTTP. The database stays in the data directory, and a
second start uses it again.

Examples:
  denyscope demo
  denyscope demo --no-serve --output json`;

interface DemoOptions {
  readonly port?: number;
  readonly serve: boolean;
}

/** `denyscope demo`: a made-up organization, summarized and served. */
export function demoCommand(run: Runner): Command {
  return new Command('demo')
    .description('scan a made-up organization, tell what is wrong in it, and serve it until Ctrl-C')
    .option(
      '--port <port>',
      'where to listen (default: DENYSCOPE_PORT, or 8470; 0 is any)',
      numberOption(0, 65_535),
    )
    .option('--no-serve', 'end after the summary')
    .addHelpText('after', HELP)
    .action((options: DemoOptions, command: Command) =>
      run(command, (session) =>
        withLifetime(session, { endsBySignal: true }, (lifetime) => demonstrate(session, options, lifetime)),
      ),
    );
}

const HOST = '127.0.0.1';

async function demonstrate(session: Session, options: DemoOptions, lifetime: Lifetime): Promise<number> {
  const { configuration, terminal } = session;
  const store = await holdStore(session, lifetime);
  const { loadDemo } = await import('../demo/load-demo.ts');
  const { summarize } = await import('../demo/summary.ts');
  const { record, reused } = await loadDemo(session, store, lifetime);
  const facts = { reused, dataDir: session.isDefaultPlace ? undefined : session.dataDir };
  await print(session, summarize(await loadScan(store, record), facts), renderDemo);
  if (!options.serve) return STATUS.done;
  const logLevel = configuration.logLevel ?? 'warn';
  const port = options.port ?? configuration.port;
  const { url } = await serve({ store, access: { kind: 'open' }, host: HOST, port, logLevel }, lifetime);
  const said = `serving ${url}, open: no token is asked for, since it is made up and only this machine can reach it`;
  if (session.output === 'json') notice(session, said);
  else await terminal.out(`\n${said}\nCtrl-C stops it; the data stays for the next start\n`);
  return untilStopped();
}
