import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type z } from 'zod';
import { Stopped } from './holding.ts';

/** A program of the benchmark in a process of its own, which imports packages as they were built. */
export interface Child {
  readonly pid: number;
  readonly send: (message: object) => Promise<void>;
  /** The next message of this shape; other messages are passed over. Fails where the process ends instead. */
  readonly next: <T>(schema: z.ZodType<T>, signal: AbortSignal) => Promise<T>;
  readonly end: () => Promise<void>;
}

/** What a program is told. */
export interface ChildOptions {
  readonly argument: string;
  /** Of Node. */
  readonly flags: readonly string[];
  /** Beside the environment of this process. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a program. Its own group keeps Ctrl-C from it: whoever started it ends it. */
export function startChild(file: URL, { argument, flags, environment }: ChildOptions): Child {
  const child = fork(fileURLToPath(file), [argument], {
    execArgv: ['--import', 'tsx', ...flags],
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, ...environment },
  });
  return {
    pid: child.pid ?? 0,
    send: (message) => sendTo(child, message),
    next: (schema, signal) => nextOf(child, { file: file.pathname, schema, signal }),
    end: () => endOf(child),
  };
}

/** Ends a process, in order unless told otherwise, and waits until it is gone. */
export async function endOf(child: ChildProcess, by: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  const gone = once(child, 'exit');
  child.kill(by);
  await gone;
}

async function sendTo(child: ChildProcess, message: object): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.send(message, (error) => (error === null ? resolve() : reject(error)));
  });
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

interface Awaited<T> {
  readonly file: string;
  readonly schema: z.ZodType<T>;
  readonly signal: AbortSignal;
}

async function nextOf<T>(child: ChildProcess, { file, schema, signal }: Awaited<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', onMessage).off('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      act();
    };
    const onMessage = (message: unknown): void => {
      const parsed = schema.safeParse(message);
      if (parsed.success) settle(() => resolve(parsed.data));
    };
    const onExit = (): void => settle(() => reject(new Error(`${file} ended before it was done`)));
    const onAbort = (): void => settle(() => reject(new Stopped('stopped before it was done')));
    child.on('message', onMessage).on('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    else if (hasEnded(child)) onExit();
  });
}
