import { type Sign, type Style } from './style.ts';
import { wrap } from './wrap.ts';

/** A line of a comparison before it is drawn. */
export interface Line {
  /** How far it is set in. */
  readonly depth: number;
  readonly sign: Sign;
  readonly text: string;
}

const STEP = 4;
const NARROWEST = 20;

/** Lines with their signs, each in its colour, set in, and wrapped behind their signs where there is a width. */
export function drawn(lines: readonly Line[], style: Style): string {
  return lines.flatMap((line) => drawnLine(line, style)).join('\n');
}

function drawnLine({ depth, sign, text }: Line, style: Style): readonly string[] {
  const indent = ' '.repeat(depth * STEP);
  const room = style.width === undefined ? Number.POSITIVE_INFINITY : style.width - indent.length - 2;
  return wrap(text, Math.max(NARROWEST, room)).map(
    (part, at) => indent + style.sign[sign](`${at === 0 ? sign : ' '} ${part}`),
  );
}

/** Longer values are cut: whoever needs them whole has JSON. */
const LONGEST = 600;
/** Characters that would do something to a terminal. */
// oxlint-disable-next-line no-control-regex -- they are the point
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

/** A value as people read it: text as it is, unless it holds characters that no terminal should get; else JSON. */
export function valueText(value: unknown): string {
  const text = typeof value === 'string' && !CONTROLS.test(value) ? value : escaped(value);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

function escaped(value: unknown): string {
  const json = JSON.stringify(value) ?? '';
  return Array.from(json, (char) => (CONTROLS.test(char) ? codeOf(char) : char)).join('');
}

function codeOf(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
