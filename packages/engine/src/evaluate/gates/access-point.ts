import type { Node } from '../../expression/expressions.ts';
import { combinePolicies } from '../combine.ts';
import type { Ask } from '../layer.ts';
import type { AccessPointFacts, ObjectScope, S3Question } from '../question.ts';
import type { RequestResource } from '../resource.ts';
import { NO_PART, valueNode, type Gate } from './gate.ts';

/**
 * AWS (C.8): through an access point, its own policy path must allow as well as the bucket; a VPC-origin access point
 * rejects calls from anywhere else.
 */
export const accessPoint: Gate = (question, s3) => {
  const { caller, via, objects } = question;
  const point = via.accessPoint;
  if (!point) return NO_PART;
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
    { ...s3, resource: resourceOf(point, objects) },
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
};

function resourceOf(point: AccessPointFacts, objects: ObjectScope): RequestResource {
  switch (objects.kind) {
    case 'bucket':
      return { kind: 'arn', arn: point.arn };
    case 'key':
      return { kind: 'arn', arn: `${point.arn}/object/${objects.key}` };
    case 'any-key':
    case 'like':
      return { kind: 'object', prefix: `${point.arn}/object/` };
  }
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
