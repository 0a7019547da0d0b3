import type { Principal } from '@denyscope/model';
import { allHold } from './condition.ts';
import { expand, type Context, type Reading } from './context.ts';
import type { PolicyKind, Statement } from './document.ts';
import { bySegment, glob, literal, matches, someText, type Pattern } from './pattern.ts';
import { namingOf, type Naming } from './principal.ts';

/** The request, as every statement sees it. */
export interface Asked {
  readonly caller: Principal;
  readonly action: string;
  readonly resource: Pattern;
  readonly context: Context;
  readonly hasBoundary: boolean;
}

/** How the statement meets the request; undefined where it does not apply to it. */
export function meets(statement: Statement, asked: Asked): Naming | undefined {
  const reading = { context: asked.context, variables: statement.variables };
  const applies =
    actionMeets(statement, asked.action) &&
    resourceMeets(statement, asked, reading) &&
    allHold(statement.conditions, reading);
  if (!applies) return undefined;
  return namesPrincipals(statement.kind) ? namingOf(statement, asked.caller, asked.hasBoundary) : 'direct';
}

/** A.1: policies attached to a principal or a node of the organization speak of whom they are attached to. */
function namesPrincipals(kind: PolicyKind): boolean {
  return kind === 'resource' || kind === 'key' || kind === 'trust' || kind === 'endpoint';
}

/** A.4: without case; `*` and `?` anywhere in the action's name; a lone `*` is every action. */
function actionMeets({ actions }: Statement, action: string): boolean {
  const [service = '', name = ''] = action.toLowerCase().split(':');
  const listed = actions.entries.some((entry) => {
    if (entry === '*') return true;
    const [wantedService, wantedName] = entry.toLowerCase().split(':');
    return wantedService === service && wantedName !== undefined && matches(glob(wantedName), name);
  });
  return listed !== actions.not;
}

/** The resource of the request: formats.md section 2 lets it hold wildcards. A.5: `*` alone is the text `*`. */
export function askedResource(text: string, wildcardOnly: boolean): Pattern {
  if (wildcardOnly) return literal('*');
  return bySegment(glob(text)) ?? glob(text);
}

/**
 * formats.md section 2: an Allow must cover all that the request names, a Deny need only meet some of it. For one
 * plain ARN both say the same.
 */
function resourceMeets(statement: Statement, { action, resource }: Asked, reading: Reading): boolean {
  const { not, entries } = statement.resources;
  const patterns = entries
    .map((entry) => (isAllBuckets(entry, action) ? '*' : entry))
    .map((entry) => resourcePattern(entry, statement.kind, reading))
    .filter((pattern) => pattern !== undefined);
  const applies = (matched: readonly boolean[]): boolean => matched.includes(true) !== not;
  if (statement.effect === 'Deny') return someText(resource, patterns, applies);
  return !someText(resource, patterns, (matched) => !applies(matched));
}

/** A.5: the one narrower resource that a wildcard-only action accepts. */
function isAllBuckets(entry: string, action: string): boolean {
  return entry === 'arn:aws:s3:::*' && action.toLowerCase() === 's3:listallmybuckets';
}

/** A.5, A.6: an entry of Resource or NotResource; undefined where it names no resource at all. */
function resourcePattern(entry: string, kind: PolicyKind, reading: Reading): Pattern | undefined {
  if (entry === '*') return glob(entry);
  const full = lengthened(entry, kind);
  if (full === undefined) return undefined;
  const parts = full.split(':');
  // A.6: variables only after the fifth colon
  const rest = expand(parts.slice(5).join(':'), reading, true);
  return rest && bySegment([...glob(`${parts.slice(0, 5).join(':')}:`), ...rest]);
}

/** A.5 short ARNs: what is missing is `*` where a principal's own policy says so; elsewhere they name nothing. */
function lengthened(entry: string, kind: PolicyKind): string | undefined {
  const missing = 6 - entry.split(':').length;
  if (missing <= 0) return entry;
  const wildcard = /[*?]/.test(entry);
  switch (kind) {
    case 'identity':
    case 'boundary':
    case 'session':
      return entry + ':*'.repeat(missing);
    case 'resource':
    case 'key':
    case 'trust':
    case 'endpoint':
      return wildcard ? entry + ':*'.repeat(missing) : undefined;
    case 'scp':
    case 'rcp':
      return undefined;
  }
}
