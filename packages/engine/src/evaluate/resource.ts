import { globMatches, globText, parseGlob } from '../compile/glob.ts';
import type { CompiledStatement, ResourcePattern, TextPattern } from '../compile/policy.ts';
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

/** What a request names, taken apart once for all the patterns that it meets. */
export interface Target {
  readonly resource: RequestResource;
  /** The five leading segments of its ARN; fewer where it has none. */
  readonly leading: readonly string[];
  /** What follows the fifth colon: of an object, the beginning of that. */
  readonly rest: string;
}

/** Takes the request's resource apart. */
export function targetOf(resource: RequestResource): Target {
  const text = resource.kind === 'object' ? resource.prefix : resource.kind === 'none' ? '' : resource.arn;
  const leading = text.split(':', 5);
  const length = leading.reduce((sum, part) => sum + part.length + 1, 0);
  return { resource, leading, rest: text.slice(length) };
}

/** When does the statement's Resource or NotResource cover the request's resource? */
export function resourceExpression(
  statement: CompiledStatement,
  target: Target,
  context: RequestContext,
  x: Expressions,
): Node {
  if (!statement.resources) return x.yes;
  const { negated, patterns } = statement.resources;
  if (patterns.some((pattern) => pattern.kind === 'any')) return x.of(!negated);
  // AWS (A.5): with wildcards in the request, an Allow must cover all of it and a Deny need only touch it. Under
  // NotResource the two change places, since the complement is what applies.
  const whole = (statement.effect === 'Allow') !== negated;
  const asked: Asked = { target, context, whole, isPattern: target.resource.kind === 'pattern' };
  let hits: Node[] | undefined;
  for (const pattern of patterns) {
    const hit = patternExpression(pattern, asked, x);
    if (hit === x.yes) return x.of(!negated);
    if (hit !== x.no) (hits ??= []).push(hit);
  }
  const any = hits ? x.any(hits) : x.no;
  return negated ? x.not(any) : any;
}

/** How a pattern is asked. */
interface Asked extends Reach {
  readonly target: Target;
  readonly context: RequestContext;
}

function patternExpression(pattern: ResourcePattern, asked: Asked, x: Expressions): Node {
  if (pattern.kind !== 'arn') return x.of(pattern.kind === 'any');
  const { resource, leading, rest } = asked.target;
  if (resource.kind === 'none') return x.of(isAccepted(pattern, resource.accepts));
  if (!mayBegin(pattern.head, asked.target)) return x.no;
  const leads = pattern.leading.every((part, at) => partHolds(part, leading[at] ?? '', asked));
  if (!leads || !mayCrossType(pattern.rest.text, leading[2] ?? '')) return x.no;
  if (pattern.plain && resource.kind !== 'object') return x.of(partHolds(pattern.plain, rest, asked));
  return restExpression(pattern.rest, asked, x);
}

/** Can what the pattern begins with be the beginning of the request's resource? Most patterns are about other buckets. */
function mayBegin(head: string, { resource, rest }: Target): boolean {
  return (
    resource.kind === 'pattern' ||
    rest.startsWith(head) ||
    (resource.kind === 'object' && head.startsWith(rest))
  );
}

/** Where the request's resource is open, or variables decide. */
function restExpression(pattern: Template, asked: Asked, x: Expressions): Node {
  const { target, context } = asked;
  const { resource, rest } = target;
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
      const part = { glob: value.glob, matches: (text: string) => globMatches(value.glob, text) };
      return x.of(partHolds(part, rest, asked));
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

function partHolds({ glob, matches }: TextPattern, part: string, { isPattern, whole }: Reach): boolean {
  if (!isPattern || !/[*?]/.test(part)) return matches(part);
  const asked = parseGlob(part);
  // Where it is too hard: an Allow does not cover, a Deny may touch.
  return whole ? (covers(glob, asked) ?? false) : (intersects(glob, asked) ?? true);
}

/** Is the pattern, as written, the one that is taken for `*`? */
function isAccepted(
  { leading, rest }: Extract<ResourcePattern, { kind: 'arn' }>,
  accepts: string | undefined,
): boolean {
  return [...leading.map(({ glob }) => globText(glob)), rest.text].join(':') === accepts;
}
