import { canonicalJson } from '@denyscope/model';
import { isObject } from './document.ts';

/** The places of one item in two lists; it is in one of them at least. */
export interface ItemPair {
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** What people call the item. */
  readonly label: string;
}

export interface PairedItems {
  readonly pairs: readonly ItemPair[];
  /** The lists hold the same in another order, and nothing says that order does not matter. */
  readonly isReordered: boolean;
}

/**
 * Finds the items of two lists that belong together. AWS's lists of plain values, and of items with a name of their own
 * (tags, policies by name or ARN, grants by id), are sets: their order tells nothing. Items without a name belong
 * together where they are equal, else in their order where as many changed on both sides.
 */
export function pairItems(before: readonly unknown[], after: readonly unknown[], list: string): PairedItems {
  const names = namesOf(before, after, list);
  if (names !== undefined) return { pairs: byName(names), isReordered: false };
  return byContent(before.map(canonicalJson), after.map(canonicalJson));
}

interface Names {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Members that name an item within its list, the most telling first. */
const NAMING = [
  'PolicyArn',
  'PolicyName',
  'GrantId',
  'AliasName',
  'VersionId',
  'ServicePrincipal',
  'RouteTableAssociationId',
  'ID',
  'Id',
  'Arn',
  'Key',
  'TagKey',
  'Name',
  'Bucket',
] as const;

function namesOf(before: readonly unknown[], after: readonly unknown[], list: string): Names | undefined {
  if ([...before, ...after].every(isPlain))
    return { before: before.map(plainName), after: after.map(plainName) };
  const readers =
    list === 'PolicyVersionList'
      ? [versionName]
      : NAMING.map((member) => (item: unknown) => textAt(item, member));
  for (const read of readers) {
    const names = { before: before.flatMap(listed(read)), after: after.flatMap(listed(read)) };
    if (isUnique(names.before, before.length) && isUnique(names.after, after.length)) return names;
  }
  return undefined;
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** A text as it is; any other plain value cannot be mistaken for one. */
function plainName(value: unknown): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

/** A new version of a managed policy takes the place of the default one before. */
function versionName(item: unknown): string | undefined {
  return isObject(item) && item['IsDefaultVersion'] === true ? 'default' : textAt(item, 'VersionId');
}

function textAt(item: unknown, member: string): string | undefined {
  const value = isObject(item) && Object.hasOwn(item, member) ? item[member] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function listed(read: (item: unknown) => string | undefined): (item: unknown) => readonly string[] {
  return (item) => {
    const name = read(item);
    return name === undefined ? [] : [name];
  };
}

function isUnique(names: readonly string[], items: number): boolean {
  return names.length === items && new Set(names).size === items;
}

function byName({ before, after }: Names): readonly ItemPair[] {
  const [places, others] = [placesOf(before), placesOf(after)];
  return [...new Set([...before, ...after])].map((label) => ({
    before: places.get(label),
    after: others.get(label),
    label,
  }));
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function byContent(before: readonly string[], after: readonly string[]): PairedItems {
  const others = [...after.keys()];
  const equal: ItemPair[] = [];
  const gone: number[] = [];
  for (const [index, text] of before.entries()) {
    const at = others.findIndex((other) => after[other] === text);
    const [counterpart] = at < 0 ? [] : others.splice(at, 1);
    if (counterpart === undefined) gone.push(index);
    else equal.push({ before: index, after: counterpart, label: String(counterpart) });
  }
  const differing = gone.length === others.length ? inOrder(gone, others) : apart(gone, others);
  return { pairs: [...equal, ...differing], isReordered: differing.length === 0 };
}

function inOrder(before: readonly number[], after: readonly number[]): readonly ItemPair[] {
  return before.flatMap((index, at) => {
    const counterpart = after[at];
    return counterpart === undefined
      ? []
      : [{ before: index, after: counterpart, label: String(counterpart) }];
  });
}

function apart(before: readonly number[], after: readonly number[]): readonly ItemPair[] {
  return [
    ...before.map((index) => ({ before: index, after: undefined, label: String(index) })),
    ...after.map((index) => ({ before: undefined, after: index, label: String(index) })),
  ];
}
