import type { StatementRef } from '@denyscope/model';
import { isPublicPolicy, publicStatements } from '../public-policy.ts';
import { parseGlob, globText } from '../compile/glob.ts';
import type { Expressions, Node } from '../expression/expressions.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { combinePolicies, type Combined, type PolicySet } from './combine.ts';
import { aclPart } from './acl.ts';
import { callerOf } from './caller.ts';
import { known, type KeyState } from './context.ts';
import type { KeyPlace } from './context.ts';
import { s3Context } from './open-context.ts';
import { kmsLeg } from './kms.ts';
import type { Ask } from './layer.ts';
import type { PolicySource } from './policy-source.ts';
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
  const acl = aclPart(question.bucket, ask);
  const bucketSide = combinePolicies({ ...bucketPolicies(question), grants: acl.grants }, ask);
  const kms = kmsLeg(question, ask);
  const gates = [blockPart(question, ask), payerPart(question, ask)];
  const parts = [bucketSide, accessPointPart(question, ask), ...gates, kms];
  return {
    x,
    parts: {
      constraints: parts.flatMap((part) => part.constraints),
      reports: [acl.report, ...parts.flatMap((part) => part.reports)],
      grants: bucketSide.grants,
    },
    background: objects.kind === 'like' ? keyLike(objects.pattern, x) : x.yes,
    assumptions: assumptionsOf(question),
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

/**
 * AWS (C.8): through an access point, its own policy path must allow as well as the bucket; a VPC-origin access point
 * rejects calls from anywhere else.
 */
function accessPointPart(question: S3Question, s3: Ask): Combined {
  const { caller, via, objects } = question;
  const point = via.accessPoint;
  if (!point) return { constraints: [], reports: [], grants: [] };
  const resource: RequestResource =
    objects.kind === 'bucket'
      ? { kind: 'arn', arn: point.arn }
      : objects.kind === 'key'
        ? { kind: 'arn', arn: `${point.arn}/object/${objects.key}` }
        : { kind: 'object', prefix: `${point.arn}/object/` };
  const combined = combinePolicies(
    {
      identity: caller.identity,
      boundary: caller.boundary,
      session: caller.session,
      scps: caller.scps,
      rcps: undefined,
      endpoint: via.endpoint?.policies,
      resource: [point.policy],
      grants: [],
      resourceAccountId: point.account.accountId,
      resourceMustAllow: false,
      layers: { identity: 'identity', resource: 'access-point' },
    },
    { ...s3, resource },
  );
  const origin = originNode(question, s3);
  const reports = combined.reports.filter((report) => report.layer === 'access-point');
  const fromVpc = {
    leg: 's3',
    layer: 'access-point',
    explicit: false,
    statement: undefined,
    holds: origin,
  } as const;
  return { constraints: [...combined.constraints, fromVpc], reports, grants: [] };
}

function originNode({ caller, via }: S3Question, { context, x }: Ask): Node {
  // AWS (B.6, S-APL): access points take no anonymous calls.
  if (caller.principal.kind === 'anonymous') return x.no;
  const point = via.accessPoint;
  if (point?.networkOrigin !== 'VPC') return x.yes;
  if (via.internet) return x.no;
  if (via.endpoint) return x.of(via.endpoint.vpcId === point.vpcId);
  return valueNode('aws:sourcevpc', point.vpcId ?? '', context.stateOf('aws:sourcevpc'), x);
}

/** Is this the key's value? */
function valueNode(key: string, value: string, state: KeyState, x: Expressions): Node {
  if (state.kind === 'known') return x.of(state.values.includes(value));
  if (state.kind === 'absent') return x.no;
  return x.atom({ kind: 'test', leg: 's3', key, test: 'equals', value, glob: undefined });
}

/**
 * AWS (C.7): where RestrictPublicBuckets is in force and the bucket policy is public, only AWS services and
 * principals of the bucket owner's account pass.
 */
function blockPart({ caller, bucket }: S3Question, { x }: Ask): Combined {
  const { restrictPublicBuckets } = bucket.block;
  const isOutsider =
    caller.principal.kind !== 'service' && caller.account?.accountId !== bucket.account.accountId;
  const restricts = flag(restrictPublicBuckets, `${bucket.arn}#public-access-block`, x);
  const isPublic = publicNode(bucket.policy, bucket.policyIsPublic, x);
  const blocks = isOutsider ? x.all([restricts, isPublic]) : x.no;
  const statements: readonly StatementRef[] = blocks === x.no ? [] : taintOf(bucket.policy, bucket.arn);
  const note = blocks === x.no ? '' : 'RestrictPublicBuckets is on and the bucket policy is public';
  return {
    constraints: [
      {
        leg: 's3',
        layer: 'block-public-access',
        explicit: true,
        statement: statements[0],
        holds: x.not(blocks),
      },
    ],
    reports: [
      {
        leg: 's3',
        layer: 'block-public-access',
        applicable: true,
        allows: x.yes,
        spares: x.not(blocks),
        statements,
        note,
      },
    ],
    grants: [],
  };
}

/** AWS (C.9): whoever is not of the owner's account must say that it pays, which an anonymous caller cannot. */
function payerPart({ caller, bucket, context }: S3Question, { x }: Ask): Combined {
  const { payer } = bucket;
  const document = `${bucket.arn}#request-payment`;
  const isOwner = caller.account?.accountId === bucket.account.accountId;
  const header = Object.entries(context).find(([key]) => key.toLowerCase() === PAYER_HEADER);
  const said: KeyState = header ? known(...(header[1] ?? [])) : OPEN_HEADER;
  const accepts: Node =
    caller.principal.kind === 'anonymous' ? x.no : valueNode(PAYER_HEADER, 'requester', said, x);
  const isRequester =
    payer.kind === 'unreadable'
      ? x.atom({ kind: 'unreadable', leg: 's3', document, reason: payer.reason, may: 'matter' })
      : x.of(payer.kind === 'seen' && payer.value === 'Requester');
  const holds = isOwner ? x.yes : x.any([x.not(isRequester), accepts]);
  const applicable = !isOwner && isRequester !== x.no;
  const note = applicable ? 'the requester pays, and must say so with each request' : '';
  return {
    constraints: [{ leg: 's3', layer: 'requester-pays', explicit: false, statement: undefined, holds }],
    reports: [
      { leg: 's3', layer: 'requester-pays', applicable, allows: holds, spares: x.yes, statements: [], note },
    ],
    grants: [],
  };
}

/** A request header, not a condition key: no policy can test it. */
const PAYER_HEADER = 'x-amz-request-payer';
const OPEN_HEADER: KeyState = { kind: 'open', leg: 's3', alwaysPresent: false };

function flag(
  fact: S3Question['bucket']['block']['restrictPublicBuckets'],
  document: string,
  x: Expressions,
): Node {
  if (fact.kind === 'unreadable') {
    return x.atom({ kind: 'unreadable', leg: 's3', document, reason: fact.reason, may: 'matter' });
  }
  return x.of(fact.kind === 'seen' && fact.value);
}

/** AWS's own answer decides where it was read (I.5, I.16); else the policy's text does. */
function publicNode(
  source: PolicySource,
  status: S3Question['bucket']['policyIsPublic'],
  x: Expressions,
): Node {
  if (status.kind === 'seen') return x.of(status.value);
  const { policy } = source;
  if (policy.kind === 'unreadable') {
    return x.atom({
      kind: 'unreadable',
      leg: 's3',
      document: source.document,
      reason: policy.reason,
      may: 'matter',
    });
  }
  return x.of(policy.kind === 'seen' && isPublicPolicy(policy.value));
}

function taintOf(source: PolicySource, bucketArn: string): readonly StatementRef[] {
  if (source.policy.kind !== 'seen') return [];
  return publicStatements(source.policy.value).map(({ sid, path, effect }) => ({
    document: source.document,
    layer: 'block-public-access',
    effect,
    sid,
    path,
    attachedTo: bucketArn,
  }));
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
