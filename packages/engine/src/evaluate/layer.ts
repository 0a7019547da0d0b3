import type { Layer, Leg, StatementRef } from '@denyscope/model';
import type { CompiledStatement } from '../compile/policy.ts';
import { contradicts } from '../expression/dead.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import {
  principalMatches,
  sparedBy,
  spelledOtherwise,
  type Caller,
  type NamedAs,
  type PrincipalMatch,
} from './caller.ts';
import { conditionExpression } from './condition.ts';
import type { RequestContext } from './context.ts';
import type { PolicySource } from './policy-source.ts';
import { resourceExpression, targetOf, type RequestResource, type Target } from './resource.ts';

/** One (action, resource) pair of a request: the unit that policies judge (semantics.md B.1). */
export interface Ask {
  readonly leg: Leg;
  readonly caller: Caller;
  readonly action: string;
  readonly resource: RequestResource;
  readonly context: RequestContext;
  readonly x: Expressions;
}

/** A statement, or the unreadable document in its place, that may grant. */
export interface Grant {
  readonly as: NamedAs;
  readonly when: Node;
  readonly statement: StatementRef | undefined;
}

/** A statement, or the unreadable document in its place, that may deny. */
export interface Denial {
  readonly when: Node;
  readonly statement: StatementRef | undefined;
  /** The document that could not be read, and so may deny. */
  readonly unreadable: string | undefined;
}

/** What one layer's documents say of an ask. */
export interface LayerMatch {
  readonly grants: readonly Grant[];
  readonly denials: readonly Denial[];
  /** Does one of the grants hold? */
  readonly allows: Node;
  /** Does none of the denials? */
  readonly spares: Node;
}

/** Whether statements of the layer name principals, as resource-based policies do. */
export type PrincipalRule = 'named' | 'implied';

/** An ask, made ready once for all the layers that judge it. */
export interface Asked extends Ask {
  /** The action in lower case. */
  readonly name: string;
  readonly target: Target;
}

/** Makes an ask ready. */
export function askedOf({ leg, caller, action, resource, context, x }: Ask): Asked {
  const target = targetOf(resource);
  return { leg, caller, action, resource, context, x, name: action.toLowerCase(), target };
}

/** Matches all documents of one layer; separate from how layers combine. */
export function matchLayer(
  layer: Layer,
  sources: readonly PolicySource[],
  principals: PrincipalRule,
  ask: Asked,
): LayerMatch {
  const grants: Grant[] = [];
  const denials: Denial[] = [];
  const found: Found = { layer, principals, grants, denials };
  for (const source of sources) matchSource(source, ask, found);
  return { grants, denials, allows: anyGrant(grants, ask.x), spares: noDenial(denials, ask.x) };
}

function matchSource(source: PolicySource, ask: Asked, found: Found): void {
  const { document, policy } = source;
  if (policy.kind === 'absent') return;
  if (policy.kind === 'unreadable') {
    addUnreadable({ document, reason: policy.reason }, ask, found, source.isSparing);
    return;
  }
  for (const issue of policy.value.broken) {
    const reason = `MalformedPolicy: ${issue.message}`;
    addUnreadable({ document: `${document}${issue.path}`, reason }, ask, found);
  }
  for (const statement of policy.value.about(ask.name)) matchStatement(statement, source, ask, found);
}

/** Does one of the grants hold? */
export function anyGrant(grants: readonly Grant[], x: Expressions): Node {
  const [first] = grants;
  if (!first) return x.no;
  return grants.length === 1 ? first.when : x.any(grants.map((grant) => grant.when));
}

function noDenial(denials: readonly Denial[], x: Expressions): Node {
  return denials.length === 0 ? x.yes : x.all(denials.map((denial) => x.not(denial.when)));
}

/** What a layer's documents have said so far. */
interface Found {
  readonly layer: Layer;
  readonly principals: PrincipalRule;
  readonly grants: Grant[];
  readonly denials: Denial[];
}

/** Unreadable is not open: two opaque atoms, "may grant" and "may deny" (design.md section 2). */
function addUnreadable(
  missing: { document: string; reason: string },
  { leg, x }: Ask,
  { grants, denials }: Found,
  isSparing = false,
): void {
  const atom = (may: 'grant' | 'deny'): Node => x.atom({ kind: 'unreadable', leg, ...missing, may });
  // Whom such a grant would name is as unknown as the grant: the kind that needs nothing else stands for all.
  grants.push({ as: 'everyone', when: atom('grant'), statement: undefined });
  if (!isSparing) denials.push({ when: atom('deny'), statement: undefined, unreadable: missing.document });
}

function matchStatement(statement: CompiledStatement, source: PolicySource, ask: Asked, found: Found): void {
  const { x } = ask;
  const applies = appliesWhen(statement, ask);
  if (applies === x.no) return;
  const ref = refOf(found.layer, source, statement, ask);
  if (found.principals === 'implied') {
    add({ as: 'everyone', when: applies }, statement, ref, found);
    return;
  }
  for (const { as, when } of whom(statement, source, ask)) {
    const both = x.all([applies, when]);
    if (both !== x.no) add({ as, when: both }, statement, ref, found);
  }
}

function add(
  { as, when }: PrincipalMatch,
  { effect }: CompiledStatement,
  statement: StatementRef,
  to: Found,
): void {
  if (effect === 'Allow') to.grants.push({ as, when, statement });
  else to.denials.push({ when, statement, unreadable: undefined });
}

/**
 * When do resource and conditions hold? Conditions that the request settles are not gathered; a statement whose
 * conditions contradict one another is dead.
 */
function appliesWhen(statement: CompiledStatement, { target, context, x }: Asked): Node {
  const resource = resourceExpression(statement, target, context, x);
  if (resource === x.no) return x.no;
  let parts: Node[] | undefined = resource === x.yes ? undefined : [resource];
  for (const condition of statement.conditions) {
    const holds = conditionExpression(condition, context, x);
    if (holds === x.no) return x.no;
    if (holds !== x.yes) (parts ??= []).push(holds);
  }
  if (!parts) return x.yes;
  return contradicts(parts, x, context.alwaysPresent) ? x.no : x.all(parts);
}

/** Whom the statement of a resource-based policy speaks to, of this caller. */
function whom(
  statement: CompiledStatement,
  { accountMeansRoot = false }: PolicySource,
  ask: Ask,
): readonly PrincipalMatch[] {
  const { x, caller } = ask;
  // AWS (A.1): a statement of a resource-based policy without Principal matches nobody.
  if (!statement.principal) return [];
  if (statement.principal.negated) {
    // I.9: an Allow with NotPrincipal, no longer supported, once granted to everyone else.
    const boundaryCounts = statement.effect === 'Deny';
    const spared = sparedBy(
      statement.principal,
      boundaryCounts ? caller : { ...caller, hasBoundary: false },
      x,
    );
    return [{ as: 'everyone', when: x.not(spared) }];
  }
  const named = principalMatches(statement.principal, caller, x);
  const isOther = accountMeansRoot && caller.principal.kind !== 'root';
  const matches = isOther ? named.filter(({ as }) => as !== 'account') : named;
  if (statement.effect === 'Allow') return matches;
  return matches.length > 0 ? [{ as: 'everyone', when: x.any(matches.map((match) => match.when)) }] : [];
}

function refOf(
  layer: Layer,
  source: PolicySource,
  statement: CompiledStatement,
  { caller }: Ask,
): StatementRef {
  const { effect, sid, path, principal } = statement;
  const ref = { document: source.document, layer, effect, sid, path, attachedTo: source.attachedTo };
  const disputed =
    statement.disputed ?? (principal && spelledOtherwise(principal, caller) ? 'I.15' : undefined);
  return disputed === undefined ? ref : { ...ref, disputed };
}
