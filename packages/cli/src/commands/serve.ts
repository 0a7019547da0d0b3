import { type QueuePages } from '@denyscope/queue';
import { type MoreMetrics } from '@denyscope/reporter';
import { Command } from 'commander';
import { apiTokenOf } from '../api-token.ts';
import { type Lifetime, withLifetime } from '../lifetime.ts';
import { numberOption } from '../options.ts';
import { print } from '../output.ts';
import { type Runner } from '../runner.ts';
import { serve, untilStopped } from '../serving.ts';
import { scanInside } from '../scanning/scan-inside.ts';
import { type Session, notice } from '../session.ts';
import { holdQueueUrl, holdStore } from '../store.ts';

const HELP = `
A scan begins by DENYSCOPE_CRON (default: 0 2 * * *) and DENYSCOPE_TIME_ZONE (default: UTC), and is made in this
process; \`denyscope scan --help\` tells what it needs. Without credentials it fails, and what was there answers.

Callers send \`Authorization: Bearer TOKEN\`. The token is DENYSCOPE_API_TOKEN, or one that is made once and kept in
the file api-token of the data directory. With --open nobody needs one; that is for loopback addresses only.

  GET  /v1/buckets/{name}/access?access=read    who can reach a bucket
  POST /v1/explain                              what one request would get, and why
  GET  /healthz  /readyz  /metrics              for whoever runs it
  GET  /queues                                  the jobs of scans, for a browser: the token is the password

Example:
  denyscope serve --port 8470
  curl -H "Authorization: Bearer $(cat .denyscope/api-token)" \\
      http://127.0.0.1:8470/v1/buckets/example-bucket/access`;

interface ServeOptions {
  readonly host?: string;
  readonly port?: number;
  readonly open?: true;
  readonly worker: boolean;
  readonly scheduler: boolean;
}

/** `denyscope serve`: the answers over HTTP. */
export function serveCommand(run: Runner): Command {
  return new Command('serve')
    .description('answer over HTTP, and scan every night, until Ctrl-C')
    .option('--host <host>', 'where to listen (default: DENYSCOPE_HOST, or 127.0.0.1)')
    .option(
      '--port <port>',
      'where to listen (default: DENYSCOPE_PORT, or 8470; 0 is any)',
      numberOption(0, 65_535),
    )
    .option('--open', 'ask for no token')
    .option('--no-worker', 'leave the scanning to workers that run elsewhere')
    .option('--no-scheduler', 'begin no scan by itself')
    .addHelpText('after', HELP)
    .action((options: ServeOptions, command: Command) =>
      run(command, (session) =>
        withLifetime(session, { endsBySignal: true }, (lifetime) =>
          serveUntilStopped(session, options, lifetime),
        ),
      ),
    );
}

async function serveUntilStopped(
  session: Session,
  options: ServeOptions,
  lifetime: Lifetime,
): Promise<number> {
  const { configuration } = session;
  const store = await holdStore(session, lifetime);
  const token = options.open === true ? undefined : await apiTokenOf(session);
  const queueUrl = await holdQueueUrl(session, lifetime);
  const moreMetrics: MoreMetrics[] = [];
  const { url } = await serve(
    {
      store,
      access: token === undefined ? { kind: 'open' } : { kind: 'token', token: token.token },
      host: options.host ?? configuration.host,
      port: options.port ?? configuration.port,
      logLevel: configuration.logLevel ?? 'info',
      commit: configuration.commit,
      queues: await holdQueuePages(session, queueUrl, lifetime),
      moreMetrics,
    },
    lifetime,
  );
  const tokenIn = token?.foundIn ?? null;
  await print(session, { url, tokenIn }, () => `serving ${url}, ${accessIn(tokenIn)}`);
  const onMetrics = (metrics: MoreMetrics): void => void moreMetrics.push(metrics);
  await scanInside(session, options, { store, queueUrl, lifetime, onMetrics });
  if ((await store.latestScan()) === undefined)
    notice(session, 'there is no scan yet: it answers after a scan or an import');
  return untilStopped();
}

/** Answers are worth serving while the queue is away. */
async function holdQueuePages(
  session: Session,
  url: string,
  lifetime: Lifetime,
): Promise<QueuePages | undefined> {
  const { openQueuePages } = await import('@denyscope/queue');
  try {
    return await lifetime.hold(openQueuePages({ url }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'QueueError') throw error;
    notice(session, `/queues is not served: ${error.message}`);
    return undefined;
  }
}

function accessIn(tokenIn: string | null): string {
  return tokenIn === null
    ? 'open: no token is asked for, since only this machine can reach it'
    : `for those with the token in ${tokenIn}`;
}
