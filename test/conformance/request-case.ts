import {
  compilePolicy,
  decideClosed,
  type ClosedQuestion,
  type PolicySource,
  type PolicyType,
} from '@denyscope/engine';
import { parsePrincipal, seen, type Decision, type RequestCase } from '@denyscope/model';

/** What a case came to. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Runs one closed request through the engine. */
export function runRequestCase(test: RequestCase): Outcome {
  const principal = parsePrincipal(test.request.principal);
  if (!principal) return { kind: 'unsupported', reason: `principal \`${test.request.principal}\`` };
  const decision = decideClosed(questionOf(test, principal));
  if (decision.verdict === 'unknown' || decision.verdict === 'conditional') {
    const why = decision.missing.map((missing) => `${missing.document}: ${missing.reason}`).join('; ');
    return { kind: 'unsupported', reason: `verdict ${decision.verdict} ${why}` };
  }
  return { kind: 'answer', answer: answerOf(decision) };
}

/** AWS's words: an explicit Deny anywhere makes the denial explicit. */
function answerOf(decision: Decision): string {
  if (decision.verdict === 'allowed') return 'Allowed';
  return decision.blockers.some((blocker) => blocker.explicit) ? 'ExplicitlyDenied' : 'ImplicitlyDenied';
}

/** Does the answer meet the expectation? `Denied` is either kind. */
export function meets(expected: RequestCase['expect'], answer: string): boolean {
  return expected === 'Denied' ? answer !== 'Allowed' : expected === answer;
}

function questionOf(test: RequestCase, principal: ClosedQuestion['principal']): ClosedQuestion {
  const { request } = test;
  // AWS (B.3): SCPs limit neither the management account nor callers without an account.
  const scpsApply =
    test.scps.length > 0 && request.principalInManagementAccount !== true && 'accountId' in principal;
  // AWS (B.3): RCPs do not limit the management account's own resources.
  const ownAccount = 'accountId' in principal && principal.accountId === request.resourceAccount;
  const inManagementAccount = request.principalInManagementAccount === true && ownAccount;
  const rcpsApply = test.rcps.length > 0 && !inManagementAccount;
  return {
    principal,
    action: request.action,
    wildcardOnlyAction: request.wildcardOnlyAction ?? false,
    resource: request.resource,
    resourceAccountId: request.resourceAccount,
    context: request.context,
    multiValuedKeys: request.multiValuedKeys ?? [],
    identity: sources(test.identityPolicies, 'identity'),
    boundary: optional(test.permissionBoundaries, 'identity'),
    session: optional(test.sessionPolicies, 'identity'),
    scps: scpsApply ? nodes(test.scps) : undefined,
    rcps: rcpsApply ? nodes(test.rcps) : undefined,
    endpoint: optional(test.vpcEndpointPolicies, 'endpoint'),
    ...settingsOf(test),
  };
}

function settingsOf({
  settings,
  resourcePolicy,
  request,
}: RequestCase): Pick<ClosedQuestion, 'resourcePolicy' | 'restrictPublicBuckets' | 'bucketAbacEnabled'> {
  const type = resourceType(request.action);
  return {
    resourcePolicy: resourcePolicy === null ? undefined : source('resource policy', resourcePolicy, type),
    restrictPublicBuckets: settings?.s3?.blockPublicAccess ?? false,
    bucketAbacEnabled: settings?.s3?.bucketAbacEnabled ?? false,
  };
}

function resourceType(action: string): PolicyType {
  const name = action.toLowerCase();
  if (name.startsWith('sts:')) return 'trust';
  // AWS (A.1): the policies of keys, as those of ECR's repositories, leave the resource out: it is their own.
  return name.startsWith('s3:') ? 'resource' : 'key';
}

type Named = RequestCase['identityPolicies'];

function optional(policies: Named | null, type: PolicyType): readonly PolicySource[] | undefined {
  return policies && policies.length > 0 ? sources(policies, type) : undefined;
}

function sources(policies: Named, type: PolicyType): readonly PolicySource[] {
  return policies.map(({ name, policy }) => source(name, policy, type));
}

function nodes(path: RequestCase['scps']): ClosedQuestion['scps'] {
  return path.map(({ target, policies }) => ({ node: target, policies: sources(policies, 'organization') }));
}

/** A policy given as text stays text: it may be percent-encoded. */
export function source(document: string, policy: unknown, type: PolicyType): PolicySource {
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  return { document, attachedTo: document, policy: seen(compilePolicy(text, type)) };
}
