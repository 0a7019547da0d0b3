import { parseDate, parseNumber, type ValueTest } from '../condition/compare.ts';
import { rulesOf } from '../condition/operators.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A moment as people write it: `3 May 2027`, `3 May 2027 14:30 UTC`; the text itself where it is none. */
export function dateWords(text: string): string {
  const time = parseDate(text);
  if (time === undefined) return text;
  const date = new Date(time);
  const year = date.getUTCFullYear();
  if (year < 1000 || year > 9999) return text;
  const day = `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${year}`;
  const clock = date.toISOString().slice(11, 19);
  if (clock === '00:00:00') return day;
  return `${day} ${clock.endsWith(':00') ? clock.slice(0, 5) : clock} UTC`;
}

const UNITS: readonly (readonly [seconds: number, one: string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** A span in the largest unit that divides it: `10 minutes`. */
function spanWords(seconds: number): string {
  const [size, one] = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? [1, 'second'];
  const count = seconds / size;
  return count === 1 ? one : `${count} ${one}s`;
}

/** Spans of time, by key: how many of its units make a second. */
const PER_SECOND: ReadonlyMap<string, number> = new Map([
  ['aws:multifactorauthage', 1],
  ['s3:signatureage', 1000],
]);

/** A policy's value as people read it: dates and spans in words, nothing where it is empty. */
export function valueWords(key: string, test: ValueTest, value: string): string {
  if (value === '') return 'nothing';
  if (rulesOf(test).nature === 'date') return dateWords(value);
  const unit = PER_SECOND.get(key);
  const number = unit === undefined ? undefined : parseNumber(value);
  return unit === undefined || number === undefined || number < 0 ? value : spanWords(number / unit);
}

/** Values beyond which a list is cut. */
const LISTED = 4;
const SHOWN = 3;

/** `a, b or c`; of many: `one of 12 endpoints (a, b, c, …)`, or `any of …` where none of them is wanted. */
export function listWords(values: readonly string[], noun: string, positive: boolean): string {
  if (values.length > LISTED) {
    const shown = values.slice(0, SHOWN).join(', ');
    return `${positive ? 'one' : 'any'} of ${values.length} ${noun} (${shown}, …)`;
  }
  return orList(values);
}

/** `a`, `a or b`, `a, b or c`. */
function orList(texts: readonly string[]): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} or ${last}`;
}
