import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { StoreError } from '../error.ts';
import { type ServerUser } from './place.ts';

/** Nothing of our environment reaches the server but what it needs: no credentials, no PGOPTIONS. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of ['PATH', 'SystemRoot', 'TEMP', 'TMP']) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

/**
 * Runs a program of the server to its end.
 *
 * @throws StoreError `disk-full`, `unsupported-platform`, `start-failed`; the cause has what the program said
 */
export async function runProgram(program: string, args: readonly string[], user?: ServerUser): Promise<void> {
  const child = spawn(program, args, {
    // A folder that the server's user can enter.
    cwd: dirname(program),
    env: serverEnvironment(),
    // Its own process group: Ctrl-C in a terminal must not cut it short.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  });
  const output = text(child.stderr);
  let ended: unknown[];
  try {
    ended = await once(child, 'close');
  } catch (error) {
    throw cannotRun(error);
  }
  if (ended[0] !== 0) throw whyItFailed(await output);
}

/** The error of a program that could not be started at all. */
export function cannotRun(error: unknown): StoreError {
  const message =
    'the PostgreSQL binaries do not run on this system (they need glibc): set DATABASE_URL to a server';
  return new StoreError('unsupported-platform', message, error);
}

/** The error of a program that ended badly, from what it printed. */
export function whyItFailed(output: string, seeAlso = ''): StoreError {
  const cause = new Error(output.trim().slice(-2_000));
  if (/no space left on device|disk quota exceeded|check free disk space/i.test(output)) {
    return new StoreError(
      'disk-full',
      'the disk of the data directory is full: free some space and try again',
      cause,
    );
  }
  if (/error while loading shared libraries|library not loaded/i.test(output)) return cannotRun(cause);
  const lines = output.trim().split('\n');
  const telling = lines.findLast((line) => /\b(?:FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? '';
  return new StoreError(
    'start-failed',
    `the embedded PostgreSQL did not start${seeAlso}: \`${telling}\``,
    cause,
  );
}
