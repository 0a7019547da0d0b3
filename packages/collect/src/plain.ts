import { invalidResponse } from './collect-error.ts';

/** An object as JSON holds it. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

/** Is this value an object with named members, and no list? */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A copy of an SDK answer as JSON holds it: dates as ISO 8601 text, members without a value and the SDK's own
 * `$metadata` left out, everything else under AWS's names.
 */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return isoText(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  return isJsonObject(value) ? plainObject(value) : value;
}

/** The named members of an SDK answer as JSON holds them. */
export function plainObject(value: object): JsonObject {
  const members = Object.entries(value)
    .filter(([name, member]) => name !== '$metadata' && member !== undefined && member !== null)
    .map(([name, member]) => [name, plain(member)] as const);
  return Object.fromEntries<unknown>(members);
}

/** AWS prints whole seconds in some services and milliseconds in others; what is zero is left out. */
function isoText(date: Date): string {
  if (Number.isNaN(date.getTime())) throw invalidResponse('a date cannot be read');
  return date.toISOString().replace('.000Z', 'Z');
}

/**
 * The items of a list that AWS always answers, empty or not. An answer without it comes from something else, and
 * proves nothing.
 */
export function itemsOf(list: readonly object[] | undefined, name: string): readonly JsonObject[] {
  if (list === undefined) throw invalidResponse(`the answer has no \`${name}\``);
  return list.map(plainObject);
}

/** A member that AWS always answers, and never empty, as the one field of that name. */
export function fieldOf(answer: object, name: string): JsonObject {
  const value = plainObject(answer)[name];
  if (value === undefined || isEmpty(value)) throw invalidResponse(`the answer has no \`${name}\``);
  return { [name]: value };
}

/** A member that AWS leaves out of its answer where nothing is configured. */
export function optionalFieldOf(answer: object, name: string): JsonObject {
  const value = plainObject(answer)[name];
  return value === undefined ? {} : { [name]: value };
}

function isEmpty(value: unknown): boolean {
  return value === '' || (isJsonObject(value) && Object.keys(value).length === 0);
}
