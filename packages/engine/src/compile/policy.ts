import { OPERATORS, type Operator } from '../condition/operators.ts';
import { globMatches, literalGlob, parseGlob, type Glob } from './glob.ts';
import {
  parseDocument,
  type ConditionText,
  type Issue,
  type PolicyType,
  type Statement,
} from './document.ts';
import { compilePrincipal, type PrincipalElement } from './principal.ts';
import { parseTemplate, type Template } from './template.ts';

/** No set operator, `ForAnyValue:` or `ForAllValues:`. */
export type Quantifier = 'one' | 'any-value' | 'all-values';

/** One key of one operator of a statement's condition. */
export type CompiledCondition =
  | {
      readonly kind: 'null';
      readonly key: string;
      readonly absent: readonly boolean[];
      readonly quantifier: Quantifier;
    }
  | {
      readonly kind: 'test';
      readonly key: string;
      readonly operator: Operator;
      readonly quantifier: Quantifier;
      readonly ifExists: boolean;
      readonly values: readonly Template[];
    };

/** A condition that tests values, rather than presence alone. */
export type TestCondition = Extract<CompiledCondition, { kind: 'test' }>;

/** One pattern of Resource or NotResource. */
export type ResourcePattern =
  | { readonly kind: 'any' }
  | { readonly kind: 'nothing' }
  /** The five leading segments one by one, the rest as one text: semantics.md A.5. */
  | { readonly kind: 'arn'; readonly leading: readonly Glob[]; readonly rest: Template };

/** A statement with its elements made into matchers. */
export interface CompiledStatement {
  readonly path: string;
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: { readonly negated: boolean; readonly globs: readonly Glob[] };
  /** Undefined: whatever the document is attached to. */
  readonly resources:
    { readonly negated: boolean; readonly patterns: readonly ResourcePattern[] } | undefined;
  readonly principal: PrincipalElement | undefined;
  readonly conditions: readonly CompiledCondition[];
}

/** A document, compiled once: frozen statements with their JSON path, and what is wrong with the others. */
export interface CompiledPolicy {
  readonly type: PolicyType;
  readonly statements: readonly CompiledStatement[];
  readonly issues: readonly Issue[];
  /** Not empty: a part of the document could not be read, and may grant or deny. */
  readonly broken: readonly Issue[];
}

/**
 * Compiles JSON text or percent-encoded JSON text. Never throws: what does not parse is in `issues`, and what could
 * change a verdict in `broken` too.
 */
export function compilePolicy(text: string, type: PolicyType): CompiledPolicy {
  const document = parseDocument(text, type);
  const rules: Rules = { type, substitutes: document.version === '2012-10-17' };
  const faults: Issue[] = [];
  const statements = document.statements.flatMap((statement) => {
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
    issues: [...document.issues, ...faults],
    broken: [...document.broken, ...faults],
  };
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
  return {
    path: statement.path,
    sid: statement.sid,
    effect: statement.effect,
    actions: { negated: action.negated, globs: action.values.map(actionGlob) },
    resources: resource && patterns ? { negated: resource.negated, patterns } : undefined,
    principal: statement.principal && compilePrincipal(statement.principal),
    conditions,
  };
}

/** AWS (A.4): a lone `*` is everything; else wildcards stand in the action's name only, not in the service's. */
function actionGlob(text: string): Glob {
  const name = text.toLowerCase();
  return /^(\*+$|[^:*?]+:)/.test(name) ? parseGlob(name) : literalGlob(name);
}

/** AWS (A.4): both parts of an action are case-insensitive. */
export function matchesAction(statement: CompiledStatement, action: string): boolean {
  const name = action.toLowerCase();
  return statement.actions.globs.some((glob) => globMatches(glob, name)) !== statement.actions.negated;
}

/** AWS (A.5, A.6): short ARNs depend on the kind of policy; variables stand only after the fifth colon. */
function compileResource(text: string, { type, substitutes }: Rules): ResourcePattern {
  if (text === '*') return { kind: 'any' };
  const parts = text.split(':');
  if (parts.length < 6 && !shortArnMatches(text, type)) return { kind: 'nothing' };
  const leading = Array.from({ length: 5 }, (_, at) => parseGlob(parts[at] ?? '*'));
  return {
    kind: 'arn',
    leading,
    rest: parseTemplate(parts.length < 6 ? '*' : parts.slice(5).join(':'), substitutes),
  };
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
  return { kind: 'test', key, operator, quantifier, ifExists, values };
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
