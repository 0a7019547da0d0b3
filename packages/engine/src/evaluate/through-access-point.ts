import type { Layer } from '@denyscope/model';
import { combinePolicies, policiesOf } from './combine.ts';
import type { Combined, Constraint, LayerReport } from './combined.ts';
import type { RequestContext } from './context.ts';
import type { Ask, Grant } from './layer.ts';
import { judgeBucket } from './object-owner.ts';
import { accessPointContext } from './open-context.ts';
import type { AccessPointFacts, ObjectScope, S3Question } from './question.ts';
import { rcpsFor } from './reach.ts';
import type { RequestResource } from './resource.ts';

/** What the policies come to, and the contexts, beside the bucket's, in which they were judged. */
export interface PolicyPart extends Combined {
  readonly contexts: readonly RequestContext[];
}

/**
 * The policies that judge the request. AWS (C.8): through an access point they are asked twice. The caller's own and
 * the point's are asked about the point's ARN, as for any resource of the point's account; then the bucket must permit
 * the same, by its policy (to the caller, or to whoever comes through the point) or, in its own account, by an
 * identity policy that names the bucket. A Deny of either round counts.
 */
export function judgePolicies(question: S3Question, ask: Ask, grants: readonly Grant[]): PolicyPart {
  const here = judgeBucket(question, ask, grants);
  const point = question.via.accessPoint;
  if (!point) return { ...here, contexts: [] };
  const context = accessPointContext(question, point);
  const there = judgePoint(point, question, { ...ask, context });
  const isLetIn = there.grants.some(({ statement }) => statement?.layer === 'access-point');
  const permits = isLetIn ? ofBucketPolicy(here.constraints) : here.constraints;
  return {
    constraints: [...there.constraints, ...permits],
    reports: [...there.reports, ...here.reports.map((report) => aboutBucket(report, permits, ask))],
    grants: [...there.grants, ...here.grants],
    contexts: [context],
  };
}

/**
 * Whom the access point's own policy lets in, the bucket policy is to let in as well, by delegation or by the same
 * grant (C.8); whom it does not, as without an access point (B.4), the caller's identity policies.
 */
function ofBucketPolicy(constraints: readonly Constraint[]): readonly Constraint[] {
  return constraints.map((each) =>
    each.layer === 'identity' && !each.explicit ? { ...each, layer: 'bucket-policy' } : each,
  );
}

function judgePoint(
  point: AccessPointFacts,
  { caller, action, objects, via }: S3Question,
  ask: Ask,
): Combined {
  return combinePolicies(
    {
      ...policiesOf(caller),
      rcps: rcpsFor(caller, action, point.rcps),
      endpoint: via.endpoint?.policies,
      resource: [point.policy],
      grants: [],
      resourceAccountId: point.account.accountId,
      resourceMustAllow: false,
      layers: { identity: 'identity', resource: 'access-point' },
    },
    { ...ask, resource: resourceOf(point, objects) },
  );
}

const CALLERS_OWN: ReadonlySet<Layer> = new Set(['identity', 'boundary', 'session']);

/** Asked about the bucket, the caller's own policies need not allow, unless they are what the bucket rests on. */
function aboutBucket(report: LayerReport, permits: readonly Constraint[], { x }: Ask): LayerReport {
  const { layer } = report;
  const needed = permits.find((each) => each.layer === layer && !each.explicit);
  const isCallers = CALLERS_OWN.has(layer);
  if (!needed) return isCallers ? { ...report, allows: x.yes, note: '' } : report;
  const note =
    needed.holds === x.no
      ? 'the bucket must permit it too: by an Allow on its own ARN, or by delegating to the access point'
      : '';
  return isCallers || layer === 'bucket-policy' ? { ...report, allows: needed.holds, note } : report;
}

function resourceOf({ arn }: AccessPointFacts, objects: ObjectScope): RequestResource {
  switch (objects.kind) {
    case 'bucket':
      return { kind: 'arn', arn };
    case 'key':
      return { kind: 'arn', arn: `${arn}/object/${objects.key}` };
    case 'any-key':
    case 'like':
      return { kind: 'object', prefix: `${arn}/object/` };
  }
}
