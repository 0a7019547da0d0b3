import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where a `redis-server` of ours listens and keeps its files. */
export interface RedisPlace {
  readonly port: number;
  readonly folder: string;
  /** Whether it writes what it is told to disk, so that it survives a restart. */
  readonly appendOnly?: boolean | undefined;
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** A server that runs, or why it does not. */
export type StartedRedis =
  { readonly stop: (signal?: NodeJS.Signals) => Promise<void> } | { readonly failure: string };

/** Starts the machine's `redis-server`, and waits until it answers. */
export async function startRedisServer(place: RedisPlace): Promise<StartedRedis> {
  const { port, folder, appendOnly = false, environment = process.env } = place;
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
    // It answers only what is on disk.
    appendfsync: 'always',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = spawn('redis-server', flags, { stdio: 'ignore', env: environment });
  const state: { failure: string | undefined } = { failure: undefined };
  server.on('error', () => (state.failure = 'there is no redis-server on PATH and REDIS_URL is not set'));
  server.on('exit', (code) => (state.failure ??= `redis-server ended with status ${String(code)}`));
  const deadline = Date.now() + 10_000;
  while (state.failure === undefined && Date.now() < deadline) {
    if (await redisAnswers('127.0.0.1', port)) return { stop: (signal) => stop(server, signal) };
    await sleep(25);
  }
  await stop(server);
  return { failure: state.failure ?? 'redis-server did not answer within ten seconds' };
}

async function stop(server: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

/** Whether something that speaks Redis listens there; a demand for a password is an answer too. */
export async function redisAnswers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (ok: boolean): void => {
      socket.destroy();
      resolve(ok);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => finish(/^(?:\+PONG|-NOAUTH)/.test(data.toString('utf8'))));
  });
}
