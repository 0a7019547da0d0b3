import type { Leg, Principal } from '@denyscope/model';
import type { Expressions } from '../expression/expressions.ts';
import { isPublicPolicy } from '../public-policy.ts';
import { combinePolicies, type Constraint, type PolicySet } from './combine.ts';
import { closedContext } from './context.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import type { Ask } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
import { isServiceLinked, rcpsFor } from './reach.ts';
import type { RequestResource } from './resource.ts';

/** A request whose context is given whole, with the policies that judge it: the case form of formats.md section 2. */
export interface ClosedQuestion {
  readonly principal: Principal;
  readonly action: string;
  /** The action has no resource-level permissions. */
  readonly wildcardOnlyAction: boolean;
  /** May hold `*` and `?`: is all that it names reachable through one matching grant? */
  readonly resource: string;
  readonly resourceAccountId: string;
  readonly context: Readonly<Record<string, readonly string[]>>;
  readonly multiValuedKeys: readonly string[];
  readonly identity: readonly PolicySource[];
  readonly boundary: readonly PolicySource[] | undefined;
  readonly session: readonly PolicySource[] | undefined;
  readonly scps: PolicySet['scps'];
  readonly rcps: PolicySet['rcps'];
  readonly endpoint: readonly PolicySource[] | undefined;
  readonly resourcePolicy: PolicySource | undefined;
  /** Effective RestrictPublicBuckets. */
  readonly restrictPublicBuckets: boolean;
  readonly bucketAbacEnabled: boolean;
}

/** Evaluates a closed request at its point: every condition is decided, nothing is derived from the principal. */
export function evaluateClosed(question: ClosedQuestion, x: Expressions): Evaluation {
  const { principal } = question;
  const accountId = 'accountId' in principal ? principal.accountId : undefined;
  const ask: Ask = {
    leg: legOf(question.action),
    caller: { principal, accountId, hasBoundary: question.boundary !== undefined, isClosed: true },
    action: question.action,
    resource: resourceOf(question),
    context: closedContext(contextOf(question), question.multiValuedKeys),
    x,
  };
  const combined = combinePolicies(policySetOf(question), ask);
  return {
    x,
    parts: {
      ...combined,
      constraints: [...combined.constraints, ...blockConstraint(question, accountId, x)],
    },
    background: x.yes,
    assumptions: [],
    ...openKeysOf([]),
  };
}

function legOf(action: string): Leg {
  return action.toLowerCase().startsWith('kms:') ? 'kms' : 's3';
}

function resourceOf({ action, wildcardOnlyAction, resource }: ClosedQuestion): RequestResource {
  // AWS (A.5): `arn:aws:s3:::*` is accepted in practice for the listing of all buckets, and only there.
  const accepts = action.toLowerCase() === 's3:listallmybuckets' ? 'arn:aws:s3:::*' : undefined;
  if (wildcardOnlyAction) return { kind: 'none', accepts };
  return /[*?]/.test(resource) ? { kind: 'pattern', arn: resource } : { kind: 'arn', arn: resource };
}

/** Is the resource a bucket or an object? */
function isOfS3({ resource }: ClosedQuestion): boolean {
  return /^arn:[^:]*:s3:/.test(resource);
}

/** AWS (C.11): without attribute-based access control, S3 resources have no tags in the context. */
function contextOf(question: ClosedQuestion): ClosedQuestion['context'] {
  const { context, bucketAbacEnabled } = question;
  if (bucketAbacEnabled || !isOfS3(question)) return context;
  const kept = Object.entries(context).filter(([key]) => !/^(aws:resourcetag|s3:buckettag)\//i.test(key));
  return Object.fromEntries(kept);
}

/** AWS (B.4): session policies come with role sessions and federated sessions. */
function isSession({ principal: { kind } }: ClosedQuestion): boolean {
  return kind === 'role' || kind === 'session' || kind === 'federated';
}

/** AWS (B.4, D.4): keys and role trust policies must themselves allow. */
function policySetOf(question: ClosedQuestion): PolicySet {
  const action = question.action.toLowerCase();
  const isKms = action.startsWith('kms:') && !question.wildcardOnlyAction;
  const isTrust = action.startsWith('sts:assumerole');
  const caller = { principal: question.principal, roleArn: undefined };
  return {
    identity: question.identity,
    boundary: question.boundary,
    session: isSession(question) ? question.session : undefined,
    scps: isServiceLinked(caller.principal, caller.roleArn) ? undefined : question.scps,
    rcps: question.wildcardOnlyAction ? undefined : rcpsFor(caller, action, question.rcps),
    endpoint: question.endpoint,
    resource: question.resourcePolicy ? [question.resourcePolicy] : [],
    grants: [],
    resourceAccountId: question.resourceAccountId,
    resourceMustAllow: isKms || isTrust,
    layers: {
      identity: isKms ? 'kms-identity' : 'identity',
      resource: isKms ? 'kms-key-policy' : isTrust ? 'role-trust' : 'bucket-policy',
    },
  };
}

/** AWS (C.7): RestrictPublicBuckets cuts outsiders off a bucket whose policy is public. */
function blockConstraint(
  question: ClosedQuestion,
  accountId: string | undefined,
  x: Expressions,
): readonly Constraint[] {
  const policy = question.resourcePolicy?.policy;
  const isOutsider = question.principal.kind !== 'service' && accountId !== question.resourceAccountId;
  const blocks =
    question.restrictPublicBuckets &&
    isOfS3(question) &&
    isOutsider &&
    policy?.kind === 'seen' &&
    isPublicPolicy(policy.value);
  return blocks
    ? [{ leg: 's3', layer: 'block-public-access', explicit: true, statement: undefined, holds: x.no }]
    : [];
}
