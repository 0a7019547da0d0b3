import { escapedPart } from './json-text.ts';
import { isRecord, listOf, nameOf, scalarText, textsOf, type JsonRecord } from './json-value.ts';

/** What kind of document a text is, which decides what it may hold: semantics.md A.1, A.5, B.3. */
export type PolicyType = 'identity' | 'resource' | 'organization' | 'endpoint' | 'key' | 'trust';

/** Something wrong in a document, by JSON pointer. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** An element or its Not-form, values as written. */
export interface ListElement {
  readonly negated: boolean;
  readonly values: readonly string[];
}

/** A Principal element as written, or its Not-form. */
export interface PrincipalElementText {
  readonly negated: boolean;
  /** `*`, or type → values. */
  readonly entries: readonly { readonly type: string; readonly value: string }[];
}

/** One key of one operator of a condition, as written. */
export interface ConditionText {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly path: string;
}

/** A statement as written, its shape checked. */
export interface Statement {
  readonly path: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly action: ListElement;
  /** Undefined where the document implies its resource (key and trust policies). */
  readonly resource: ListElement | undefined;
  readonly principal: PrincipalElementText | undefined;
  readonly conditions: readonly ConditionText[];
}

/** The statement at `path`, and where its faults go: a reader that finds one gives nothing. */
interface Place {
  readonly path: string;
  readonly type: PolicyType;
  readonly faults: Issue[];
  /** For what AWS would refuse, though the statement can mean one thing only. */
  readonly issues: Issue[];
}

/** Reads one statement; undefined where it has a fault. */
export function readStatement(item: unknown, place: Place): Statement | undefined {
  const { path, faults } = place;
  if (!isRecord(item)) {
    addFault(place, '', `expected an object, found ${nameOf(item)}`);
    return undefined;
  }
  const effect = readEffect(item['Effect'], place);
  const action = readElement(item, 'Action', place);
  const resource = readElement(item, 'Resource', place);
  const principal = readPrincipal(item, place);
  const conditions = readConditions(item['Condition'], place);
  readNames(item, place);
  if (faults.length > 0 || effect === undefined || action === undefined) return undefined;
  const sid = typeof item['Sid'] === 'string' ? item['Sid'] : null;
  return { path, sid, effect, action, resource, principal, conditions };
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

const IN_LOWER_CASE: ReadonlySet<string> = new Set([...ELEMENTS].map((name) => name.toLowerCase()));

/** AWS (A.1) refuses other elements; one that differs in case alone may or may not have been meant. */
function readNames(item: JsonRecord, place: Place): void {
  for (const name of Object.keys(item)) {
    if (ELEMENTS.has(name)) continue;
    const below = `/${escapedPart(name)}`;
    if (IN_LOWER_CASE.has(name.toLowerCase()))
      addFault(place, below, 'no element of a statement: wrong case');
    else addIssue(place, below, 'no element of a statement');
  }
  const { Sid: sid } = item;
  if (sid !== undefined && typeof sid !== 'string') {
    addIssue(place, '/Sid', `expected text, found ${nameOf(sid)}`);
  }
}

function addIssue({ path, issues }: Place, below: string, message: string): void {
  issues.push({ path: `${path}${below}`, message });
}

function addFault({ path, faults }: Place, below: string, message: string): void {
  faults.push({ path: `${path}${below}`, message });
}

function readEffect(given: unknown, place: Place): Statement['effect'] | undefined {
  if (given === 'Allow' || given === 'Deny') return given;
  addFault(place, '/Effect', 'expected Allow or Deny');
  return undefined;
}

/** AWS (A.1): the element or its Not-form, never both; key and trust policies imply their resource. */
function readElement(item: JsonRecord, name: 'Action' | 'Resource', place: Place): ListElement | undefined {
  const not = item[name] === undefined;
  const given = not ? item[`Not${name}`] : item[name];
  if (!not && item[`Not${name}`] !== undefined) {
    addFault(place, '', `expected ${name} or Not${name}, found both`);
    return undefined;
  }
  if (given !== undefined) return readTexts(given, not ? `Not${name}` : name, place);
  const isImplied = name === 'Resource' && (place.type === 'key' || place.type === 'trust');
  if (!isImplied) addFault(place, '', `expected ${name} or Not${name}`);
  return undefined;
}

function readTexts(given: unknown, name: string, place: Place): ListElement | undefined {
  const values = textsOf(given);
  if (values) return { negated: name.startsWith('Not'), values };
  addFault(place, `/${name}`, `expected text, found ${nameOf(strangerIn(given))}`);
  return undefined;
}

/** Undefined without the element (AWS, A.1: it then matches nobody), and where it has a fault. */
function readPrincipal(item: JsonRecord, place: Place): PrincipalElementText | undefined {
  const negated = item['NotPrincipal'] !== undefined;
  const given = negated ? item['NotPrincipal'] : item['Principal'];
  const at = negated ? '/NotPrincipal' : '/Principal';
  if (given === undefined) return undefined;
  if (negated && item['Principal'] !== undefined) {
    addFault(place, at, 'expected Principal or NotPrincipal, found both');
    return undefined;
  }
  const entries = principalEntries(given, at, place);
  const refused = entries && refusedPrincipal({ negated, entries }, place.type);
  if (refused !== undefined) addFault(place, at, refused);
  return entries && { negated, entries };
}

/**
 * AWS (A.1, A.3, B.3): policies of principals name none, SCPs neither, and RCPs name everyone. What such a statement
 * would mean is not settled, so that it may apply or not (I.a).
 */
function refusedPrincipal({ negated, entries }: PrincipalElementText, type: PolicyType): string | undefined {
  if (type === 'identity') return 'a policy of a principal names no principals';
  if (type !== 'organization') return undefined;
  if (negated) return 'an organization policy has no NotPrincipal';
  return entries.every(({ value }) => value === '*')
    ? undefined
    : 'an organization policy names nobody but "*"';
}

function principalEntries(
  given: unknown,
  at: string,
  place: Place,
): PrincipalElementText['entries'] | undefined {
  if (isRecord(given)) return readEntries(given, at, place);
  if (typeof given === 'string') {
    if (given !== '*') addIssue(place, at, 'expected "*" or an object, found another text');
    return [{ type: 'AWS', value: given }];
  }
  addFault(place, at, `expected "*" or an object, found ${nameOf(given)}`);
  return undefined;
}

/** AWS (A.2): the kinds of principals. */
const PRINCIPAL_TYPES: ReadonlySet<string> = new Set(['AWS', 'Federated', 'Service', 'CanonicalUser', '*']);

function readEntries(given: JsonRecord, at: string, place: Place): PrincipalElementText['entries'] {
  return Object.entries(given).flatMap(([type, list]) => {
    const values = textsOf(list);
    if (!PRINCIPAL_TYPES.has(type)) {
      addIssue(place, `${at}/${escapedPart(type)}`, 'expected AWS, Federated, Service or CanonicalUser');
    }
    if (values) return values.map((value) => ({ type, value }));
    addFault(place, `${at}/${escapedPart(type)}`, `expected text, found ${nameOf(strangerIn(list))}`);
    return [];
  });
}

function readConditions(given: unknown, place: Place): readonly ConditionText[] {
  if (given === undefined) return [];
  return recordEntries(given, '/Condition', place).flatMap(([operator, keys]) => {
    const at = `/Condition/${escapedPart(operator)}`;
    return recordEntries(keys, at, place).flatMap(([key, list]) => {
      const path = `${at}/${escapedPart(key)}`;
      const values = listOf(list).map(scalarText);
      if (values.includes(undefined)) addFault(place, path, 'expected text, numbers or booleans');
      const texts = values.filter((value) => value !== undefined);
      return [{ operator, key, values: texts, path: `${place.path}${path}` }];
    });
  });
}

function recordEntries(given: unknown, at: string, place: Place): readonly (readonly [string, unknown])[] {
  if (isRecord(given)) return Object.entries(given);
  addFault(place, at, `expected an object, found ${nameOf(given)}`);
  return [];
}

function strangerIn(given: unknown): unknown {
  return listOf(given).find((value) => typeof value !== 'string');
}
