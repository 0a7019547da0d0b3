import { decimalText } from '../condition/compare.ts';

/** An object of JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** Is it an object, and no list? */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** AWS (A.1): a list of one may be written without its brackets. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** What it is, in words. */
export function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}

/** The texts of a list, or of a single text; undefined where it holds anything else. */
export function textsOf(given: unknown): readonly string[] | undefined {
  const values = listOf(given);
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === values.length ? texts : undefined;
}

/** AWS (A.1): numbers and booleans may stand without quotes; they are compared as text. */
export function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return decimalText(value);
  return typeof value === 'boolean' ? String(value) : undefined;
}
