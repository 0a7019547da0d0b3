import type { Layer } from '@denyscope/model';
import type { Node } from '../expression/expressions.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import type { Combined, Constraint, LayerReport, PolicySet } from './combined.ts';
import { hiddenFact } from './gates/gate.ts';
import { askedOf, matchLayer, type Ask, type Grant } from './layer.ts';
import type { BucketFacts, S3Question } from './question.ts';
import { rcpsFor } from './reach.ts';

/**
 * AWS (C.3, C.4): the owner of an object grants what is done with it. These make an object, take it away, which the
 * bucket owner may whatever the owner, or concern no object that is there.
 */
const OF_THE_BUCKET: ReadonlySet<string> = new Set([
  's3:putobject',
  's3:deleteobject',
  's3:deleteobjectversion',
  's3:bypassgovernanceretention',
  's3:abortmultipartupload',
  's3:listmultipartuploadparts',
  's3:replicateobject',
  's3:replicatedelete',
  's3:replicatetags',
  's3:objectowneroverridetobucketowner',
  's3:initiatereplication',
]);

/** Is the action one that an object's owner grants? */
export function isOwnersToGrant({ action, objects }: Pick<S3Question, 'action' | 'objects'>): boolean {
  return objects.kind !== 'bucket' && !OF_THE_BUCKET.has(action.toLowerCase());
}

/** Are ACLs disabled, and every object the bucket owner's? */
export function ownerEnforced({ arn, ownership }: BucketFacts, ask: Ask): Node {
  if (ownership.kind === 'unreadable') return hiddenFact(`${arn}#ownership`, ownership.reason, ask);
  return ask.x.of(ownership.kind === 'seen' && ownership.value === 'BucketOwnerEnforced');
}

/** Who owns the object, by account id where that is known; undefined where it is the bucket owner, or assumed to be. */
export function foreignOwnerOf(question: S3Question): string | undefined {
  const owner = question.object?.owner;
  if (owner === undefined || !isOwnersToGrant(question)) return undefined;
  const { account } = question.bucket;
  if (owner === account.accountId || owner === account.canonicalUserId) return undefined;
  const caller = question.caller.account;
  return caller && owner === caller.canonicalUserId ? caller.accountId : owner;
}

/**
 * The policies that judge the pair, with what grants beside them. Where ACLs count and the object is another
 * account's, that account takes the place of the bucket owner.
 */
export function judgeBucket(question: S3Question, ask: Ask, grants: readonly Grant[]): Combined {
  const set = { ...bucketPolicies(question), grants };
  const owner = foreignOwnerOf(question);
  const enforced = ownerEnforced(question.bucket, ask);
  if (owner === undefined || enforced === ask.x.yes) return combinePolicies(set, ask);
  const foreign = judgeForeign({ question, set, owner }, ask);
  if (enforced === ask.x.no) return foreign;
  // Nobody could read which of the two it is.
  return either(enforced, combinePolicies(set, ask), foreign, ask);
}

function bucketPolicies({ action, caller, bucket, via }: S3Question): PolicySet {
  return {
    ...policiesOf(caller),
    rcps: rcpsFor(caller, action, bucket.rcps),
    endpoint: via.endpoint?.policies,
    resource: [bucket.policy],
    grants: [],
    resourceAccountId: bucket.account.accountId,
    resourceMustAllow: false,
    throughAccessPoint: via.accessPoint !== undefined,
    layers: { identity: 'identity', resource: 'bucket-policy' },
  };
}

interface Foreign {
  readonly question: S3Question;
  readonly set: PolicySet;
  readonly owner: string;
}

/** AWS (C.3, C.4): the bucket policy can only deny; the object's ACL grants, and the owner's account lets its own in. */
function judgeForeign({ question, set, owner }: Foreign, ask: Ask): Combined {
  const { leg, x } = ask;
  const combined = combinePolicies(
    {
      ...set,
      resource: [],
      resourceAccountId: owner,
      layers: { identity: 'identity', resource: 'ownership' },
    },
    ask,
  );
  const { denials } = matchLayer('bucket-policy', [question.bucket.policy], 'named', askedOf(ask));
  const refusals = denials.map(({ when, statement }): Constraint => {
    return { leg, layer: 'bucket-policy', explicit: true, statement, holds: x.not(when) };
  });
  const policy: LayerReport = {
    leg,
    layer: 'bucket-policy',
    applicable: denials.length > 0,
    allows: x.yes,
    spares: x.all(refusals.map(({ holds }) => holds)),
    statements: denials.flatMap(({ statement }) => (statement ? [statement] : [])),
    note: 'its Allows do not reach an object of another owner',
  };
  const need = combined.constraints.filter(({ layer }) => layer === 'ownership');
  const grants = x.all(need.map(({ holds }) => holds));
  const owned: LayerReport = {
    leg,
    layer: 'ownership',
    applicable: true,
    allows: grants,
    spares: x.yes,
    statements: [],
    note: `the object belongs to ${owner}, which must grant`,
  };
  return {
    constraints: [...blamed(combined, combinePolicies(set, ask), grants, ask), ...refusals],
    reports: [...combined.reports.filter(({ layer }) => layer !== 'ownership'), policy, owned],
    grants: combined.grants,
  };
}

/**
 * The owner's refusal is to be blamed for itself alone: where it does not grant, what else would be in the way is what
 * would be if the bucket owner owned the object. The same requests pass.
 */
function blamed(foreign: Combined, own: Combined, grants: Node, { leg, x }: Ask): readonly Constraint[] {
  if (grants === x.yes) return foreign.constraints;
  const needs = (layer: Layer, { constraints }: Combined): Node =>
    x.all(constraints.filter((each) => each.layer === layer && !each.explicit).map(({ holds }) => holds));
  const merged = OWNERS_NEEDS.map((layer): Constraint => {
    const granted = x.all([grants, needs(layer, foreign)]);
    const holds = x.any([granted, x.all([x.not(grants), needs(layer, own)])]);
    return { leg, layer, explicit: false, statement: undefined, holds };
  });
  const others = foreign.constraints.filter(
    ({ layer, explicit }) => explicit || layer === 'ownership' || !OWNERS_NEEDS.includes(layer),
  );
  return [...others, ...merged];
}

const OWNERS_NEEDS: readonly Layer[] = ['identity', 'boundary', 'session', 'bucket-policy'];

/** All of one or all of the other, as the hidden fact has it. */
function either(fact: Node, ifSo: Combined, ifNot: Combined, { x }: Ask): Combined {
  const under = (condition: Node, constraints: readonly Constraint[]): readonly Constraint[] =>
    constraints.map((constraint) => ({
      ...constraint,
      holds: x.any([x.not(condition), constraint.holds]),
    }));
  return {
    constraints: [...under(fact, ifSo.constraints), ...under(x.not(fact), ifNot.constraints)],
    reports: ifSo.reports,
    grants: [...ifSo.grants, ...ifNot.grants],
  };
}
