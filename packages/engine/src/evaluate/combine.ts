import type { Layer, Leg, StatementRef } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import { matchLayer, type Ask, type Denial, type Grant, type LayerMatch } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
import type { NamedAs } from './caller.ts';
import type { NodePolicies } from './question.ts';
import { mendsBucketPolicy, worksAcrossAccounts } from './reach.ts';

/** One thing that must hold for the request to pass: the decision is "all of them". */
export interface Constraint {
  readonly leg: Leg;
  readonly layer: Layer;
  /** An explicit Deny must not apply, rather than an Allow be there. */
  readonly explicit: boolean;
  readonly statement: StatementRef | undefined;
  readonly holds: Node;
}

/** What one layer by itself says, for the answer's table of layers. */
export interface LayerReport {
  readonly leg: Leg;
  readonly layer: Layer;
  readonly applicable: boolean;
  readonly allows: Node;
  readonly spares: Node;
  readonly statements: readonly StatementRef[];
  readonly note: string;
}

/** All the policies that judge one (action, resource) pair. */
export interface PolicySet {
  readonly identity: readonly PolicySource[];
  readonly boundary: readonly PolicySource[] | undefined;
  readonly session: readonly PolicySource[] | undefined;
  readonly scps: readonly NodePolicies[] | undefined;
  readonly rcps: readonly NodePolicies[] | undefined;
  /** Several are a union. Undefined: the request does not come through an endpoint. */
  readonly endpoint: readonly PolicySource[] | undefined;
  readonly resource: readonly PolicySource[];
  /** Grants beside the resource's policy: a key's grants. */
  readonly grants: readonly Grant[];
  readonly resourceAccountId: string;
  /**
   * Keys and roles are exceptions to "identity or resource" (semantics.md B.4, D.4): their own policy must take part.
   */
  readonly resourceMustAllow: boolean;
  readonly layers: { readonly identity: Layer; readonly resource: Layer };
}

/** What the policies of one pair come to: all that must hold, what each layer says, and what grants. */
export interface Combined {
  readonly constraints: readonly Constraint[];
  readonly reports: readonly LayerReport[];
  readonly grants: readonly Grant[];
}

/** Combines the policy layers of one pair by semantics.md B.2 to B.5: a conjunction of constraints. */
export function combinePolicies(set: PolicySet, ask: Ask): Combined {
  const { layers } = set;
  const identity = matchLayer({ layer: layers.identity, sources: set.identity, principals: 'implied' }, ask);
  const resource = matchLayer({ layer: layers.resource, sources: set.resource, principals: 'named' }, ask);
  const ceilings = ceilingsOf(set, ask);
  const granted = [...resource.grants, ...set.grants];
  const needs = needsOf({ set, ask, identity, granted, ceilings });
  const mends =
    layers.resource === 'bucket-policy' &&
    mendsBucketPolicy(ask.caller.principal, ask.action, set.resourceAccountId);
  const matches = [
    { layer: layers.identity, match: identity },
    ...(mends ? [] : [{ layer: layers.resource, match: resource }]),
    ...ceilings.flatMap(({ layer, match }) => (match ? [{ layer, match }] : [])),
  ];
  const denials = matches.flatMap(({ layer, match }) =>
    match.denials.map((denial) => denialConstraint(layer, denial, ask)),
  );
  const scps = matchNodes('scp', set.scps, ask);
  const rcps = matchNodes('rcp', set.rcps, ask);
  const nodes = [...nodeConstraints(scps, ask), ...nodeConstraints(rcps, ask)];
  const endpoint = ceilings.find(({ layer }) => layer === 'vpc-endpoint')?.match;
  const endpointNeed = endpoint ? [need('vpc-endpoint', anyGrant(endpoint.grants, ask.x), ask)] : [];
  return {
    constraints: [...nodes, ...denials, ...needs, ...endpointNeed],
    reports: [
      nodesReport(scps, ask),
      nodesReport(rcps, ask),
      ...reportsOf({ set, ask, identity, resource, ceilings }),
    ],
    grants: [...identity.grants, ...granted],
  };
}

interface Ceiling {
  readonly layer: Layer;
  /** Undefined where the layer does not apply. */
  readonly match: LayerMatch | undefined;
}

function ceilingsOf(set: PolicySet, ask: Ask): readonly Ceiling[] {
  const ceiling = (layer: Layer, sources: readonly PolicySource[] | undefined): Ceiling => ({
    layer,
    match:
      sources &&
      matchLayer({ layer, sources, principals: layer === 'vpc-endpoint' ? 'named' : 'implied' }, ask),
  });
  return [
    ceiling('boundary', set.boundary),
    ceiling('session', set.session),
    ceiling('vpc-endpoint', set.endpoint),
  ];
}

interface Judged {
  readonly set: PolicySet;
  readonly ask: Ask;
  readonly identity: LayerMatch;
  readonly granted: readonly Grant[];
  readonly ceilings: readonly Ceiling[];
}

/** Which Allows are needed, by who calls: semantics.md B.4 (same account), B.5 (cross account), B.6. */
function needsOf({ set, ask, identity, granted, ceilings }: Judged): readonly Constraint[] {
  const { x, caller } = ask;
  const { layers } = set;
  const named = (...as: readonly NamedAs[]): Node =>
    anyGrant(
      granted.filter((grant) => as.includes(grant.as)),
      x,
    );
  const { kind } = caller.principal;
  if (kind === 'anonymous' || kind === 'service')
    return [need(layers.resource, named('everyone', 'service'), ask)];
  const isRoot = kind === 'root' || kind === 'account';
  const own = isRoot ? x.yes : anyGrant(identity.grants, x);
  const limit = (layer: Layer): Node => {
    const match = ceilings.find((ceiling) => ceiling.layer === layer)?.match;
    if (match && !isRoot) return anyGrant(match.grants, x);
    // AWS (B.4, I-EVAL last step): a federated session without a session policy gets nothing through its user.
    return x.of(!(layer === 'session' && kind === 'federated'));
  };
  const limits = (waiver: Node): readonly Constraint[] =>
    (['boundary', 'session'] as const).map((layer) => need(layer, x.any([waiver, limit(layer)]), ask));
  if (caller.accountId !== set.resourceAccountId) {
    // AWS (B.5): both sides must allow, and naming the caller on the far side waives no limit of its own account.
    const allowed = named('everyone', 'session', 'principal', 'limited', 'account', 'service');
    const there = worksAcrossAccounts(ask.action, layers.resource === 'kms-key-policy') ? allowed : x.no;
    return [need(layers.identity, own, ask), ...limits(x.no), need(layers.resource, there, ask)];
  }
  // AWS (B.4): a user's ARN, an exact session and `*` need no identity policy and are not limited by a boundary or
  // session policy that is merely silent; a role's ARN needs no identity policy, but is limited.
  const unlimited = x.any([named('everyone', 'session'), kind === 'user' ? named('principal') : x.no]);
  const direct = x.any([unlimited, named('principal')]);
  const limited = named('limited');
  if (!set.resourceMustAllow) {
    const grant = need(layers.identity, x.any([own, direct, limited]), ask);
    return [grant, ...limits(unlimited)];
  }
  const delegated = named('account');
  return [
    need(layers.resource, x.any([direct, limited, delegated]), ask),
    need(layers.identity, x.any([own, direct, limited]), ask),
    ...limits(unlimited),
  ];
}

function need(layer: Layer, holds: Node, { leg }: Ask): Constraint {
  return { leg, layer, explicit: false, statement: undefined, holds };
}

function denialConstraint(layer: Layer, { when, statement }: Denial, { leg, x }: Ask): Constraint {
  return { leg, layer, explicit: true, statement, holds: x.not(when) };
}

/** The policies of a path of nodes, matched; undefined nodes: the layer does not apply. */
interface NodeMatches {
  readonly layer: 'scp' | 'rcp';
  readonly nodes: readonly { readonly node: string; readonly match: LayerMatch }[] | undefined;
}

function matchNodes(layer: 'scp' | 'rcp', nodes: readonly NodePolicies[] | undefined, ask: Ask): NodeMatches {
  const matched = nodes?.map(({ node, policies }) => ({
    node,
    match: matchLayer({ layer, sources: policies, principals: 'implied' }, ask),
  }));
  return { layer, nodes: matched };
}

/** AWS (B.3): every node from the root to the account must allow, and a Deny at any of them wins. */
function nodeConstraints({ layer, nodes }: NodeMatches, ask: Ask): readonly Constraint[] {
  return (nodes ?? []).flatMap(({ match }) => [
    need(layer, anyGrant(match.grants, ask.x), ask),
    ...match.denials.map((denial) => denialConstraint(layer, denial, ask)),
  ]);
}

function anyGrant(grants: readonly Grant[], x: Expressions): Node {
  return x.any(grants.map((grant) => grant.when));
}

interface Reported {
  readonly set: PolicySet;
  readonly ask: Ask;
  readonly identity: LayerMatch;
  readonly resource: LayerMatch;
  readonly ceilings: readonly Ceiling[];
}

function reportsOf({ set, ask, identity, resource, ceilings }: Reported): readonly LayerReport[] {
  const { kind } = ask.caller.principal;
  const hasIdentity = kind !== 'anonymous' && kind !== 'service' && kind !== 'root' && kind !== 'account';
  const own = report(set.layers.identity, hasIdentity ? identity : undefined, ask);
  return [
    {
      ...own,
      note: hasIdentity
        ? silenceNote(identity, resource, set, ask)
        : `${kind} callers have no identity-based policies that count here`,
    },
    ...ceilings.map(({ layer, match }) => report(layer, match, ask)),
    { ...report(set.layers.resource, resource, ask), note: silenceNote(resource, identity, set, ask) },
  ];
}

/** AWS (B.4): in the same account one side's Allow may do, so the other's silence is no fault. */
function silenceNote(silent: LayerMatch, other: LayerMatch, set: PolicySet, { caller }: Ask): string {
  const oneSuffices = caller.accountId === set.resourceAccountId && !set.resourceMustAllow;
  const isMoot = oneSuffices && silent.grants.length === 0 && other.grants.length > 0;
  return isMoot ? 'silent: in the same account the Allow of the other side may suffice' : '';
}

function nodesReport({ layer, nodes }: NodeMatches, ask: Ask): LayerReport {
  const merged: LayerMatch = {
    grants: (nodes ?? []).flatMap(({ match }) => match.grants),
    denials: (nodes ?? []).flatMap(({ match }) => match.denials),
  };
  const allowed = (nodes ?? []).map(({ node, match }) => ({ node, allows: anyGrant(match.grants, ask.x) }));
  const silent = allowed.filter(({ allows }) => allows === ask.x.no).map(({ node }) => node);
  const note = silent.length > 0 ? `no Allow at ${silent.join(', ')}` : '';
  return {
    ...report(layer, nodes && merged, ask),
    allows: ask.x.all(allowed.map(({ allows }) => allows)),
    note,
  };
}

function report(layer: Layer, match: LayerMatch | undefined, { leg, x }: Ask): LayerReport {
  const statements = [...(match?.denials ?? []), ...(match?.grants ?? [])].flatMap(({ statement }) =>
    statement ? [statement] : [],
  );
  return {
    leg,
    layer,
    applicable: match !== undefined,
    allows: anyGrant(match?.grants ?? [], x),
    spares: x.all((match?.denials ?? []).map((denial) => x.not(denial.when))),
    statements: uniqueRefs(statements),
    note: '',
  };
}

/** Each statement once, denials first. */
export function uniqueRefs(refs: readonly StatementRef[]): readonly StatementRef[] {
  return [
    ...new Map(
      refs.map((ref) => [`${ref.layer} ${ref.document} ${ref.path} ${ref.attachedTo}`, ref]),
    ).values(),
  ];
}
