import { parsePrincipal } from '@denyscope/model';
import { gateRefusals, isBlocked, type AccessPoint, type S3Request } from './gates.ts';
import { keyRefusals } from './key.ts';
import { refusal, type ConcreteRequest, type Reasons } from './layer.ts';
import { withOwnership } from './object-owner.ts';
import { askPair, refusals, refusalsBehindAccessPoint } from './pair.ts';

export interface Judgement {
  readonly verdict: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied';
  /** Everything that denied. */
  readonly because: Reasons;
}

/** One request of any service, by its policies alone. */
export function judge(request: ConcreteRequest): Judgement {
  return judgeS3({ s3: request });
}

/** B.1, B.2: allowed where every pair of action and resource is granted, and nothing refuses. */
export function judgeS3(request: S3Request): Judgement {
  const { s3, accessPoint, kms, gates = {} } = request;
  const caller = parsePrincipal(s3.request.principal);
  if (caller === undefined) return verdictOf([refusal('identity', s3.request.principal)]);
  const pair = withOwnership(askPair(s3, caller), gates, isBlocked(request, 'IgnorePublicAcls'));
  const front = accessPoint && askPair(toAccessPoint(s3, accessPoint), caller);
  const bypass = { ...s3, request: { ...s3.request, action: 's3:BypassGovernanceRetention' } };
  return verdictOf([
    ...(front ? [...refusals(front), ...refusalsBehindAccessPoint(pair)] : refusals(pair)),
    ...(kms ? keyRefusals(kms, s3, caller) : []),
    ...gateRefusals(request, caller, () => judgeS3({ ...request, s3: bypass }).verdict === 'Allowed'),
  ]);
}

/** C.8: the same request under the access point's ARN, with its policy and the RCPs of its account. */
function toAccessPoint(s3: ConcreteRequest, { arn, account, policy, rcps }: AccessPoint): ConcreteRequest {
  const key = /^arn:[^/]*\/(.*)$/s.exec(s3.request.resource)?.[1];
  const resource = key === undefined ? arn : `${arn}/object/${key}`;
  const request = { ...s3.request, resource, resourceAccount: account };
  return { ...s3, request, resourcePolicy: policy, rcps };
}

/** B.1: silence denies, and an explicit denial outranks it. */
function verdictOf(because: Reasons): Judgement {
  if (because.length === 0) return { verdict: 'Allowed', because };
  const explicit = because.some(({ outcome }) => outcome === 'explicitly-denied');
  return { verdict: explicit ? 'ExplicitlyDenied' : 'ImplicitlyDenied', because };
}
