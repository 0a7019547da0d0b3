import ipaddr from 'ipaddr.js';
import { globMatches, type Glob } from '../compile/glob.ts';

/** The positive tests that the operators of semantics.md A.8 are made of. */
export type ValueTest =
  | 'equals'
  | 'equals-ignore-case'
  | 'like'
  | 'arn-like'
  | 'bool'
  | 'binary-equals'
  | 'in'
  | 'numeric-equals'
  | 'numeric-less'
  | 'numeric-less-or-equal'
  | 'date-equals'
  | 'date-less'
  | 'date-less-or-equal';

/** A policy's value, ready to compare. */
export interface PolicyValue {
  readonly text: string;
  readonly glob: Glob;
}

/** Does the request's value pass? Undefined where either side is not of the test's type. */
export function compare(test: ValueTest, actual: string, expected: PolicyValue): boolean | undefined {
  switch (test) {
    case 'equals':
      return actual === expected.text;
    case 'equals-ignore-case':
      return actual.toLowerCase() === expected.text.toLowerCase();
    case 'bool':
      return /^(true|false)$/i.test(actual) && actual.toLowerCase() === expected.text.toLowerCase();
    case 'like':
      return globMatches(expected.glob, actual);
    case 'arn-like':
      return arnMatches(expected.glob, actual);
    case 'binary-equals':
      return binaryEquals(actual, expected.text);
    case 'in':
      return inRange(actual, expected.text);
    case 'numeric-equals':
    case 'numeric-less':
    case 'numeric-less-or-equal':
      return ordered(test, parseNumber(actual), parseNumber(expected.text));
    case 'date-equals':
    case 'date-less':
    case 'date-less-or-equal':
      return ordered(test, parseDate(actual), parseDate(expected.text));
  }
}

/** AWS (A.8): the six parts of an ARN are compared one by one, and a wildcard does not cross a colon before the sixth. */
export function arnMatches(glob: Glob, actual: string): boolean | undefined {
  const parts = arnGlobs(glob);
  const actualParts = actual.split(':');
  if (!parts || actualParts.length < 6 || actualParts[0] !== 'arn') return undefined;
  return parts.every((part, at) =>
    globMatches(part, at < 5 ? (actualParts[at] ?? '') : actualParts.slice(5).join(':')),
  );
}

/** The globs of an ARN pattern's six parts; undefined where it has fewer. */
export function arnGlobs(glob: Glob): readonly Glob[] | undefined {
  const parts: Glob[] = [];
  let start = 0;
  for (const [at, token] of glob.entries()) {
    if (parts.length < 5 && token.kind === 'char' && token.char === ':') {
      parts.push(glob.slice(start, at));
      start = at + 1;
    }
  }
  return parts.length < 5 ? undefined : [...parts, glob.slice(start)];
}

/** AWS (A.8): the bytes are compared, not their spelling. */
function binaryEquals(actual: string, expected: string): boolean {
  const isBase64 = [actual, expected].every((text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text));
  return isBase64 && Buffer.from(actual, 'base64').equals(Buffer.from(expected, 'base64'));
}

/** An address or a range, IPv4 or IPv6; a bare address is a range of one. */
export interface AddressRange {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address or a CIDR; undefined for anything else. */
export function parseRange(text: string): AddressRange | undefined {
  const [address, bits, ...rest] = text.split('/');
  if (address === undefined || rest.length > 0 || !isAddress(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const family = parsed.kind();
  const width = family === 'ipv4' ? 32 : 128;
  const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
  if (prefix < 0 || prefix > width) return undefined;
  const value = BigInt(
    `0x${parsed
      .toByteArray()
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')}`,
  );
  const size = 1n << BigInt(width - prefix);
  const first = (value / size) * size;
  return { family, first, last: first + size - 1n };
}

function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text));
}

/** The address of a number, as text. */
export function addressText(family: 'ipv4' | 'ipv6', value: bigint): string {
  const width = family === 'ipv4' ? 4 : 16;
  const bytes = Array.from({ length: width }, (_, at) =>
    Number((value >> BigInt(8 * (width - 1 - at))) & 0xffn),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

function inRange(actual: string, expected: string): boolean | undefined {
  const range = parseRange(expected);
  const address = parseRange(actual);
  if (!range || !address) return undefined;
  return range.family === address.family && range.first <= address.first && address.last <= range.last;
}

/** An integer or decimal; undefined for anything else (A.8). */
export function parseNumber(text: string): number | undefined {
  const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** The furthest moment from 1970, either way, that a date can name. */
export const LAST_MILLISECOND = 8.64e15;

const ISO_DATE = /^\d{4}-\d{2}(?:-\d{2})?([T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/** Milliseconds since 1970 of a W3C or ISO 8601 date, or of epoch seconds; undefined for anything else (A.8). */
export function parseDate(text: string): number | undefined {
  const time = /^-?\d+(\.\d+)?$/.test(text) ? epochOrYear(text) : isoTime(text);
  return Math.abs(time) <= LAST_MILLISECOND ? time : undefined;
}

function epochOrYear(text: string): number {
  return /^\d{4}$/.test(text) ? Date.UTC(Number(text), 0) : Number(text) * 1000;
}

/** Without a zone a time is UTC. */
function isoTime(text: string): number {
  const match = ISO_DATE.exec(text);
  if (!match) return Number.NaN;
  const [, clock, zone] = match;
  return Date.parse(clock !== undefined && zone === undefined ? `${text}Z` : text);
}

type Ordering = 'equals' | 'less' | 'less-or-equal';

function ordered(
  test: `${string}-${Ordering}`,
  actual: number | undefined,
  expected: number | undefined,
): boolean | undefined {
  if (actual === undefined || expected === undefined) return undefined;
  if (test.endsWith('-equals')) return actual === expected;
  return test.endsWith('-less') ? actual < expected : actual <= expected;
}
