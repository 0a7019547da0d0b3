import { isAuthorisedByName } from '../catalogue/access-point-actions.ts';
import type { Expressions } from '../expression/expressions.ts';
import { callerOf } from './caller.ts';
import { combinePolicies, policiesOf } from './combine.ts';
import type { LayerReport } from './combined.ts';
import { openKeysOf, type Evaluation } from './evaluation.ts';
import { managementContext } from './open-context.ts';
import type { AccessPointQuestion } from './question.ts';
import { rcpsFor } from './reach.ts';
import type { RequestResource } from './resource.ts';

/**
 * Evaluates an action on an access point itself. AWS (C.1, B.5): identity policies alone allow it, never the point's
 * policy or the bucket's, and only in the point's own account.
 */
export function evaluateAccessPoint(question: AccessPointQuestion, x: Expressions): Evaluation {
  const { caller, action, point, via } = question;
  const context = managementContext(question);
  const isNamed = isAuthorisedByName(action);
  const resource: RequestResource = isNamed ? { kind: 'arn', arn: point.arn } : { kind: 'none' };
  const parts = combinePolicies(
    {
      ...policiesOf(caller),
      // AWS (B.3): RCPs judge actions that have a resource type.
      rcps: isNamed ? rcpsFor(caller, action, point.rcps) : undefined,
      endpoint: via.endpoint?.policies,
      resource: [],
      grants: [],
      resourceAccountId: point.account.accountId,
      resourceMustAllow: false,
      layers: { identity: 'identity', resource: 'access-point' },
    },
    { leg: 's3', caller: callerOf(caller), action, resource, context, x },
  );
  const isForeign = caller.account?.accountId !== point.account.accountId;
  return {
    x,
    parts: { ...parts, reports: parts.reports.map((report) => ofPoint(report, isForeign)) },
    background: x.yes,
    assumptions: caller.session === undefined ? ['no session policy', 'no session tags'] : [],
    ...openKeysOf([context]),
  };
}

function ofPoint(report: LayerReport, isForeign: boolean): LayerReport {
  if (report.layer !== 'access-point') return report;
  return isForeign
    ? { ...report, note: 'an access point is managed from its own account only' }
    : { ...report, applicable: false, note: '' };
}
