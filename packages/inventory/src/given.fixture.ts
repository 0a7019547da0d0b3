import { buildEstate, parseSnapshot, type Estate } from './index.ts';

/** The account that everything in a test belongs to, unless the line says otherwise. */
export const ACCOUNT = '111122223333';

export const OTHER_ACCOUNT = '444455556666';

export const HEADER = {
  kind: 'snapshot',
  format: 'denyscope/1',
  takenAt: '2026-11-22T02:00:00Z',
  source: 'aws',
} as const;

/** A line of ACCOUNT; `more` adds or replaces fields beside `data`. */
export function given(kind: string, data: object, more: object = {}): object {
  return { kind, accountId: ACCOUNT, data, ...more };
}

/** The estate of these lines, with the first line's `collected`. */
export function estateOf(lines: readonly unknown[], collected?: object): Estate {
  const snapshot = parseSnapshot([collected ? { ...HEADER, collected } : HEADER, ...lines]);
  return buildEstate(snapshot.header, snapshot.lines);
}

/** An AWS policy document as text, allowing one action. */
export function allow(action: string): string {
  return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${action}","Resource":"*"}]}`;
}

export async function* streamOf(
  ...chunks: readonly (string | Uint8Array)[]
): AsyncGenerator<Uint8Array, void> {
  for (const chunk of chunks)
    yield await Promise.resolve(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
}
