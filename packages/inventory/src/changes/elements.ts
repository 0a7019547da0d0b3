import { canonicalJson, type ElementChange } from '@denyscope/model';
import { isObject, type JsonObject } from './document.ts';

/** One element of a statement: what it is, and its values, each once, by their text. */
export interface Element {
  readonly element: string;
  readonly operator?: string | undefined;
  readonly key?: string | undefined;
  readonly values: ReadonlyMap<string, unknown>;
}

/** The elements of a statement by an id of their own; equal statements have equal elements. */
export type Elements = ReadonlyMap<string, Element>;

/**
 * Takes a statement apart: one element for each type of principal and each condition key. AWS (semantics.md A.1): a
 * list of one may stand without brackets, and numbers and booleans in conditions without quotes.
 */
export function elementsOf(statement: JsonObject): Elements {
  const elements = Object.entries(statement).flatMap(([element, value]) => partsOf(element, value));
  return new Map(
    elements.map((part) => [canonicalJson([part.element, part.operator ?? null, part.key ?? null]), part]),
  );
}

function partsOf(element: string, value: unknown): readonly Element[] {
  if (element === 'Principal' || element === 'NotPrincipal') {
    if (!isFilled(value)) return [{ element, values: valuesOf(value) }];
    return Object.entries(value).map(([key, names]) => ({ element, key, values: valuesOf(names) }));
  }
  if (element !== 'Condition' || !isFilled(value)) return [{ element, values: valuesOf(value) }];
  return Object.entries(value).flatMap(([operator, tests]) => {
    if (!isFilled(tests)) return [{ element, operator, values: valuesOf(tests) }];
    return Object.entries(tests).map(([key, values]) => ({
      element,
      operator,
      key,
      values: valuesOf(values, unquoted),
    }));
  });
}

/** An object without members says something too: it stays a value. */
function isFilled(value: unknown): value is JsonObject {
  return isObject(value) && Object.keys(value).length > 0;
}

function valuesOf(value: unknown, read = (each: unknown): unknown => each): ReadonlyMap<string, unknown> {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return new Map(list.map(read).map((each) => [canonicalJson(each), each]));
}

function unquoted(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}

/** What differs between two statements, element by element, in the order of the first and then of the second. */
export function elementChanges(before: Elements, after: Elements): readonly ElementChange[] {
  const ids = new Set([...before.keys(), ...after.keys()]);
  return [...ids].flatMap((id) => elementChange(before.get(id), after.get(id)));
}

const NONE: ReadonlyMap<string, unknown> = new Map();

function elementChange(before: Element | undefined, after: Element | undefined): readonly ElementChange[] {
  const part = before ?? after;
  if (part === undefined) return [];
  const [values, others] = [before?.values ?? NONE, after?.values ?? NONE];
  const change = { ...nameOf(part), removed: without(values, others), added: without(others, values) };
  return isNothing(change) && before && after ? [] : [change];
}

/** Of an element that both have: one without values is not the same as none. */
function isNothing({ removed, added }: ElementChange): boolean {
  return removed.length === 0 && added.length === 0;
}

function nameOf({ element, operator, key }: Element): Pick<ElementChange, 'element' | 'operator' | 'key'> {
  return { element, ...(operator !== undefined && { operator }), ...(key !== undefined && { key }) };
}

function without(values: ReadonlyMap<string, unknown>, others: ReadonlyMap<string, unknown>): unknown[] {
  return Array.from(values)
    .filter(([text]) => !others.has(text))
    .map(([, value]) => value);
}
