import { OPERATORS, type Operator } from '../condition/operators.ts';
import { passing, type Passing } from '../condition/passing.ts';
import { policyValue } from '../condition/policy-value.ts';
import { actionIndex, compileActions, coversAction } from './actions.ts';
import type {
  CompiledCondition,
  CompiledStatement,
  Quantifier,
  ResourcePattern,
  TextPattern,
} from './compiled.ts';
import { disputedRow } from './disputed.ts';
import { parseDocument, type Document } from './document.ts';
import { globTest, parseGlob, type Glob } from './glob.ts';
import { compilePrincipal } from './principal.ts';
import type { ConditionText, Issue, PolicyType, Statement } from './statement.ts';
import { parseTemplate, templateGlob, type Template } from './template.ts';

export type * from './compiled.ts';

/** A document, compiled once: frozen statements with their JSON path, and what is wrong with the others. */
export interface CompiledPolicy {
  readonly type: PolicyType;
  readonly statements: readonly CompiledStatement[];
  /** The statements about an action, given in lower case, in their order. */
  readonly about: (action: string) => readonly CompiledStatement[];
  readonly issues: readonly Issue[];
  /** Not empty: a part of the document could not be read, and may grant or deny. */
  readonly broken: readonly Issue[];
}

/**
 * Compiles JSON text or percent-encoded JSON text. Never throws: what does not parse is in `issues`, and what could
 * change a verdict in `broken` too.
 */
export function compilePolicy(text: string, type: PolicyType): CompiledPolicy {
  return compileDocument(parseDocument(text, type), type);
}

/** Compiles a document that was read already. */
export function compileDocument(document: Document, type: PolicyType): CompiledPolicy {
  const rules: Rules = { type, substitutes: document.version === '2012-10-17' };
  const faults: Issue[] = [];
  const unsettled = hasKnownVersion(document) ? [] : document.statements.filter(hasVariable);
  // AWS (A.6): the version says whether `${…}` is a variable; of another version nobody can tell.
  faults.push(...unsettled.map(({ path }) => ({ path, message: 'has variables, in an unknown version' })));
  const statements = document.statements.flatMap((statement) => {
    if (unsettled.includes(statement)) return [];
    const conditions = statement.conditions.map((condition) =>
      compileCondition(condition, rules.substitutes),
    );
    const wrong = conditions.filter((condition) => 'message' in condition);
    // A statement with a condition that nobody can evaluate may apply, or may not.
    faults.push(...wrong);
    if (wrong.length > 0) return [];
    const sound = conditions.filter((condition) => 'kind' in condition);
    return [compileStatement(statement, sound, rules)];
  });
  return {
    type,
    statements,
    about: actionIndex(statements),
    issues: [...document.issues, ...faults],
    broken: [...document.broken, ...faults],
  };
}

function hasKnownVersion({ issues }: Document): boolean {
  return issues.every(({ path }) => path !== '/Version');
}

function hasVariable({ resource, conditions }: Statement): boolean {
  const values = [...(resource?.values ?? []), ...conditions.flatMap((condition) => condition.values)];
  return values.some((value) => value.includes('${'));
}

interface Rules {
  readonly type: PolicyType;
  readonly substitutes: boolean;
}

function compileStatement(
  statement: Statement,
  conditions: readonly CompiledCondition[],
  rules: Rules,
): CompiledStatement {
  const { action, resource } = statement;
  const patterns = resource?.values.map((value) => compileResource(value, rules));
  const compiled = {
    path: statement.path,
    sid: statement.sid,
    effect: statement.effect,
    actions: compileActions(action.values, action.negated),
    resources: resource && patterns ? { negated: resource.negated, patterns } : undefined,
    principal: statement.principal && compilePrincipal(statement.principal),
    conditions,
  };
  return { ...compiled, disputed: disputedRow(compiled) };
}

/** AWS (A.4): both parts of an action are case-insensitive. */
export function matchesAction(statement: CompiledStatement, action: string): boolean {
  return coversAction(statement.actions, action.toLowerCase());
}

/** AWS (A.5, A.6): short ARNs depend on the kind of policy; variables stand only after the fifth colon. */
function compileResource(text: string, { type, substitutes }: Rules): ResourcePattern {
  if (text === '*') return { kind: 'any' };
  const parts = text.split(':');
  if (parts.length < 6 && !shortArnMatches(text, type)) return { kind: 'nothing' };
  const leading = Array.from({ length: 5 }, (_, at) => textPattern(parseGlob(parts[at] ?? '*')));
  const rest = parseTemplate(parts.length < 6 ? '*' : parts.slice(5).join(':'), substitutes);
  return {
    kind: 'arn',
    leading,
    rest,
    head: headOf(rest),
    plain: rest.hasVariables ? undefined : textPattern(templateGlob(rest)),
  };
}

function headOf({ pieces: [first] }: Template): string {
  return first?.kind === 'text' ? first.text.replace(/[*?].*$/s, '') : '';
}

function textPattern(glob: Glob): TextPattern {
  return { glob, matches: globTest(glob) };
}

function shortArnMatches(text: string, type: PolicyType): boolean {
  if (type === 'organization') return false;
  return type === 'identity' || /[*?]/.test(text);
}

/** AWS (A.8, A.9): `ForAllValues:` or `ForAnyValue:`, an operator, `IfExists`; `Null` has no such form. */
function compileCondition(condition: ConditionText, substitutes: boolean): CompiledCondition | Issue {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/i.exec(condition.operator);
  const [, set, name = '', suffix] = match ?? [];
  const quantifier = quantifierOf(set);
  const key = condition.key.toLowerCase();
  const ifExists = suffix !== undefined;
  if (name.toLowerCase() === 'null' && !ifExists) {
    return { kind: 'null', key, absent: condition.values.flatMap(truthOf), quantifier };
  }
  const operator = OPERATORS.get(name.toLowerCase());
  if (!operator) return { path: condition.path, message: `unknown operator \`${condition.operator}\`` };
  const values = condition.values.map((value) => parseTemplate(value, substitutes && operator.substitutes));
  const passes = values.some((value) => value.hasVariables) ? undefined : passingAny(operator, values);
  return { kind: 'test', key, operator, quantifier, ifExists, values, passes };
}

/** Most statements are never asked: what they hold is read when they are. */
function passingAny(operator: Operator, values: readonly Template[]): Passing {
  let tests: readonly Passing[] | undefined;
  return (actual) => {
    tests ??= values.map((value) => passing(operator, policyValue(operator.test, value)));
    for (const passes of tests) if (passes(actual)) return true;
    return false;
  };
}

function quantifierOf(set: string | undefined): Quantifier {
  if (set === undefined) return 'one';
  return set.toLowerCase() === 'forallvalues' ? 'all-values' : 'any-value';
}

/** A value of `Null` that is neither true nor false asks for nothing that could be. */
function truthOf(value: string): readonly boolean[] {
  const text = value.toLowerCase();
  return text === 'true' || text === 'false' ? [text === 'true'] : [];
}
