import { parseArn } from '@denyscope/model';
import { parseAddress, parseBlock } from './address.ts';
import { expand, type Reading } from './context.ts';
import { bySegment, glob, literal, matches } from './pattern.ts';

/** One operator on one key, its name taken apart: `ForAnyValue:StringLikeIfExists`. */
export interface Condition {
  /** `ForAllValues` or `ForAnyValue`. */
  readonly set: string | undefined;
  readonly operator: string;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Compares one value of the request with one value of the policy. Undefined where the policy's value cannot be read:
 * it then satisfies neither the operator nor its negation (I.13).
 */
type Compare = (given: string, wanted: string, reading: Reading) => boolean | undefined;

/** A.8, the table: what one value is compared with. */
const COMPARISONS: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['StringEquals', textual(literal)],
  ['StringEqualsIgnoreCase', equalsIgnoreCase],
  ['StringLike', textual(glob)],
  ...inOrder('Numeric', numberOf),
  ...inOrder('Date', instantOf),
  ['Bool', boolEquals],
  ['BinaryEquals', binaryEquals],
  ['IpAddress', ipInBlock],
  ['ArnEquals', arnLike],
  ['ArnLike', arnLike],
]);

export function isOperator(name: string): boolean {
  return COMPARISONS.has(name) || isNegated(name);
}

/** A.8: these stand for the negation over all values. */
export function isNegated(operator: string): boolean {
  return /^((String|Arn)Not(Equals|Like)|StringNotEqualsIgnoreCase|(Numeric|Date)NotEquals|NotIpAddress)$/.test(
    operator,
  );
}

/** A.8: does one value of the request satisfy the operator? The policy's values are alternatives. */
export function satisfies(given: string, { operator, values }: Condition, reading: Reading): boolean {
  const compare = COMPARISONS.get(operator.replace('Not', ''));
  const results = values.map((value) => compare?.(given, value, reading));
  // A.7: a negated operator asks that none match.
  return isNegated(operator) ? results.every((result) => result === false) : results.includes(true);
}

function textual(read: typeof literal): Compare {
  return (given, wanted, reading) => {
    const pattern = expand(wanted, reading, read);
    // A.6: a missing variable equals nothing, so the negation holds
    return pattern !== undefined && matches(pattern, given);
  };
}

function equalsIgnoreCase(given: string, wanted: string, reading: Reading): boolean {
  return expand(wanted, reading, literal)?.join('').toLowerCase() === given.toLowerCase();
}

/** A.8: `true` and `false`, compared without case. */
function boolEquals(given: string, wanted: string, reading: Reading): boolean | undefined {
  return /^(true|false)$/i.test(given) && equalsIgnoreCase(given, wanted, reading);
}

/** A.8: six parts, each of which may hold wildcards. I.11: what is not an ARN matches neither form. */
function arnLike(given: string, wanted: string, reading: Reading): boolean | undefined {
  const pattern = expand(wanted, reading, glob);
  if (pattern === undefined) return false;
  const segments = bySegment(pattern);
  return segments === undefined || parseArn(given) === undefined ? undefined : matches(segments, given);
}

function ipInBlock(given: string, wanted: string): boolean | undefined {
  const [address, block] = [parseAddress(given), parseBlock(wanted)];
  return block && address?.length === block.width && address.startsWith(block.bits);
}

/** A.8: the bytes are compared, not their spelling in base64. */
function binaryEquals(given: string, wanted: string): boolean | undefined {
  const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/;
  if (!isBase64.test(wanted)) return undefined;
  return isBase64.test(given) && Buffer.from(given, 'base64').equals(Buffer.from(wanted, 'base64'));
}

/** A.8: the operators on what has an order, once read. */
function inOrder(type: string, read: (text: string) => number | undefined): [string, Compare][] {
  const compare = (holds: (given: number, wanted: number) => boolean): Compare => {
    return (given, wanted) => {
      const [left, right] = [read(given), read(wanted)];
      return right === undefined ? undefined : left !== undefined && holds(left, right);
    };
  };
  return [
    [`${type}Equals`, compare((given, wanted) => given === wanted)],
    [`${type}LessThan`, compare((given, wanted) => given < wanted)],
    [`${type}LessThanEquals`, compare((given, wanted) => given <= wanted)],
    [`${type}GreaterThan`, compare((given, wanted) => given > wanted)],
    [`${type}GreaterThanEquals`, compare((given, wanted) => given >= wanted)],
  ];
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
