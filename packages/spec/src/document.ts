import { parseOperator, type Condition } from './condition.ts';

/** Where a document is attached decides what its statements may hold. `key` and `trust` imply their resource. */
export type PolicyKind =
  'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'key' | 'trust' | 'endpoint';

/** An element or its Not-form. */
export interface Listed<Entry> {
  readonly not: boolean;
  readonly entries: readonly Entry[];
}

const PRINCIPAL_TYPES = ['AWS', 'Service', 'Federated', 'CanonicalUser'] as const;

export interface PrincipalEntry {
  readonly type: (typeof PRINCIPAL_TYPES)[number];
  readonly value: string;
}

export interface Statement {
  /** JSON pointer to the statement in its document. */
  readonly path: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed<string>;
  readonly resources: Listed<string>;
  readonly principals: Listed<PrincipalEntry>;
  readonly conditions: readonly Condition[];
  /** A.6: does `${…}` mean a variable here? */
  readonly variables: boolean;
  readonly kind: PolicyKind;
}

export interface Issue {
  readonly path: string;
  readonly problem: string;
}

export interface PolicyDocument {
  readonly statements: readonly Statement[];
  readonly issues: readonly Issue[];
}

/** A.1. What does not parse becomes an issue, and neither grants nor denies. */
export function readDocument(input: unknown, kind: PolicyKind): PolicyDocument {
  const value = typeof input === 'string' ? parseText(input) : input;
  if (!isRecord(value)) return { statements: [], issues: [{ path: '', problem: 'not a JSON object' }] };
  const version = value['Version'] === '2012-10-17';
  const read = listOf(value['Statement']).map((statement, index) => {
    return readStatement(statement, { path: pathOf(value, index), kind, variables: version });
  });
  return {
    statements: read.filter((one) => 'effect' in one),
    issues: read.filter((one) => 'problem' in one),
  };
}

/** formats.md section 1: JSON text, or percent-encoded JSON text as IAM returns it. */
function parseText(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text.trimStart().startsWith('%') ? decodeURIComponent(text) : text);
    return parsed;
  } catch {
    return undefined;
  }
}

function pathOf(document: Json, index: number): string {
  return Array.isArray(document['Statement']) ? `/Statement/${index}` : '/Statement';
}

type Json = Readonly<Record<string, unknown>>;

type Place = Pick<Statement, 'path' | 'kind' | 'variables'>;

function readStatement(value: unknown, place: Place): Statement | Issue {
  const fault = (problem: string): Issue => ({ path: place.path, problem });
  if (!isRecord(value)) return fault('not a JSON object');
  const effect = effectOf(value['Effect']);
  const actions = readListed(value, 'Action');
  const resources = readResources(value, place.kind);
  const principals = readPrincipals(value);
  const conditions = readConditions(value['Condition'] === undefined ? {} : value['Condition']);
  if (!effect || !actions || !resources || !principals || !conditions) {
    const parts = Object.entries({ effect, actions, resources, principals, conditions });
    const broken = parts.flatMap(([name, part]) => (part ? [] : [name]));
    return fault(`does not parse: ${broken.join(', ')}`);
  }
  const statement = { ...place, effect, actions, resources, principals, conditions };
  const misplaced = misplacedElement(statement, value);
  return misplaced === undefined ? statement : fault(misplaced);
}

function effectOf(value: unknown): Statement['effect'] | undefined {
  return value === 'Allow' || value === 'Deny' ? value : undefined;
}

/** A.1: `Element` or `NotElement`, never both. */
function readListed(value: Json, name: string): Listed<string> | undefined {
  const not = value[name] === undefined;
  const given = not ? value[`Not${name}`] : value[name];
  if (given === undefined || (!not && value[`Not${name}`] !== undefined)) return undefined;
  const entries = textsOf(given);
  return entries && { not, entries };
}

/** A.1: key policies and trust policies are read with an implied resource. */
function readResources(value: Json, kind: PolicyKind): Listed<string> | undefined {
  const none = value['Resource'] === undefined && value['NotResource'] === undefined;
  if (none && (kind === 'key' || kind === 'trust')) return { not: false, entries: ['*'] };
  return readListed(value, 'Resource');
}

/** A.2. No principal at all names nobody (A.1). */
function readPrincipals(value: Json): Listed<PrincipalEntry> | undefined {
  const not = value['NotPrincipal'] !== undefined;
  if (not && value['Principal'] !== undefined) return undefined;
  const given = not ? value['NotPrincipal'] : value['Principal'];
  if (given === undefined) return { not, entries: [] };
  if (given === '*') return { not, entries: [{ type: 'AWS', value: '*' }] };
  if (!isRecord(given)) return undefined;
  const entries = Object.entries(given).map(([name, values]) => {
    const type = PRINCIPAL_TYPES.find((known) => known === name);
    return type && textsOf(values)?.map((one) => ({ type, value: one }));
  });
  return entries.every((entry) => entry !== undefined) ? { not, entries: entries.flat() } : undefined;
}

function readConditions(value: unknown): readonly Condition[] | undefined {
  if (!isRecord(value)) return undefined;
  const conditions = Object.entries(value).flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator === undefined || !isRecord(keys)) return [undefined];
    return Object.entries(keys).map(([key, given]) => {
      const values = textsOf(given);
      return values && { ...operator, key, values };
    });
  });
  return conditions.every((condition) => condition !== undefined) ? conditions : undefined;
}

/** A.1, A.3, B.3: which elements this kind of policy refuses. */
function misplacedElement({ kind, actions, principals }: Statement, value: Json): string | undefined {
  const named = value['Principal'] !== undefined || value['NotPrincipal'] !== undefined;
  switch (kind) {
    case 'identity':
    case 'boundary':
    case 'session':
    case 'scp':
      return named ? 'this kind of policy holds no Principal' : undefined;
    case 'rcp':
      if (!named || principals.not || !principals.entries.every(isEveryone)) return 'its Principal is "*"';
      return actions.not ? 'a resource control policy holds no NotAction' : undefined;
    case 'trust':
      return principals.not ? 'a trust policy holds no NotPrincipal' : undefined;
    case 'resource':
    case 'key':
    case 'endpoint':
      return undefined;
  }
}

/** A.2: `"*"` and `{"AWS": "*"}` are one. */
export function isEveryone({ type, value }: PrincipalEntry): boolean {
  return type === 'AWS' && value === '*';
}

/** A.1: a scalar stands for a list of one; numbers and booleans stand for their text. */
function textsOf(value: unknown): readonly string[] | undefined {
  const texts = listOf(value).map((one) => {
    return typeof one === 'number' || typeof one === 'boolean' ? String(one) : one;
  });
  return texts.every((text) => typeof text === 'string') ? texts : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
