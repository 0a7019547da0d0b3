import { lately } from '../lately.ts';
import { valueTest } from '../value-rules.ts';

/** AWS (A.8): an integer or decimal; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** The shortest decimal of a number, without an exponent, which no operator reads. */
export function decimalText(number: number): string {
  const text = String(number);
  const [, sign = '', digits = '', fraction = '', exponent] =
    /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (exponent === undefined) return text;
  const all = digits + fraction;
  const point = digits.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.padEnd(point, '0')}`;
}

/** The three ways to compare numbers share how they are read. */
const NUMBER = {
  nature: 'number',
  parse: ({ text }: { readonly text: string }) => parseNumber(text),
} as const;

const numberOf = lately(parseNumber);

type Passes = (actual: string, border: number) => boolean | undefined;

const ordered =
  (holds: (number: number, border: number) => boolean): Passes =>
  (actual, border) => {
    const number = numberOf(actual);
    return number === undefined ? undefined : holds(number, border);
  };

export const numericEquals = valueTest({
  ...NUMBER,
  name: 'numeric-equals',
  words: ['is', 'is not'],
  json: { test: 'equals', type: 'number' },
  passes: ordered((number, border) => number === border),
});

export const numericLess = valueTest({
  ...NUMBER,
  name: 'numeric-less',
  words: ['is below', 'is not below'],
  json: { test: 'less', type: 'number' },
  passes: ordered((number, border) => number < border),
});

export const numericLessOrEqual = valueTest({
  ...NUMBER,
  name: 'numeric-less-or-equal',
  words: ['is at most', 'is not at most'],
  json: { test: 'less-or-equal', type: 'number' },
  passes: ordered((number, border) => number <= border),
});
