import { globMatches, globText, parseGlob, type Glob } from '../compile/glob.ts';
import type { CompiledStatement, ResourcePattern } from '../compile/policy.ts';
import type { Template } from '../compile/template.ts';
import { policyValue } from '../condition/policy-value.ts';
import { covers, intersects } from '../expression/automaton.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { RequestContext } from './context.ts';
import { relationNode } from './relation.ts';
import { prefixedTest } from './open-value.ts';
import { hiddenNode, resolveIn } from './variable.ts';

/** What a request names. */
export type RequestResource =
  /** One resource, its ARN whole. */
  | { readonly kind: 'arn'; readonly arn: string }
  /** Whatever the pattern names, through one matching grant (formats.md section 2). */
  | { readonly kind: 'pattern'; readonly arn: string }
  /** An object of the bucket whose ARN begins with `prefix`; its key is open. */
  | { readonly kind: 'object'; readonly prefix: string }
  /** The action has no resource type: it is authorised against `*`; `accepts` is taken for it (semantics.md A.5). */
  | { readonly kind: 'none'; readonly accepts?: string | undefined };

/** When does the statement's Resource or NotResource cover the request's resource? */
export function resourceExpression(
  statement: CompiledStatement,
  resource: RequestResource,
  context: RequestContext,
  x: Expressions,
): Node {
  if (!statement.resources) return x.yes;
  const { negated, patterns } = statement.resources;
  // AWS (A.5): with wildcards in the request, an Allow must cover all of it and a Deny need only touch it. Under
  // NotResource the two change places, since the complement is what applies.
  const whole = (statement.effect === 'Allow') !== negated;
  const any = x.any(patterns.map((pattern) => patternExpression(pattern, { resource, context, whole }, x)));
  return negated ? x.not(any) : any;
}

interface Asked {
  readonly resource: RequestResource;
  readonly context: RequestContext;
  readonly whole: boolean;
}

function patternExpression(
  pattern: ResourcePattern,
  { resource, context, whole }: Asked,
  x: Expressions,
): Node {
  if (pattern.kind !== 'arn') return x.of(pattern.kind === 'any');
  if (resource.kind === 'none') return x.of(isAccepted(pattern, resource.accepts));
  const text = resource.kind === 'object' ? resource.prefix : resource.arn;
  const parts = text.split(':');
  const leads = pattern.leading.every((glob, at) =>
    partHolds(glob, parts[at] ?? '', { isPattern: resource.kind === 'pattern', whole }),
  );
  if (!leads || !mayCrossType(pattern.rest.text, parts[2] ?? '')) return x.no;
  return restExpression(pattern.rest, parts.slice(5).join(':'), { resource, context, whole }, x);
}

/** What follows the fifth colon: of an object, the beginning of that. */
function restExpression(
  pattern: Template,
  rest: string,
  { resource, context, whole }: Asked,
  x: Expressions,
): Node {
  const resolved = resolveIn(pattern, context);
  switch (resolved.kind) {
    case 'dead':
      return x.no;
    case 'unreadable':
      return hiddenNode(resolved, [resource, pattern.pieces], context, x);
    case 'open': {
      const { leg } = context;
      const key = resource.kind === 'object' ? 'key' : undefined;
      return relationNode({ leg, prefix: rest, key, operator: 'like', template: resolved.template }, x);
    }
    case 'known': {
      const value = policyValue('like', resolved.template);
      if (resource.kind === 'object')
        return prefixedTest({ test: 'like', value }, { prefix: rest, key: 'key' }, x);
      return x.of(partHolds(value.glob, rest, { isPattern: resource.kind === 'pattern', whole }));
    }
  }
}

/**
 * I.14, disputed: for S3 and KMS a wildcard spans whatever follows the fifth colon (A.5); for other services a
 * wildcard in the resource-type part, before a separator, is taken to match no type.
 */
function mayCrossType(rest: string, service: string): boolean {
  return service === 's3' || service === 'kms' || !/^[^:/]*[*?][^:/]*[:/]/.test(rest);
}

interface Reach {
  /** The request's own text holds wildcards. */
  readonly isPattern: boolean;
  readonly whole: boolean;
}

function partHolds(glob: Glob, part: string, { isPattern, whole }: Reach): boolean {
  if (!isPattern || !/[*?]/.test(part)) return globMatches(glob, part);
  const asked = parseGlob(part);
  // Where it is too hard: an Allow does not cover, a Deny may touch.
  return whole ? (covers(glob, asked) ?? false) : (intersects(glob, asked) ?? true);
}

/** Is the pattern, as written, the one that is taken for `*`? */
function isAccepted(
  { leading, rest }: Extract<ResourcePattern, { kind: 'arn' }>,
  accepts: string | undefined,
): boolean {
  return [...leading.map(globText), rest.text].join(':') === accepts;
}
