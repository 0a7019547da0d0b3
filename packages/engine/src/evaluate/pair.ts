import type { Expressions } from '../expression/expressions.ts';
import { callerOf } from './caller.ts';
import { GRANTING } from './gates/index.ts';
import { gateOf, type GatePart } from './gates/gate.ts';
import type { Ask } from './layer.ts';
import { s3Context } from './open-context.ts';
import type { S3Question } from './question.ts';
import type { RequestResource } from './resource.ts';
import { judgePolicies, type PolicyPart } from './through-access-point.ts';

/** One (action, resource) pair of a request to S3, judged by the policies and by what grants beside them. */
export interface PairPart {
  readonly ask: Ask;
  readonly policies: PolicyPart;
  /** What the gates that grant add besides their grants. */
  readonly granting: readonly GatePart[];
}

/** AWS (C.1, I.2): these operations need a second action on the same object. */
const COMPANIONS: ReadonlyMap<string, string> = new Map([
  ['s3:getobjectattributes', 's3:GetObject'],
  ['s3:getobjectversionattributes', 's3:GetObjectVersion'],
]);

/** Every pair that the request needs, its own first (semantics.md B.1). */
export function judgePairs(question: S3Question, x: Expressions): readonly [PairPart, ...PairPart[]] {
  const companion = COMPANIONS.get(question.action.toLowerCase());
  const own = judgePair(question, x);
  return companion === undefined ? [own] : [own, judgePair({ ...question, action: companion }, x)];
}

function judgePair(question: S3Question, x: Expressions): PairPart {
  const ask: Ask = {
    leg: 's3',
    caller: callerOf(question.caller),
    action: question.action,
    resource: resourceOf(question),
    context: s3Context(question),
    x,
  };
  const granting = GRANTING.map(({ judge }) => judge(question, ask));
  const grants = granting.flatMap((part) => part.grants);
  const policies = judgePolicies(question, ask, grants);
  const ignored = granting.flatMap((part) => part.ignored ?? []);
  if (ignored.length === 0) return { ask, policies, granting };
  const spared = judgePolicies(question, ask, [...grants, ...ignored]);
  const held = ignoredPart(policies, spared, x);
  return { ask, policies: { ...policies, constraints: spared.constraints }, granting: [...granting, held] };
}

/**
 * AWS (C.7): where a public grant of an ACL would do, and IgnorePublicAcls takes it away, it is that flag which
 * refuses. The same requests pass: what must hold without the grants is the flag's to demand.
 */
function ignoredPart(without: PolicyPart, spared: PolicyPart, x: Expressions): GatePart {
  const changed = without.constraints.filter(({ holds }, at) => holds !== spared.constraints[at]?.holds);
  const holds = x.all(changed.map((constraint) => constraint.holds));
  const verdict = { leg: 's3', layer: 'block-public-access', explicit: false } as const;
  const note = 'IgnorePublicAcls is on: the public grants of the ACL do not count';
  return gateOf({ ...verdict, holds, applicable: true, note: holds === x.yes ? '' : note }, x);
}

function resourceOf({ bucket, objects }: S3Question): RequestResource {
  switch (objects.kind) {
    case 'bucket':
      return { kind: 'arn', arn: bucket.arn };
    case 'key':
      return { kind: 'arn', arn: `${bucket.arn}/${objects.key}` };
    case 'any-key':
    case 'like':
      return { kind: 'object', prefix: `${bucket.arn}/` };
  }
}
