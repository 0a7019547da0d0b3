import { parseArn } from '@denyscope/model';
import { inBlock, parseAddress, parseBlock } from './address.ts';
import { expand, type Reading } from './context.ts';
import { bySegment, matches, type Pattern } from './pattern.ts';

/**
 * Compares one value of the request with one value of the policy. Undefined where the policy's value cannot be read:
 * it then satisfies neither the operator nor its negation (I.13).
 */
type Compare = (given: string, wanted: string, reading: Reading) => boolean | undefined;

/** A.8, the table: what one value is compared with. Names with `Not` stand for the negation over all values. */
const COMPARISONS: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['StringEquals', stringEquals],
  ['StringNotEquals', stringEquals],
  ['StringEqualsIgnoreCase', stringEqualsIgnoreCase],
  ['StringNotEqualsIgnoreCase', stringEqualsIgnoreCase],
  ['StringLike', stringLike],
  ['StringNotLike', stringLike],
  ['NumericEquals', ordered(numberOf, (given, wanted) => given === wanted)],
  ['NumericNotEquals', ordered(numberOf, (given, wanted) => given === wanted)],
  ['NumericLessThan', ordered(numberOf, (given, wanted) => given < wanted)],
  ['NumericLessThanEquals', ordered(numberOf, (given, wanted) => given <= wanted)],
  ['NumericGreaterThan', ordered(numberOf, (given, wanted) => given > wanted)],
  ['NumericGreaterThanEquals', ordered(numberOf, (given, wanted) => given >= wanted)],
  ['DateEquals', ordered(instantOf, (given, wanted) => given === wanted)],
  ['DateNotEquals', ordered(instantOf, (given, wanted) => given === wanted)],
  ['DateLessThan', ordered(instantOf, (given, wanted) => given < wanted)],
  ['DateLessThanEquals', ordered(instantOf, (given, wanted) => given <= wanted)],
  ['DateGreaterThan', ordered(instantOf, (given, wanted) => given > wanted)],
  ['DateGreaterThanEquals', ordered(instantOf, (given, wanted) => given >= wanted)],
  ['Bool', boolEquals],
  ['BinaryEquals', binaryEquals],
  ['IpAddress', ipInBlock],
  ['NotIpAddress', ipInBlock],
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
  ['ArnNotEquals', arnLike],
  ['ArnNotLike', arnLike],
]);

export function isOperator(name: string): boolean {
  return COMPARISONS.has(name);
}

export function isNegated(operator: string): boolean {
  return operator.includes('Not');
}

/** A.8: does one value of the request satisfy the operator? The policy's values are alternatives. */
export function satisfies(
  given: string,
  operator: string,
  wanted: readonly string[],
  reading: Reading,
): boolean {
  const compare = COMPARISONS.get(operator);
  const results = wanted.map((value) => compare?.(given, value, reading));
  // A.7: a negated operator asks that none match.
  return isNegated(operator) ? results.every((result) => result === false) : results.includes(true);
}

/** A.6: a value whose variable is missing equals nothing, so its negation holds. */
function equals(pattern: Pattern | undefined, given: string): boolean {
  return pattern !== undefined && matches(pattern, given);
}

function stringEquals(given: string, wanted: string, reading: Reading): boolean {
  return equals(expand(wanted, reading, false), given);
}

function stringEqualsIgnoreCase(given: string, wanted: string, reading: Reading): boolean {
  return equals(folded(expand(wanted, reading, false)), given.toLowerCase());
}

function stringLike(given: string, wanted: string, reading: Reading): boolean {
  return equals(expand(wanted, reading, true), given);
}

/** A.8: `true` and `false`, compared without case. */
function boolEquals(given: string, wanted: string, reading: Reading): boolean {
  const isTruth = /^(true|false)$/i.test(given);
  return isTruth && equals(folded(expand(wanted, reading, false)), given.toLowerCase());
}

function folded(pattern: Pattern | undefined): Pattern | undefined {
  return pattern?.flatMap((token): Pattern => {
    if (token.kind !== 'char') return [token];
    return [...token.char.toLowerCase()].map((char) => ({ kind: 'char', char }));
  });
}

/** A.8: six parts, each of which may hold wildcards. I.11: what is not an ARN matches neither form. */
function arnLike(given: string, wanted: string, reading: Reading): boolean | undefined {
  const pattern = expand(wanted, reading, true);
  if (pattern === undefined) return false;
  const segments = bySegment(pattern);
  return segments === undefined || parseArn(given) === undefined ? undefined : matches(segments, given);
}

function ipInBlock(given: string, wanted: string): boolean | undefined {
  const address = parseAddress(given);
  const block = parseBlock(wanted);
  return block === undefined ? undefined : address !== undefined && inBlock(address, block);
}

/** A.8: the bytes are compared, not their spelling in base64. */
function binaryEquals(given: string, wanted: string): boolean | undefined {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/;
  if (!isBase64.test(wanted)) return undefined;
  return isBase64.test(given) && Buffer.from(given, 'base64').equals(Buffer.from(wanted, 'base64'));
}

function ordered(
  read: (text: string) => number | undefined,
  holds: (given: number, wanted: number) => boolean,
): Compare {
  return (given, wanted) => {
    const left = read(given);
    const right = read(wanted);
    return right === undefined ? undefined : left !== undefined && holds(left, right);
  };
}

/** A.8: integers or decimals. */
function numberOf(text: string): number | undefined {
  return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

/** A.8: seconds since 1970, or a W3C date, be it a year, with or without a time; without a zone it is UTC. */
function instantOf(text: string): number | undefined {
  if (/^\d{4}$/.test(text)) return Date.parse(text);
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const iso = /^\d{4}-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?$/.exec(text);
  if (iso === null) return undefined;
  const instant = Date.parse(iso[2] !== undefined && iso[5] === undefined ? `${text}Z` : text);
  return Number.isNaN(instant) ? undefined : instant;
}
