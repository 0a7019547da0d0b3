import { isKnownAction } from '@denyscope/engine';
import {
  actionKey,
  parseActionName,
  parseArn,
  type Decision,
  type ExplainAnswer,
  type ExplainRequest,
  type ScanRef,
} from '@denyscope/model';
import { answered, invalid, type Answered } from './answered.ts';
import { decideBucketUse } from './bucket-use.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import { callerFacts } from './facts/caller.ts';
import { withSessionPolicies } from './facts/session.ts';
import { withMissingGaps } from './missing-gap.ts';
import { decideAccountUse, decideKeyUse, decideRoleUse, type Asked } from './other-uses.ts';
import { vantageOf } from './vantage.ts';

/**
 * Answers "why is this denied" for one request: verdict, condition, every layer, all blockers. A problem where the
 * request makes no sense or names what is not in the scan.
 */
export function explain(
  compiled: CompiledEstate,
  request: ExplainRequest,
  scan: ScanRef,
): Answered<ExplainAnswer> {
  const decided = decide(compiled, request);
  if (!decided.ok) return decided;
  const { id, principal, action, resource, operation } = request;
  return answered({
    ...(id === undefined ? {} : { id }),
    principal,
    action,
    resource,
    ...(operation === undefined ? {} : { operation }),
    scan,
    ...decided.answer,
  });
}

function decide(compiled: CompiledEstate, request: ExplainRequest): Answered<Decision> {
  if (!parseActionName(request.action)) {
    return invalid(
      'action',
      `\`${request.action}\` is no action: expected \`service:Name\`, as in s3:GetObject`,
    );
  }
  if (request.operation !== undefined && actionKey(request.action) !== 's3:putobject') {
    return invalid('operation', `${request.action} is no multipart upload: only s3:PutObject is`);
  }
  const found = callerFacts(compiled, request.principal, request.sessionPolicies !== undefined);
  if (!found.ok) return found;
  const caller = withSessionPolicies(found.answer, request.sessionPolicies);
  if (!caller.ok) return caller;
  const via = vantageOf(compiled, request.via);
  if (!via.ok) return via;
  const asked = { request, caller: caller.answer, via: via.answer };
  const decided = decideUse(compiled, asked);
  if (!decided.ok) return decided;
  return answered(withMissingGaps(compiled.estate, withActionNote(decided.answer, request.action)));
}

function decideUse(compiled: CompiledEstate, asked: Asked): Answered<Decision> {
  if (asked.request.resource === '*') return decideAccountUse(compiled, asked);
  const arn = parseArn(asked.request.resource);
  if (arn?.service === 'kms') return decideKeyUse(compiled, asked, arn);
  if (arn?.service === 'iam' && arn.resource.startsWith('role/')) return decideRoleUse(compiled, asked, arn);
  return decideBucketUse(compiled, asked);
}

function withActionNote(decision: Decision, action: string): Decision {
  if (isKnownAction(action) !== false) return decision;
  return {
    ...decision,
    assumptions: [...decision.assumptions, `${action} is an action, though AWS's reference does not list it`],
  };
}
