import type { Principal } from '@denyscope/model';
import { resourceTypesOf } from '../catalogue/index.ts';
import type { Expressions } from '../expression/expressions.ts';
import { isPublicPolicy } from '../public-policy.ts';
import { combinePolicies } from './combine.ts';
import type { Constraint, PolicySet } from './combined.ts';
import { closedContext, type RequestContext } from './context.ts';
import type { Evaluation } from './evaluation.ts';
import type { Ask } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
import { isOfTrust, isServiceLinked, isServiceLinkedArn, rcpsFor } from './reach.ts';
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
  const name = question.action.toLowerCase();
  const ask: Ask = {
    leg: name.startsWith('kms:') ? 'kms' : 's3',
    caller: { principal, accountId, hasBoundary: question.boundary !== undefined, isClosed: true },
    action: question.action,
    resource: resourceOf(question, name),
    context: contextOf(question),
    x,
  };
  const { constraints, reports, grants } = combinePolicies(policySetOf(question, name), ask);
  const block = blockConstraint(question, accountId, x);
  return {
    x,
    parts: { constraints: block ? [...constraints, block] : constraints, reports, grants },
    background: x.yes,
    assumptions: [],
    alwaysPresent: [],
    isOpen: nothingIsOpen,
  };
}

function nothingIsOpen(): boolean {
  return false;
}

function resourceOf({ wildcardOnlyAction, resource }: ClosedQuestion, name: string): RequestResource {
  // AWS (A.5): `arn:aws:s3:::*` is accepted in practice for the listing of all buckets, and only there.
  const accepts = name === 's3:listallmybuckets' ? 'arn:aws:s3:::*' : undefined;
  if (wildcardOnlyAction || (resource === '*' && !resourceTypesOf(name)?.length))
    return { kind: 'none', accepts };
  // All that there is: six parts, each of them anything.
  if (resource === '*') return { kind: 'pattern', arn: '*:*:*:*:*:*' };
  return /[*?]/.test(resource) ? { kind: 'pattern', arn: resource } : { kind: 'arn', arn: resource };
}

/** Is the resource a bucket or an object? */
function isOfS3({ resource }: ClosedQuestion): boolean {
  return /^arn:[^:]*:s3:/.test(resource);
}

/** AWS (C.11): without attribute-based access control, S3 resources have no tags in the context. */
function contextOf(question: ClosedQuestion): RequestContext {
  const { context, multiValuedKeys, bucketAbacEnabled } = question;
  if (bucketAbacEnabled || !isOfS3(question)) return closedContext(context, multiValuedKeys);
  return closedContext(context, multiValuedKeys, isResourceTag);
}

function isResourceTag(key: string): boolean {
  return key.startsWith('aws:resourcetag/') || key.startsWith('s3:buckettag/');
}

/** AWS (B.4): session policies come with role sessions and federated sessions. */
function isSession({ principal: { kind } }: ClosedQuestion): boolean {
  return kind === 'role' || kind === 'session' || kind === 'federated';
}

function policySetOf(question: ClosedQuestion, action: string): PolicySet {
  const { principal } = question;
  const layers = layersOf(question, action);
  return {
    identity: question.identity,
    boundary: question.boundary,
    session: isSession(question) ? question.session : undefined,
    scps: isServiceLinked(principal, undefined) ? undefined : question.scps,
    rcps: rcpsOf(question, action),
    endpoint: question.endpoint,
    resource: question.resourcePolicy ? [question.resourcePolicy] : [],
    grants: [],
    resourceAccountId: question.resourceAccountId,
    // AWS (B.4, D.4): keys and role trust policies must themselves allow.
    resourceMustAllow: layers !== BUCKET_LAYERS,
    layers,
  };
}

const BUCKET_LAYERS: PolicySet['layers'] = { identity: 'identity', resource: 'bucket-policy' };
const KEY_LAYERS: PolicySet['layers'] = { identity: 'kms-identity', resource: 'kms-key-policy' };
const ROLE_LAYERS: PolicySet['layers'] = { identity: 'identity', resource: 'role-trust' };

function layersOf({ wildcardOnlyAction }: ClosedQuestion, action: string): PolicySet['layers'] {
  if (action.startsWith('kms:') && !wildcardOnlyAction) return KEY_LAYERS;
  return isOfTrust(action) ? ROLE_LAYERS : BUCKET_LAYERS;
}

/** AWS (B.3): RCPs judge actions with a resource type, and spare the trust policies of service-linked roles. */
function rcpsOf(question: ClosedQuestion, action: string): PolicySet['rcps'] {
  const { principal, wildcardOnlyAction, resource, rcps } = question;
  if (wildcardOnlyAction || (isOfTrust(action) && isServiceLinkedArn(resource))) return undefined;
  return rcpsFor({ principal, roleArn: undefined }, action, rcps);
}

/** AWS (C.7): RestrictPublicBuckets cuts outsiders off a bucket whose policy is public. */
function blockConstraint(
  question: ClosedQuestion,
  accountId: string | undefined,
  x: Expressions,
): Constraint | undefined {
  const policy = question.resourcePolicy?.policy;
  const isOutsider = question.principal.kind !== 'service' && accountId !== question.resourceAccountId;
  const blocks =
    question.restrictPublicBuckets &&
    isOfS3(question) &&
    isOutsider &&
    policy?.kind === 'seen' &&
    isPublicPolicy(policy.value);
  return blocks
    ? { leg: 's3', layer: 'block-public-access', explicit: true, statement: undefined, holds: x.no }
    : undefined;
}
