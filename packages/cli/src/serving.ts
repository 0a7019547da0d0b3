import { createLogger, type LogLevel } from '@denyscope/ops';
import { type QueuePages } from '@denyscope/queue';
import { type Access, type MoreMetrics, type Reporter } from '@denyscope/reporter';
import { type Store } from '@denyscope/store';
import { codeOf } from './error-code.ts';
import { CommandError, UsageError } from './failure.ts';
import { type Lifetime } from './lifetime.ts';
import { readVersion } from './version.ts';

/** How to serve. */
export interface Serving {
  readonly store: Store;
  readonly access: Access;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** The commit that this was built from, where it is known. */
  readonly commit?: string | undefined;
  readonly queues?: QueuePages | undefined;
  readonly moreMetrics?: readonly MoreMetrics[] | undefined;
}

/** Starts the reporter on the store; it is closed with the lifetime, before the store is. */
export async function serve(serving: Serving, lifetime: Lifetime): Promise<Reporter> {
  const { isLoopback, startReporter } = await import('@denyscope/reporter');
  const { logLevel: level, access, host, port } = serving;
  if (access.kind === 'open' && !isLoopback(host)) {
    throw new UsageError(`--open is for loopback addresses: \`${host}\` can be reached by others`);
  }
  const secrets = access.kind === 'token' ? [access.token] : [];
  const logger = createLogger({ level, name: 'reporter', secrets });
  try {
    return await lifetime.hold(startReporter({ ...serving, logger, version: readVersion() }));
  } catch (error) {
    throw listenFault(error, { host, port });
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something else listens there: choose another by --port or DENYSCOPE_PORT',
  EACCES: 'this user may not: choose a port above 1023',
  EADDRNOTAVAIL: 'the host is not an address of this machine',
  ENOTFOUND: 'there is no such host',
};

function listenFault(error: unknown, at: Pick<Serving, 'host' | 'port'>): unknown {
  const reason = REASONS[codeOf(error) ?? ''];
  if (reason === undefined) return error;
  return new CommandError(`cannot listen on ${at.host}:${at.port}: ${reason}`, { cause: error });
}

/** Until a signal ends the process. */
export function untilStopped(): Promise<never> {
  return new Promise(() => {});
}
