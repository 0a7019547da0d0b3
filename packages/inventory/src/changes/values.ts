import {
  canonicalJson,
  isDocumentMember,
  jsonPointer,
  type PolicyChange,
  type ValueChange,
} from '@denyscope/model';
import { byCodeUnit } from '../snapshot/canonical-order.ts';
import { changeKind } from './change-kind.ts';
import { isObject, type JsonObject } from './document.ts';
import { pairItems } from './lists.ts';

/** Where two values stand in their lines, and what people call that place. */
export interface Place {
  readonly before: readonly (string | number)[];
  readonly after: readonly (string | number)[];
  readonly name: string;
}

/** A policy document itself, whose members are named from its root. */
export const DOCUMENT: Place = { before: [], after: [], name: '' };

/** What differs between two policy documents; undefined where only their text can be compared. */
export type CompareDocuments = (before: unknown, after: unknown) => PolicyChange | undefined;

/**
 * What differs between two values of JSON, as deep as both are alike; undefined stands for no value. With `compare`,
 * members that hold policy documents are compared by it, also inside of what is new or gone.
 */
export function valueChanges(
  before: unknown,
  after: unknown,
  place: Place,
  compare?: CompareDocuments,
): readonly ValueChange[] {
  if (textOf(before) === textOf(after)) return [];
  if (compare !== undefined && isDocument(before, place) && isDocument(after, place)) {
    return documentChanges({ before, after }, place, compare);
  }
  return innerChanges(before, after, place, compare) ?? [changeAt(before, after, place)];
}

/** The changes of members or items; undefined where the values are told whole. */
function innerChanges(
  before: unknown,
  after: unknown,
  place: Place,
  compare: CompareDocuments | undefined,
): readonly ValueChange[] | undefined {
  if (isObject(before) && isObject(after)) return memberChanges(before, after, place, compare);
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, place, compare);
  if (compare === undefined) return undefined;
  if (before === undefined && holdsDocument(after))
    return innerChanges(emptyOf(after), after, place, compare);
  if (after === undefined && holdsDocument(before))
    return innerChanges(before, emptyOf(before), place, compare);
  return undefined;
}

function emptyOf(value: unknown): unknown {
  return Array.isArray(value) ? [] : {};
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value);
}

/** What is not there is as good as an empty text. */
function isDocument(value: unknown, { after }: Place): boolean {
  return isDocumentMember(nameIn(after), value ?? '');
}

function nameIn(path: readonly (string | number)[]): string {
  return String(path.at(-1) ?? '');
}

function holdsDocument(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([name, inner]) => (!Array.isArray(value) && isDocumentMember(name, inner)) || holdsDocument(inner),
  );
}

function documentChanges(
  { before, after }: { readonly before: unknown; readonly after: unknown },
  place: Place,
  compare: CompareDocuments,
): readonly ValueChange[] {
  const change = changeAt(before, after, place);
  const policy = compare(before, after);
  if (policy === undefined) return [change];
  const isSame = policy.statements.length === 0 && policy.members.length === 0;
  return isSame && change.change === 'changed' ? [] : [{ ...change, policy }];
}

function memberChanges(
  before: JsonObject,
  after: JsonObject,
  place: Place,
  compare?: CompareDocuments,
): readonly ValueChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].toSorted(byCodeUnit).flatMap((name) =>
    valueChanges(
      memberOf(before, name),
      memberOf(after, name),
      {
        before: [...place.before, name],
        after: [...place.after, name],
        name: place.name === '' ? name : `${place.name}.${name}`,
      },
      compare,
    ),
  );
}

function memberOf(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  place: Place,
  compare?: CompareDocuments,
): readonly ValueChange[] {
  const { pairs, isReordered } = pairItems(before, after, nameIn(place.after));
  const changes = pairs.flatMap(({ before: one, after: other, label }) =>
    valueChanges(
      one === undefined ? undefined : before[one],
      other === undefined ? undefined : after[other],
      {
        before: [...place.before, one ?? other ?? 0],
        after: [...place.after, other ?? one ?? 0],
        name: `${place.name}[${label}]`,
      },
      compare,
    ),
  );
  return isReordered ? [{ ...changeAt(before, after, place), change: 'reordered' }] : changes;
}

function changeAt(before: unknown, after: unknown, place: Place): ValueChange {
  return {
    path: jsonPointer(after === undefined ? place.before : place.after),
    name: place.name,
    change: changeKind(before, after),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
}
