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

/** A document as read: its sound statements, and what is wrong with the rest. */
export interface Document {
  readonly version: string | undefined;
  readonly statements: readonly Statement[];
  readonly issues: readonly Issue[];
  /** Statements that could not be read, or the whole document where it is no policy at all. */
  readonly broken: readonly Issue[];
}

/** Reads JSON text or percent-encoded JSON text (as IAM returns it). Never throws: faults become issues. */
export function parseDocument(text: string, type: PolicyType): Document {
  const json = parseJson(text);
  if ('fault' in json) return unreadable('', json.fault);
  if (!isRecord(json.value)) return unreadable('', `expected an object, found ${nameOf(json.value)}`);
  const { Version: version, Statement: given } = json.value;
  if (given === undefined) return unreadable('/Statement', 'expected a statement, found none');
  const statements: Statement[] = [];
  const issues: Issue[] = versionIssues(version);
  const broken: Issue[] = [];
  for (const [at, item] of listOf(given).entries()) {
    const path = Array.isArray(given) ? `/Statement/${at}` : '/Statement';
    const faults: Issue[] = [];
    const statement = readStatement(item, { path, type, faults });
    if (statement) statements.push(statement);
    issues.push(...faults);
    broken.push(...faults.slice(0, 1));
  }
  return { version: typeof version === 'string' ? version : undefined, statements, issues, broken };
}

function unreadable(path: string, message: string): Document {
  const fault = { path, message };
  return { version: undefined, statements: [], issues: [fault], broken: [fault] };
}

function versionIssues(version: unknown): Issue[] {
  const isKnown = version === undefined || version === '2012-10-17' || version === '2008-10-17';
  return isKnown ? [] : [{ path: '/Version', message: 'expected 2012-10-17 or 2008-10-17' }];
}

function parseJson(text: string): { value: unknown } | { fault: string } {
  try {
    const value: unknown = JSON.parse(decoded(text));
    return { value };
  } catch (error) {
    return { fault: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function decoded(text: string): string {
  const plain = /^\s*%(7B|0A|0D|09|20|EF)/i.test(text) ? decodeURIComponent(text) : text;
  return plain.replace(/^\uFEFF/, '');
}

/** The statement at `path`, and where its faults go: a reader that finds one gives nothing. */
interface Place {
  readonly path: string;
  readonly type: PolicyType;
  readonly faults: Issue[];
}

type Json = Readonly<Record<string, unknown>>;

function readStatement(item: unknown, place: Place): Statement | undefined {
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
  if (faults.length > 0 || effect === undefined || action === undefined) return undefined;
  const sid = typeof item['Sid'] === 'string' ? item['Sid'] : null;
  return { path, sid, effect, action, resource, principal, conditions };
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
function readElement(item: Json, name: 'Action' | 'Resource', place: Place): ListElement | undefined {
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
function readPrincipal(item: Json, place: Place): PrincipalElementText | undefined {
  const negated = item['NotPrincipal'] !== undefined;
  const given = negated ? item['NotPrincipal'] : item['Principal'];
  const at = negated ? '/NotPrincipal' : '/Principal';
  if (given === undefined) return undefined;
  if (negated && item['Principal'] !== undefined) {
    addFault(place, at, 'expected Principal or NotPrincipal, found both');
    return undefined;
  }
  if (typeof given === 'string') return { negated, entries: [{ type: 'AWS', value: given }] };
  if (isRecord(given)) return { negated, entries: readEntries(given, at, place) };
  addFault(place, at, `expected "*" or an object, found ${nameOf(given)}`);
  return undefined;
}

function readEntries(given: Json, at: string, place: Place): PrincipalElementText['entries'] {
  return Object.entries(given).flatMap(([type, list]) => {
    const values = textsOf(list);
    if (values) return values.map((value) => ({ type, value }));
    addFault(place, `${at}/${escaped(type)}`, `expected text, found ${nameOf(strangerIn(list))}`);
    return [];
  });
}

function readConditions(given: unknown, place: Place): readonly ConditionText[] {
  if (given === undefined) return [];
  return recordEntries(given, '/Condition', place).flatMap(([operator, keys]) => {
    const at = `/Condition/${escaped(operator)}`;
    return recordEntries(keys, at, place).flatMap(([key, list]) => {
      const path = `${at}/${escaped(key)}`;
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

/** One part of a JSON pointer (RFC 6901). */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The texts of a list, or of a single text; undefined where it holds anything else. */
function textsOf(given: unknown): readonly string[] | undefined {
  const values = listOf(given);
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length === values.length ? texts : undefined;
}

function strangerIn(given: unknown): unknown {
  return listOf(given).find((value) => typeof value !== 'string');
}

/** AWS (A.1): numbers and booleans may stand without quotes. */
function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** AWS (A.1): a list of one may be written without its brackets. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value;
}
