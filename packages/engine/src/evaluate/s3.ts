import { parseGlob, globText } from '../compile/glob.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { combinePolicies, type PolicySet } from './combine.ts';
import { callerOf } from './caller.ts';
import type { KeyPlace } from './context.ts';
import { GRANTING, REFUSING } from './gates/index.ts';
import { s3Context } from './open-context.ts';
import { kmsLeg } from './kms.ts';
import type { Ask } from './layer.ts';
import { rcpsFor } from './reach.ts';
import type { RequestResource } from './resource.ts';
import type { S3Question } from './question.ts';

/** Evaluates a question about a bucket or its objects: policies, S3's gates, and the KMS call. */
export function evaluateS3(question: S3Question, x: Expressions): Evaluation {
  const { objects } = question;
  const context = s3Context(question);
  const ask: Ask = {
    leg: 's3',
    caller: callerOf(question.caller),
    action: question.action,
    resource: resourceOf(question),
    context,
    x,
  };
  const granting = GRANTING.map(({ judge }) => judge(question, ask));
  const grants = granting.flatMap((part) => part.grants);
  const bucketSide = combinePolicies({ ...bucketPolicies(question), grants }, ask);
  const kms = kmsLeg(question, ask);
  const refusing = REFUSING.map(({ judge }) => judge(question, ask));
  const parts = [...granting, bucketSide, ...refusing, kms];
  return {
    x,
    parts: {
      constraints: parts.flatMap((part) => part.constraints),
      reports: parts.flatMap((part) => part.reports),
      grants: bucketSide.grants,
    },
    background: objects.kind === 'like' ? keyLike(objects.pattern, x) : x.yes,
    assumptions: [
      ...assumptionsOf(question),
      ...[...granting, ...refusing].flatMap(({ assumptions = [] }) => assumptions),
    ],
    ...openKeysOf([context, ...kms.contexts], objectKeyOf(question)),
  };
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

/** An object's key is a part of every request for an object. */
function objectKeyOf({ objects }: S3Question): readonly KeyPlace[] {
  return objects.kind === 'any-key' || objects.kind === 'like' ? [{ leg: 's3', key: 'key' }] : [];
}

function keyLike(pattern: string, x: Expressions): Node {
  const glob = parseGlob(pattern);
  return x.atom({ kind: 'test', leg: 's3', key: 'key', test: 'like', value: globText(glob), glob });
}

function bucketPolicies({ action, caller, bucket, via }: S3Question): PolicySet {
  return {
    identity: caller.identity,
    boundary: caller.boundary,
    session: caller.session,
    scps: caller.scps,
    rcps: rcpsFor(caller, action, bucket.rcps),
    endpoint: via.endpoint?.policies,
    resource: [bucket.policy],
    grants: [],
    resourceAccountId: bucket.account.accountId,
    resourceMustAllow: false,
    layers: { identity: 'identity', resource: 'bucket-policy' },
  };
}

/** What the decision takes for granted, since no scan sees it: design.md section 2. */
function assumptionsOf({ caller, objects, via }: S3Question): readonly string[] {
  const { kind } = caller.principal;
  const isSession = kind === 'role' || kind === 'session' || kind === 'federated';
  return [
    ...(isSession && caller.session === undefined ? ['no session policy', 'no session tags'] : []),
    ...(objects.kind === 'bucket'
      ? []
      : [
          'object encrypted with the bucket default',
          'object owned by the bucket owner',
          'no object ACL grants',
        ]),
    ...(via.accessPoint === undefined ? ['not through an access point'] : []),
    ...(via.endpoint || via.internet ? [] : ['a VPC endpoint on the way, if any, lets the request pass']),
  ];
}
