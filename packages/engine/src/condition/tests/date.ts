import { lately } from '../lately.ts';
import { valueTest } from '../value-rules.ts';

/** The furthest moment from 1970, either way, that a date can name. */
export const LAST_MILLISECOND = 8.64e15;

const ISO_DATE = /^\d{4}-\d{2}(?:-\d{2})?([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** AWS (A.8): milliseconds since 1970 of a W3C or ISO 8601 date, or of epoch seconds; undefined for anything else. */
export function parseDate(text: string): number | undefined {
  const time = /^-?\d+(\.\d+)?$/.test(text) ? epochOrYear(text) : isoTime(text);
  return Math.abs(time) <= LAST_MILLISECOND ? time : undefined;
}

/** I.a: four digits are a year, as W3C dates have it. */
function epochOrYear(text: string): number {
  return /^\d{4}$/.test(text) ? Date.parse(text) : Number(text) * 1000;
}

/** Without a zone a time is UTC. */
function isoTime(text: string): number {
  const match = ISO_DATE.exec(text);
  if (!match) return Number.NaN;
  const [, clock, zone] = match;
  return Date.parse(clock !== undefined && zone === undefined ? `${text}Z` : text);
}

/** The three ways to compare dates share how they are read. */
const DATE = {
  nature: 'date',
  parse: ({ text }: { readonly text: string }) => parseDate(text),
} as const;

const timeOf = lately(parseDate);

type Passes = (actual: string, border: number) => boolean | undefined;

const ordered =
  (holds: (time: number, border: number) => boolean): Passes =>
  (actual, border) => {
    const time = timeOf(actual);
    return time === undefined ? undefined : holds(time, border);
  };

export const dateEquals = valueTest({
  ...DATE,
  name: 'date-equals',
  words: ['is', 'is not'],
  json: { test: 'equals', type: 'date' },
  passes: ordered((time, border) => time === border),
});

export const dateLess = valueTest({
  ...DATE,
  name: 'date-less',
  words: ['is before', 'is not before'],
  json: { test: 'less', type: 'date' },
  passes: ordered((time, border) => time < border),
});

export const dateLessOrEqual = valueTest({
  ...DATE,
  name: 'date-less-or-equal',
  words: ['is not after', 'is after'],
  json: { test: 'less-or-equal', type: 'date' },
  passes: ordered((time, border) => time <= border),
});
