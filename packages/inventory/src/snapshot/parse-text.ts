import { jsonPointer } from '@denyscope/model';
import { SnapshotError } from './snapshot-error.ts';
import type { TextLine } from './text-lines.ts';

/** Deeper than any AWS response; what nests deeper could not be written again without overflowing the stack. */
const DEEPEST = 200;

/** What only a `\u` escape can bring into text that is valid UTF-8: half a surrogate pair, or a NUL. */
const BAD_ESCAPE = /\\u(?:0000|d[89a-f])/i;

/** Reads the JSON value of a line, refusing what JSON, UTF-8 or a database could not carry on. */
export function parseText({ number, text, isWhole }: TextLine): unknown {
  const value = parseJson({ number, text, isWhole });
  checkValue(value, number, BAD_ESCAPE.test(text));
  return value;
}

function parseJson({ number, text, isWhole }: TextLine): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const expected = `expected JSON, received ${isWhole ? whereBroken(error) : 'a line that is cut short'}`;
    throw new SnapshotError({ code: 'json', line: number, expected }, error);
  }
}

/** The engine's own message may quote the text, which may hold anything: its position is enough. */
function whereBroken(error: unknown): string {
  const position = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return position === undefined ? 'text that is not' : `text that breaks at column ${Number(position) + 1}`;
}

/** Refuses values that could not be written and read again as they are. */
export function checkValue(value: unknown, line: number, withText = true): void {
  const fault = faultIn(value, withText, 0);
  if (fault)
    throw new SnapshotError({ code: 'value', line, path: jsonPointer(fault.path), expected: fault.expected });
}

interface ValueFault {
  readonly path: readonly string[];
  readonly expected: string;
}

function faultIn(value: unknown, withText: boolean, depth: number): ValueFault | undefined {
  if (typeof value === 'object' && value !== null) return faultInside(value, withText, depth);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { path: [], expected: 'expected a number that JSON can carry, received one that is too large' };
  }
  return withText && typeof value === 'string' ? faultInText(value) : undefined;
}

function faultInside(value: object, withText: boolean, depth: number): ValueFault | undefined {
  if (depth === DEEPEST) return { path: [], expected: `expected at most ${DEEPEST} levels, received more` };
  for (const [key, inner] of Object.entries(value)) {
    const fault = (withText ? faultInText(key) : undefined) ?? faultIn(inner, withText, depth + 1);
    if (fault) return { path: [key, ...fault.path], expected: fault.expected };
  }
  return undefined;
}

function faultInText(text: string): ValueFault | undefined {
  if (text.includes('\0')) return { path: [], expected: 'expected text without NUL characters' };
  const isTorn = /\p{Surrogate}/u.test(text);
  return isTorn
    ? { path: [], expected: 'expected whole characters, received half a surrogate pair' }
    : undefined;
}
