import { parseOperator } from './condition.ts';
import type { Condition } from './operator.ts';
import { isWhole } from './pattern.ts';

/** Where a document is attached decides what its statements may hold. `key` and `trust` imply their resource. */
export type PolicyKind =
  'identity' | 'boundary' | 'session' | 'scp' | 'rcp' | 'resource' | 'key' | 'trust' | 'endpoint';

/** An element or its Not-form. */
export interface Listed<Entry> {
  readonly not: boolean;
  readonly entries: readonly Entry[];
}

export interface PrincipalEntry {
  readonly type: string;
  readonly value: string;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Listed<string>;
  readonly resources: Listed<string>;
  readonly principals: Listed<PrincipalEntry>;
  readonly conditions: readonly Condition[];
  /** A.6: does `${…}` mean a variable here? */
  readonly variables: boolean;
  readonly kind: PolicyKind;
}

/** A.1. A statement that does not parse neither grants nor denies. */
export function readDocument(input: unknown, kind: PolicyKind): readonly Statement[] {
  const document = typeof input === 'string' ? parseText(input) : input;
  if (!isRecord(document)) return [];
  const place = { kind, variables: document['Version'] === '2012-10-17' };
  return listOf(document['Statement']).flatMap((statement) => readStatement(statement, place));
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

function readStatement(value: unknown, place: Pick<Statement, 'kind' | 'variables'>): readonly Statement[] {
  if (!isRecord(value)) return [];
  const { Effect: effect, Condition: condition } = value;
  const implied = /^(key|trust)$/.test(place.kind) ? '*' : undefined; // A.1
  const actions = readListed(value, 'Action');
  const resources = readListed(value, 'Resource', implied);
  const principals = readPrincipals(value);
  const conditions = readConditions(condition);
  if (effect !== 'Allow' && effect !== 'Deny') return [];
  if (!actions || !resources || !principals || !conditions) return [];
  const statement = { ...place, effect, actions, resources, principals, conditions } as const;
  return isMisplaced(statement, value) ? [] : [statement];
}

type Json = Readonly<Record<string, unknown>>;

/** A.1: `Element` or `NotElement`, never both. */
function readListed(value: Json, name: string, implied?: string): Listed<string> | undefined {
  const [plain, not] = [value[name], value[`Not${name}`]];
  if (plain !== undefined && not !== undefined) return undefined;
  const entries = textsOf([plain, not, implied].find((given) => given !== undefined));
  return entries && { not: not !== undefined, entries };
}

/** A.2. No principal at all names nobody (A.1). */
function readPrincipals({ Principal: plain, NotPrincipal: not }: Json): Listed<PrincipalEntry> | undefined {
  if (plain !== undefined && not !== undefined) return undefined;
  const given = [plain, not, {}].find((one) => one !== undefined);
  const byType = given === '*' ? { AWS: '*' } : given;
  if (!isRecord(byType)) return undefined;
  const entries = Object.entries(byType).map(([type, values]) => {
    const known = /^(AWS|Service|Federated|CanonicalUser)$/.test(type);
    return known ? textsOf(values)?.map((value) => ({ type, value })) : undefined;
  });
  return isWhole(entries) ? { not: not !== undefined, entries: entries.flat() } : undefined;
}

function readConditions(value: unknown = {}): readonly Condition[] | undefined {
  if (!isRecord(value)) return undefined;
  const conditions = Object.entries(value).flatMap(([name, keys]) => {
    const operator = parseOperator(name);
    if (operator === undefined || !isRecord(keys)) return [undefined];
    return Object.entries(keys).map(([key, given]) => {
      const values = textsOf(given);
      return values && { ...operator, key, values };
    });
  });
  return isWhole(conditions) ? conditions : undefined;
}

/** A.1, A.3, B.3: does it hold an element that this kind of policy refuses? */
function isMisplaced({ kind, actions, principals }: Statement, value: Json): boolean {
  const named = value['Principal'] !== undefined || value['NotPrincipal'] !== undefined;
  if (kind === 'trust') return principals.not;
  if (kind !== 'rcp') return named && /^(identity|boundary|session|scp)$/.test(kind);
  // A.2: `"*"` and `{"AWS": "*"}` are one
  const everyone = principals.entries.every(({ type, value: text }) => type === 'AWS' && text === '*');
  return !named || principals.not || actions.not || !everyone;
}

/** A.1: a scalar stands for a list of one; numbers and booleans stand for their text. */
function textsOf(value: unknown): readonly string[] | undefined {
  const isScalar = (one: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof one);
  const texts = listOf(value).map((one) => (isScalar(one) ? String(one) : undefined));
  return isWhole(texts) ? texts : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
