import { keyType, type KeyType } from '../catalogue/index.ts';
import {
  addressText,
  decimalText,
  LAST_MILLISECOND,
  parseDate,
  parseNumber,
  parseRange,
} from '../condition/compare.ts';
import { rulesOf } from '../condition/operators.ts';
import type { Demand } from '../condition/residual.ts';
import type { Nature } from '../condition/value-rules.ts';

/** Values that read well in a witness, by key. */
const SAMPLES: ReadonlyMap<string, readonly string[]> = new Map([
  ['key', ['example-object']],
  ['session-name', ['example-session']],
  ['aws:vpcsourceip', ['10.0.0.10']],
  ['aws:sourcevpce', ['vpce-0123456789abcdef0']],
  ['aws:sourcevpc', ['vpc-0123456789abcdef0']],
  ['aws:multifactorauthpresent', ['false']],
  ['aws:viaawsservice', ['false']],
  ['s3:tlsversion', ['1.3', '1.2']],
]);

const TYPE_SAMPLES: Readonly<Record<KeyType, readonly string[]>> = {
  bool: ['true', 'false'],
  number: ['1', '2'],
  date: ['2026-01-01T00:00:00Z'],
  ip: ['203.0.113.10', '2001:db8::10'],
  arn: ['arn:aws:iam::123456789012:role/example'],
  string: ['example'],
};

/**
 * Values of a key that may meet the demands, those first that read well. For tests of one ordered nature they hold a
 * value wherever there is one: every border, and a value between any two and beyond the last.
 */
export function candidates(key: string, demands: readonly Demand[]): readonly string[] {
  return [
    ...(SAMPLES.get(key) ?? []),
    ...TYPE_SAMPLES[keyType(key)],
    ...demands.flatMap(stringBorders),
    ...numberBorders(demands),
    ...dateBorders(demands),
    ...demands.flatMap(addressBorders),
    ...binaryBorders(demands),
  ];
}

/** Natures whose borders say more than their texts. */
const ORDERED: ReadonlySet<Nature> = new Set(['ip', 'number', 'date']);

function stringBorders({ test, value }: Demand): readonly string[] {
  if (ORDERED.has(rulesOf(test).nature)) return [];
  // A witness without wildcards reads better, and can be asked for in turn.
  return [value.text.replaceAll(/\*|\?/g, 'x'), value.text];
}

/** Text that no demand names, for keys that hold base64. */
function binaryBorders(demands: readonly Demand[]): readonly string[] {
  const texts = demands.flatMap(({ test, value }) => (rulesOf(test).nature === 'binary' ? [value.text] : []));
  const longest = Math.max(0, ...texts.map((text) => text.length));
  return texts.length === 0 ? [] : ['QUFB'.repeat(longest + 1)];
}

/** Every border, the middle between two neighbours, and what lies beyond the outer ones. */
function between(borders: readonly number[], step: number): readonly number[] {
  const sorted = [...new Set(borders)].toSorted((a, b) => a - b);
  const inner = sorted.flatMap((border, at) => [border, border / 2 + (sorted[at + 1] ?? border) / 2]);
  const [first] = sorted;
  const last = sorted.at(-1);
  return first === undefined || last === undefined ? [] : [...inner, first - step, last + step];
}

function numberBorders(demands: readonly Demand[]): readonly string[] {
  const borders = demands.flatMap(({ test, value }) => {
    const border = rulesOf(test).nature === 'number' ? parseNumber(value.text) : undefined;
    return border === undefined ? [] : [border];
  });
  // Beyond the precision of a number only the largest of all is sure to be larger.
  const outermost = borders.length === 0 ? [] : [-Number.MAX_VALUE, Number.MAX_VALUE];
  return [...between(borders, 1), ...outermost].map(decimalText);
}

function dateBorders(demands: readonly Demand[]): readonly string[] {
  const borders = demands.flatMap(({ test, value }) => {
    const border = rulesOf(test).nature === 'date' ? parseDate(value.text) : undefined;
    return border === undefined ? [] : [border];
  });
  return borders.length === 0 ? [] : [...between(borders, 1000).flatMap(dateText), ...OUTERMOST_DATES];
}

const YEAR_0 = Date.parse('0000-01-01T00:00:00Z');
const YEAR_9999 = Date.parse('9999-12-31T23:59:59Z');
const OUTERMOST_DATES = ['0000-01-01T00:00:00+23:59', decimalText(LAST_MILLISECOND / 1000)];

/** A moment as ISO 8601, or as epoch seconds where that cannot say it. */
function dateText(time: number): readonly string[] {
  if (Number.isInteger(time) && time >= YEAR_0 && time <= YEAR_9999) return [new Date(time).toISOString()];
  return time < 0 ? [] : [decimalText(time / 1000)];
}

function addressBorders({ test, value }: Demand): readonly string[] {
  const range = rulesOf(test).nature === 'ip' ? parseRange(value.text) : undefined;
  if (!range) return [];
  const limit = range.family === 'ipv4' ? 1n << 32n : 1n << 128n;
  return [range.first, range.last, range.first - 1n, range.last + 1n]
    .filter((border) => border >= 0n && border < limit)
    .map((border) => addressText(range.family, border));
}
