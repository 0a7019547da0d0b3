/** A policy document that can be compared part by part. */
export interface ReadDocument {
  readonly statements: readonly JsonObject[];
  /** Is `Statement` a list? A single statement may stand without one (semantics.md A.1). */
  readonly isList: boolean;
  /** Everything else, `Statement` itself included where it says nothing. */
  readonly members: JsonObject;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a document: JSON text, percent-encoded JSON text (semantics.md A.1) or an object. Undefined where it is no
 * JSON object of statements, or hides something from whoever parses it; it can be compared as text then.
 */
export function readDocument(document: unknown): ReadDocument | undefined {
  const value = typeof document === 'string' ? parsed(document) : document;
  if (!isObject(value) || countMembers(value, 0) === undefined) return undefined;
  const { Statement: given, ...others } = value;
  if (given === undefined) return { statements: [], isList: true, members: others };
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const statements = list.filter(isObject);
  if (statements.length < list.length) return undefined;
  const members = list.length === 0 ? { ...others, Statement: given } : others;
  return { statements, isList: Array.isArray(given), members };
}

/** Where a statement stands in its document, as a JSON pointer. */
export function statementPointer({ isList }: ReadDocument, index: number): string {
  return isList ? `/Statement/${index}` : '/Statement';
}

const ENCODED = /^\s*%(?:7B|0A|0D|09|20|EF)/i;

function parsed(text: string): unknown {
  try {
    const plain = (ENCODED.test(text) ? decodeURIComponent(text) : text).replace(/^\uFEFF/, '');
    const value: unknown = JSON.parse(plain);
    return countMembers(value, 0) === membersWritten(plain) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Deeper than any policy. */
const DEEPEST = 100;

/** How many members the objects of a value have in all; undefined where it nests too deep. */
function countMembers(value: unknown, depth: number): number | undefined {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth === DEEPEST) return undefined;
  const inner: readonly unknown[] = Object.values(value);
  let sum = Array.isArray(value) ? 0 : inner.length;
  for (const each of inner) {
    const members = countMembers(each, depth + 1);
    if (members === undefined) return undefined;
    sum += members;
  }
  return sum;
}

/**
 * How many members JSON text writes: a colon each, outside of its strings. `JSON.parse` keeps one of those that an
 * object has twice, so what two parsers make of such text may differ (semantics.md A.1).
 */
function membersWritten(json: string): number {
  return json.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;
}
