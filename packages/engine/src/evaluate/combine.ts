import type { Layer } from '@denyscope/model';
import type { Expressions, Node } from '../expression/expressions.ts';
import type { Caller, NamedAs } from './caller.ts';
import type { Combined, Constraint, Matched, NodeMatches, PolicySet } from './combined.ts';
import { anyGrant, askedOf, matchLayer, type Ask, type Asked, type Grant, type LayerMatch } from './layer.ts';
import { reportsOf } from './layer-report.ts';
import type { CallerFacts, NodePolicies } from './question.ts';
import { mendsBucketPolicy, worksAcrossAccounts } from './reach.ts';

/** What the caller's own account has to say of it. */
export function policiesOf({
  identity,
  boundary,
  session,
  scps,
}: CallerFacts): Pick<PolicySet, 'identity' | 'boundary' | 'session' | 'scps'> {
  return { identity, boundary, session, scps };
}

/** Combines the policy layers of one pair by semantics.md B.2 to B.5: a conjunction of constraints. */
export function combinePolicies(set: PolicySet, given: Ask): Combined {
  const ask = askedOf(given);
  const matched = matchedOf(set, ask);
  const { identity, resource, boundary, session, endpoint, granted } = matched;
  const { layers } = set;
  const constraints: Constraint[] = [];
  addNodes(matched.scps, ask, constraints);
  addNodes(matched.rcps, ask, constraints);
  addDenials(layers.identity, identity, ask, constraints);
  const mends =
    layers.resource === 'bucket-policy' &&
    mendsBucketPolicy(ask.caller.principal, ask.action, set.resourceAccountId);
  if (!mends) addDenials(layers.resource, resource, ask, constraints);
  if (boundary) addDenials('boundary', boundary, ask, constraints);
  if (session) addDenials('session', session, ask, constraints);
  if (endpoint) addDenials('vpc-endpoint', endpoint, ask, constraints);
  constraints.push(...needsOf(matched));
  if (endpoint) constraints.push(need('vpc-endpoint', endpoint.allows, ask));
  return { constraints, reports: reportsOf(matched), grants: [...identity.grants, ...granted] };
}

function matchedOf(set: PolicySet, ask: Asked): Matched {
  const { layers, boundary, session, endpoint, resourceContext } = set;
  const about = resourceContext ? { ...ask, context: resourceContext } : ask;
  const resource = matchLayer(layers.resource, set.resource, 'named', about);
  return {
    set,
    ask,
    identity: matchLayer(layers.identity, set.identity, 'implied', ask),
    resource,
    granted: set.grants.length === 0 ? resource.grants : [...resource.grants, ...set.grants],
    boundary: boundary && matchLayer('boundary', boundary, 'implied', ask),
    session: session && matchLayer('session', session, 'implied', ask),
    endpoint: endpoint && matchLayer('vpc-endpoint', endpoint, 'named', ask),
    scps: matchNodes('scp', set.scps, ask),
    rcps: matchNodes('rcp', set.rcps, ask),
  };
}

/** Which Allows are needed, by who calls: semantics.md B.4 (same account), B.5 (cross account), B.6. */
function needsOf(matched: Matched): readonly Constraint[] {
  const { set, ask, identity, granted } = matched;
  const { x, caller } = ask;
  const { layers } = set;
  const { kind } = caller.principal;
  if (kind === 'anonymous' || kind === 'service') {
    return [need(layers.resource, grantTo(TO_STRANGERS, granted, x), ask)];
  }
  const own = isRoot(caller) ? x.yes : identity.allows;
  const isOwners = caller.accountId === set.resourceAccountId;
  if (set.throughAccessPoint) return [bucketNeed(isOwners, own, matched)];
  if (!isOwners) {
    // AWS (B.5): both sides must allow, and naming the caller on the far side waives no limit of its own account.
    const works = worksAcrossAccounts(ask.action, layers.resource === 'kms-key-policy');
    const there = works ? grantTo(TO_ANY, granted, x) : x.no;
    return [need(layers.identity, own, ask), ...limits(x.no, matched), need(layers.resource, there, ask)];
  }
  // AWS (B.4): a user's ARN, an exact session and `*` need no identity policy and are not limited by a boundary or
  // session policy that is merely silent; a role's ARN needs no identity policy, but is limited.
  const byName = grantTo(TO_PRINCIPAL, granted, x);
  const unlimited = x.any([grantTo(TO_SESSION, granted, x), kind === 'user' ? byName : x.no]);
  const direct = x.any([unlimited, byName, grantTo(TO_LIMITED, granted, x)]);
  if (!set.resourceMustAllow) {
    return [need(layers.identity, x.any([own, direct]), ask), ...limits(unlimited, matched)];
  }
  const delegated = grantTo(TO_ACCOUNT, granted, x);
  return [
    need(layers.resource, x.any([direct, delegated]), ask),
    // Where the resource's policy leaves nothing to the account, that is what is missing, and not an identity policy.
    need(layers.identity, x.any([own, direct, x.not(delegated)]), ask),
    ...limits(unlimited, matched),
  ];
}

/** AWS (C.8): behind an access point the bucket permits by its policy, or in its own account by an identity policy. */
function bucketNeed(isOwners: boolean, own: Node, matched: Matched): Constraint {
  const { set, ask, granted } = matched;
  const { x } = ask;
  const itself = isOwners ? x.all([own, limitOf('boundary', matched), limitOf('session', matched)]) : x.no;
  // What the owner holds by an ACL of its own delegates nothing: the text of C.8 speaks of policies.
  const counting = isOwners
    ? granted.filter(({ as, statement }) => !(as === 'account' && statement?.layer === 'acl'))
    : granted;
  const permits = x.any([grantTo(TO_ANY, counting, x), itself]);
  return need(isOwners ? set.layers.identity : set.layers.resource, permits, ask);
}

const TO_STRANGERS: readonly NamedAs[] = ['everyone', 'service'];
const TO_ANY: readonly NamedAs[] = ['everyone', 'session', 'principal', 'limited', 'account', 'service'];
const TO_SESSION: readonly NamedAs[] = ['everyone', 'session'];
const TO_PRINCIPAL: readonly NamedAs[] = ['principal'];
const TO_LIMITED: readonly NamedAs[] = ['limited'];
const TO_ACCOUNT: readonly NamedAs[] = ['account'];

/** Is there a grant that names the caller in one of these ways? */
function grantTo(ways: readonly NamedAs[], grants: readonly Grant[], x: Expressions): Node {
  if (grants.length === 0) return x.no;
  return anyGrant(
    grants.filter((grant) => ways.includes(grant.as)),
    x,
  );
}

function isRoot({ principal: { kind } }: Caller): boolean {
  return kind === 'root' || kind === 'account';
}

/** What bounds the caller's own policies, unless the waiver holds. */
function limits(waiver: Node, matched: Matched): readonly Constraint[] {
  const { ask } = matched;
  const { x } = ask;
  return [
    need('boundary', x.any([waiver, limitOf('boundary', matched)]), ask),
    need('session', x.any([waiver, limitOf('session', matched)]), ask),
  ];
}

function limitOf(layer: 'boundary' | 'session', matched: Matched): Node {
  const { caller, x } = matched.ask;
  const limit = matched[layer];
  if (limit && !isRoot(caller)) return limit.allows;
  // AWS (B.4, I-EVAL last step): a federated session without a session policy gets nothing through its user.
  return x.of(!(layer === 'session' && caller.principal.kind === 'federated'));
}

function need(layer: Layer, holds: Node, { leg }: Ask): Constraint {
  return { leg, layer, explicit: false, statement: undefined, holds };
}

function addDenials(layer: Layer, match: LayerMatch, { leg, x }: Ask, to: Constraint[]): void {
  for (const { when, statement } of match.denials) {
    to.push({ leg, layer, explicit: true, statement, holds: x.not(when) });
  }
}

function matchNodes(
  layer: 'scp' | 'rcp',
  nodes: readonly NodePolicies[] | undefined,
  ask: Asked,
): NodeMatches {
  const matched = nodes?.map(({ node, policies }) => ({
    node,
    match: matchLayer(layer, policies, 'implied', ask),
  }));
  return { layer, nodes: matched };
}

/** AWS (B.3): every node from the root to the account must allow, and a Deny at any of them wins. */
function addNodes({ layer, nodes }: NodeMatches, ask: Ask, to: Constraint[]): void {
  for (const { match } of nodes ?? []) {
    to.push(need(layer, match.allows, ask));
    addDenials(layer, match, ask, to);
  }
}
