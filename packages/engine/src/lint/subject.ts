import { documentOf, type Document } from '../compile/document.ts';
import { escapedPart, readJsonText, type JsonText } from '../compile/json-text.ts';
import { isRecord, scalarText } from '../compile/json-value.ts';
import { compileDocument, type CompiledCondition, type CompiledPolicy } from '../compile/policy.ts';
import type { PolicyType, Statement } from '../compile/statement.ts';

/** What kind of document it is, as finely as AWS's rules tell them apart. */
export type LintType =
  'identity' | 'resource' | 'bucket' | 'key' | 'trust' | 'endpoint' | 'scp' | 'rcp' | 'boundary';

/** What is known of a document beside its text. What is not given is not guessed. */
export interface LintOptions {
  readonly type: LintType;
  /** Whose identity policy or boundary it is; `aws` for the managed policies of AWS itself. */
  readonly owner?: 'user' | 'role' | 'group' | 'aws';
  /** The type of the VPC endpoint. */
  readonly endpoint?: 'gateway' | 'interface';
  /** The partition of the account: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition?: string;
  /** The bucket whose policy it is. */
  readonly bucket?: string;
}

/** A text of the document, and where it stands. */
export interface Placed {
  readonly text: string;
  readonly path: string;
}

/** One value of a Principal element. */
export interface PlacedPrincipal extends Placed {
  readonly type: string;
}

/** One key of one operator: as written, and as compiled. */
export interface LintCondition {
  readonly path: string;
  /** As written. */
  readonly operator: string;
  readonly key: string;
  /** In lower case. */
  readonly name: string;
  readonly test: CompiledCondition;
  readonly values: readonly Placed[];
}

/** A statement that could be read, its parts with their places. */
export interface LintStatement {
  readonly path: string;
  readonly effect: 'Allow' | 'Deny';
  readonly written: Statement;
  readonly actions: readonly Placed[];
  readonly resources: readonly Placed[];
  readonly principals: readonly PlacedPrincipal[];
  /** None where one of them cannot be evaluated, which is an issue of its own. */
  readonly conditions: readonly LintCondition[];
}

/** A document, read in all the ways that rules look at it. */
export interface Subject {
  readonly options: LintOptions;
  /** As given, but for percent-encoding. */
  readonly text: string;
  readonly json: JsonText | undefined;
  readonly document: Document;
  readonly policy: CompiledPolicy;
  readonly statements: readonly LintStatement[];
}

/** The kind as the engine tells them apart. */
const POLICY_TYPES: Readonly<Record<LintType, PolicyType>> = {
  identity: 'identity',
  boundary: 'identity',
  resource: 'resource',
  bucket: 'resource',
  key: 'key',
  trust: 'trust',
  endpoint: 'endpoint',
  scp: 'organization',
  rcp: 'organization',
};

/** Reads a document for its rules. Never throws, whatever the text. */
export function subjectOf(text: string, options: LintOptions): Subject {
  const type = POLICY_TYPES[options.type];
  const read = readJsonText(text);
  const json = 'fault' in read ? undefined : read;
  const document = documentOf(read, type);
  const policy = compileDocument(document, type);
  const statements = json ? document.statements.map((statement) => placed(statement, json, policy)) : [];
  return { options, text: json?.text ?? text, json, document, policy, statements };
}

function placed(written: Statement, { value }: JsonText, policy: CompiledPolicy): LintStatement {
  const { path, effect, action, resource, principal } = written;
  const at = (element: string, negated: boolean | undefined): readonly Placed[] =>
    placedTexts(value, `${path}/${negated === true ? 'Not' : ''}${element}`);
  return {
    path,
    effect,
    written,
    actions: at('Action', action.negated),
    resources: at('Resource', resource?.negated),
    principals: principal ? placedPrincipals(value, principal.negated, path) : [],
    conditions: placedConditions(written, value, policy),
  };
}

function placedPrincipals(root: unknown, negated: boolean, path: string): readonly PlacedPrincipal[] {
  const at = `${path}/${negated ? 'NotPrincipal' : 'Principal'}`;
  const element = valueAt(root, at);
  if (!isRecord(element)) return placedTexts(root, at).map((text) => ({ type: 'AWS', ...text }));
  return Object.keys(element).flatMap((type) =>
    placedTexts(root, `${at}/${escapedPart(type)}`).map((text) => ({ type, ...text })),
  );
}

function placedConditions(
  { path, conditions }: Statement,
  root: unknown,
  policy: CompiledPolicy,
): readonly LintCondition[] {
  // INVARIANT: a statement is compiled with all its conditions, in their order, or not at all.
  const compiled = policy.statements.find((statement) => statement.path === path)?.conditions ?? [];
  return compiled.flatMap((test, at) => {
    const condition = conditions[at];
    if (!condition) return [];
    const { operator, key } = condition;
    const values = placedTexts(root, condition.path);
    return [{ path: condition.path, operator, key, name: key.toLowerCase(), test, values }];
  });
}

/** The texts of a list, or the one text, at a pointer. */
function placedTexts(root: unknown, pointer: string): readonly Placed[] {
  const value = valueAt(root, pointer);
  const given: readonly (readonly [unknown, string])[] = Array.isArray(value)
    ? value.map((each, at) => [each, `${pointer}/${at}`])
    : [[value, pointer]];
  return given.flatMap(([each, path]) => {
    const text = scalarText(each);
    return text === undefined ? [] : [{ text, path }];
  });
}

/** The value at a JSON pointer. */
function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
