import { createLogger } from '@denyscope/ops';
import { type Access, type Reporter } from '@denyscope/reporter';
import { type SnapshotLine } from '@denyscope/model';
import { type World } from '@denyscope/worlds';
import { z } from 'zod';

export const TOKEN = 'the-token-of-this-test';
export const WITH_TOKEN: Access = { kind: 'token', token: TOKEN };
const AUTHORIZED = { authorization: `Bearer ${TOKEN}` };

/** What every problem has (RFC 9457, and the id by which the log knows it). */
const PROBLEM = z.looseObject({
  type: z.string().regex(/^urn:denyscope:problem:/),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  requestId: z.string(),
});

export async function* linesOf({ lines }: Pick<World, 'lines'>): AsyncGenerator<SnapshotLine> {
  yield* lines;
}

/** Settings of a reporter for tests, which logs into `log`. */
export function quietOptions(log: string[]) {
  const destination = { write: (line: string) => void log.push(line) };
  const logger = createLogger({ level: 'info', name: 'reporter', secrets: [TOKEN], destination });
  return { logger, host: '127.0.0.1', port: 0, version: '0.1.0' };
}

/** Sends a request and checks that what is no success is a problem; the token is sent where no headers are given. */
export async function ask(reporter: Reporter, path: string, init: RequestInit = {}) {
  const response = await fetch(`${reporter.url}${path}`, { headers: AUTHORIZED, ...init });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  expect(isProblem).toBe(!response.ok);
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : text;
  if (isProblem && init.method !== 'HEAD')
    expect(PROBLEM.parse(body)).toMatchObject({ status: response.status });
  return { status: response.status, headers: response.headers, body, text };
}

export const post = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { ...AUTHORIZED, 'content-type': 'application/json', ...headers },
});
