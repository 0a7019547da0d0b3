import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './error-code.ts';
import { CommandError } from './failure.ts';
import { type Session } from './session.ts';

/** What callers of the API must show, and where a person finds it. */
export interface ApiToken {
  readonly token: string;
  /** `DENYSCOPE_API_TOKEN`, or the path of the file that holds it. */
  readonly foundIn: string;
}

const FORM = /^[A-Za-z0-9._~+/=-]{16,}$/;

/**
 * The token of the environment, else the one in the data directory, made there once, for its owner's eyes only.
 *
 * @throws CommandError
 */
export async function apiTokenOf({ configuration, dataDir }: Session): Promise<ApiToken> {
  if (configuration.apiToken !== undefined) {
    return { token: configuration.apiToken, foundIn: 'DENYSCOPE_API_TOKEN' };
  }
  const file = join(dataDir, 'api-token');
  try {
    await mkdir(dataDir, { recursive: true });
    return { token: await readOrMake(file), foundIn: file };
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`cannot keep a token in \`${file}\`: set DENYSCOPE_API_TOKEN instead`, {
      cause: error,
    });
  }
}

async function readOrMake(file: string): Promise<string> {
  const kept = await readKept(file);
  if (kept === undefined) await make(file);
  const token = kept ?? (await readKept(file)) ?? '';
  if (FORM.test(token)) return token;
  throw new CommandError(
    `\`${file}\` holds no token: expected 16 or more letters, digits and -._~+/=, or no file`,
  );
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** It appears whole, and the first stays: two that start together agree. */
async function make(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    await rm(draft);
  }
}
