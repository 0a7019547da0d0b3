import type { Layer, Leg, StatementRef } from '@denyscope/model';
import { matchesAction, type CompiledStatement } from '../compile/policy.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import { principalMatches, sparedBy, type Caller, type NamedAs } from './caller.ts';
import { conditionExpression } from './condition.ts';
import type { RequestContext } from './context.ts';
import type { PolicySource } from './policy-source.ts';
import { resourceExpression, type RequestResource } from './resource.ts';

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
}

/** Whether statements of the layer name principals, as resource-based policies do. */
export type PrincipalRule = 'named' | 'implied';

/** The documents of one layer. */
export interface LayerDocuments {
  readonly layer: Layer;
  readonly sources: readonly PolicySource[];
  readonly principals: PrincipalRule;
}

/** Matches all documents of one layer; separate from how layers combine. */
export function matchLayer(documents: LayerDocuments, ask: Ask): LayerMatch {
  const grants: Grant[] = [];
  const denials: Denial[] = [];
  for (const source of documents.sources) {
    const { policy } = source;
    if (policy.kind === 'absent') continue;
    if (policy.kind === 'unreadable') {
      addUnreadable({ document: source.document, reason: policy.reason }, ask, { grants, denials });
      continue;
    }
    for (const issue of policy.value.broken) {
      const document = `${source.document}${issue.path}`;
      addUnreadable({ document, reason: `MalformedPolicy: ${issue.message}` }, ask, { grants, denials });
    }
    for (const statement of policy.value.statements) {
      matchStatement(statement, { source, documents }, ask, { grants, denials });
    }
  }
  return { grants, denials };
}

interface Found {
  readonly grants: Grant[];
  readonly denials: Denial[];
}

/** Unreadable is not open: two opaque atoms, "may grant" and "may deny" (design.md section 2). */
function addUnreadable(
  missing: { document: string; reason: string },
  { leg, x }: Ask,
  { grants, denials }: Found,
): void {
  const atom = (may: 'grant' | 'deny'): Node => x.atom({ kind: 'unreadable', leg, ...missing, may });
  // Whom such a grant would name is as unknown as the grant: the kind that needs nothing else stands for all.
  grants.push({ as: 'everyone', when: atom('grant'), statement: undefined });
  denials.push({ when: atom('deny'), statement: undefined, unreadable: missing.document });
}

interface Place {
  readonly source: PolicySource;
  readonly documents: LayerDocuments;
}

function matchStatement(
  statement: CompiledStatement,
  { source, documents }: Place,
  ask: Ask,
  found: Found,
): void {
  const { x } = ask;
  if (!matchesAction(statement, ask.action)) return;
  const resource = resourceExpression(statement, ask.resource, ask.context, x);
  if (resource === x.no) return;
  const conditions = statement.conditions.map((condition) => conditionExpression(condition, ask.context, x));
  const applies = x.all([resource, ...conditions]);
  if (applies === x.no) return;
  const ref = refOf(documents.layer, source, statement);
  for (const { as, when } of whom(statement, ask, documents.principals)) {
    const both = x.all([applies, when]);
    if (both === x.no) continue;
    if (statement.effect === 'Allow') found.grants.push({ as, when: both, statement: ref });
    else found.denials.push({ when: both, statement: ref, unreadable: undefined });
  }
}

/** Whom the statement speaks to, of this caller. */
function whom(
  statement: CompiledStatement,
  ask: Ask,
  rule: PrincipalRule,
): readonly { as: NamedAs; when: Node }[] {
  const { x, caller } = ask;
  if (rule === 'implied') return [{ as: 'everyone', when: x.yes }];
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
  const matches = principalMatches(statement.principal, caller, x);
  if (statement.effect === 'Allow') return matches;
  return matches.length > 0 ? [{ as: 'everyone', when: x.any(matches.map((match) => match.when)) }] : [];
}

function refOf(layer: Layer, source: PolicySource, statement: CompiledStatement): StatementRef {
  const { effect, sid, path } = statement;
  return { document: source.document, layer, effect, sid, path, attachedTo: source.attachedTo };
}
