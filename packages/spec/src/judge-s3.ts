import { parseArn, parsePrincipal } from '@denyscope/model';
import { judge, verdictOf, type Judgement } from './judge.ts';
import type { ConcreteRequest, Reason } from './layer.ts';

/** One S3 request, the KMS call that it needs, and the facts that are no policy. */
export interface S3Request {
  readonly s3: ConcreteRequest;
  /** D.2: the same caller, asking for a kms action on the key; absent where the object is not under a key. */
  readonly kms?: ConcreteRequest;
  readonly gates?: Gates;
}

export interface Gates {
  /** `KeyState` of DescribeKey; `Enabled` where it is not given. */
  readonly keyState?: string;
  readonly bucketRegion?: string;
  readonly requesterPays?: boolean;
  /** Did the request carry `x-amz-request-payer: requester`? */
  readonly requestPayer?: boolean;
}

/** B.1, B.2: every pair of action and resource must pass, and every gate. */
export function judgeS3(request: S3Request): Judgement {
  // D.4: the endpoint of the S3 call is not on the way to KMS.
  const kms = request.kms && judge({ ...request.kms, vpcEndpointPolicies: null });
  const legs = [judge(request.s3), ...(kms ? [kms] : [])];
  const denials = legs.flatMap((leg) => (leg.verdict === 'Allowed' ? [] : leg.because));
  const grants = legs.flatMap((leg) => (leg.verdict === 'Allowed' ? leg.because : []));
  const gates = [...requesterPays(request), ...keyGates(request)];
  return { ...verdictOf([...denials, ...gates], grants), issues: legs.flatMap(({ issues }) => issues) };
}

/** C.9: outsiders must agree to pay, anonymous callers cannot, and the owner's account need not. */
function requesterPays({ s3, gates }: S3Request): readonly Reason[] {
  const caller = parsePrincipal(s3.request.principal);
  if (gates?.requesterPays !== true || caller === undefined) return [];
  const owned = 'accountId' in caller && caller.accountId === s3.request.resourceAccount;
  const agreed = gates.requestPayer === true && caller.kind !== 'anonymous';
  return owned || agreed ? [] : [{ layer: 'requester-pays', outcome: 'implicitly-denied', source: 'C.9' }];
}

function keyGates({ kms, gates }: S3Request): readonly Reason[] {
  if (kms === undefined) return [];
  const { principal, resource } = kms.request;
  const keyRegion = parseArn(resource)?.region;
  const state = gates?.keyState ?? 'Enabled';
  const faults = [
    state === 'Enabled' ? [] : [`D.5: the key is ${state}`],
    keyRegion === (gates?.bucketRegion ?? keyRegion)
      ? []
      : ['D.1: the key is not in the Region of the bucket'],
    principal === 'anonymous' ? ['D.1: an object under a key needs a signed request'] : [],
  ].flat();
  return faults.map((source) => ({ layer: 'kms-key-state', outcome: 'implicitly-denied', source }));
}
