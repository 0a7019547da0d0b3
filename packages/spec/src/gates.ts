import type { Principal } from '@denyscope/model';
import { isPlainHttp, valuesOf } from './context.ts';
import type { KeyCall } from './key.ts';
import { refusal, type ConcreteRequest, type Reason, type Reasons } from './layer.ts';
import { isPublicGroup, type Ownership } from './object-owner.ts';
import { isPublicPolicy } from './public-policy.ts';

/** One S3 request on a bucket's own ARN, with all that judges it. */
export interface S3Request {
  readonly s3: ConcreteRequest;
  readonly accessPoint?: AccessPoint | undefined;
  /** The key that the object is under, or will be. */
  readonly kms?: KeyCall | undefined;
  readonly gates?: Gates;
}

/** What a request goes through: an access point or a multi-Region access point. An alias is only a name of it. */
export interface AccessPoint {
  readonly arn: string;
  readonly account: string;
  readonly policy: unknown;
  readonly policyIsPublic?: boolean;
  /** The VPC of one that is open to a VPC only. */
  readonly vpc?: string;
  readonly rcps: ConcreteRequest['rcps'];
}

/** The facts of the request that are no policy. */
export interface Gates extends Ownership {
  /** C.7: the flags of each level: organization, account, bucket; the access point and its account. */
  readonly blocks?: readonly PublicAccessBlock[];
  /** AWS's own answer, where it was read. */
  readonly policyIsPublic?: boolean;
  readonly requesterPays?: boolean;
  /** Did the request carry `x-amz-request-payer: requester`? */
  readonly requestPayer?: boolean;
  readonly locks?: readonly ('compliance' | 'governance' | 'legal-hold')[];
  /** `BlockedEncryptionTypes.EncryptionType` of the bucket. */
  readonly blockedEncryption?: readonly string[];
}

type Flag = 'BlockPublicAcls' | 'IgnorePublicAcls' | 'RestrictPublicBuckets';
export type PublicAccessBlock = Readonly<Partial<Record<Flag, boolean>>>;

/** C.7: of all levels the most restrictive counts, flag by flag. */
export function isBlocked({ gates, s3 }: S3Request, flag: Flag): boolean {
  const given: PublicAccessBlock = { RestrictPublicBuckets: s3.settings?.s3?.blockPublicAccess === true };
  return [given, ...(gates?.blocks ?? [])].some((block) => block[flag] === true);
}

/** All that refuses the request beside the policies; `bypasses` says whether the caller may bypass governance mode. */
export function gateRefusals(request: S3Request, caller: Principal, bypasses: () => boolean): Reasons {
  // C.9: nobody deletes a locked version, but who may bypass governance mode
  const deletes = /^s3:deleteobjectversion$/i.test(request.s3.request.action);
  const locks = deletes ? (request.gates?.locks ?? []) : [];
  return [
    ...restrictPublicBuckets(request, caller),
    ...(writesPublicAcl(request) ? [publicAccessBlocked('BlockPublicAcls')] : []),
    ...(writesDisabledAcl(request) ? [refusal('ownership', 'C.5: BucketOwnerEnforced')] : []),
    ...(declinesToPay(request, caller) ? [refusal('requester-pays', 'C.9')] : []),
    ...locks.flatMap((lock) => (lock === 'governance' && bypasses() ? [] : [refusal('object-lock', lock)])),
    ...(usesBlockedEncryption(request) ? [refusal('sse-c-block', 'D.1')] : []),
    ...accessPointRefusals(request, caller),
  ];
}

/** C.7: a public policy is left to services and to principals of the bucket's and the access point's owner. */
function restrictPublicBuckets(request: S3Request, caller: Principal): Reasons {
  const owners = [request.s3.request.resourceAccount, request.accessPoint?.account];
  const isInside = caller.kind === 'service' || ('accountId' in caller && owners.includes(caller.accountId));
  if (isInside || !isBlocked(request, 'RestrictPublicBuckets') || !hasPublicPolicy(request)) return [];
  return [publicAccessBlocked('RestrictPublicBuckets')];
}

/** C.7: explicit, since no Allow lifts it. */
function publicAccessBlocked(source: Flag): Reason {
  return { layer: 'block-public-access', outcome: 'explicitly-denied', source };
}

function hasPublicPolicy({ s3, accessPoint: point, gates }: S3Request): boolean {
  if (!s3.request.resource.startsWith('arn:aws:s3:')) return false;
  if (gates?.policyIsPublic ?? isPublicPolicy(s3.resourcePolicy, 'bucket')) return true;
  if (point === undefined || point.vpc !== undefined) return false; // C.7: open to a VPC only, it is never public
  return point.policyIsPublic ?? isPublicPolicy(point.policy, 'access-point');
}

/** C.7: while BlockPublicAcls is on, no public ACL is written. */
function writesPublicAcl(request: S3Request): boolean {
  const canned = /^(public-read|public-read-write|authenticated-read)$/.test(cannedAcl(request));
  const isPublic = canned || grantHeaders(request).some(isPublicGroup);
  return isPublic && (setsAcl(request) || puts(request)) && isBlocked(request, 'BlockPublicAcls');
}

/** C.5: with BucketOwnerEnforced no ACL is set, but for the one that says the same, with an upload. */
function writesDisabledAcl(request: S3Request): boolean {
  const same = cannedAcl(request) === 'bucket-owner-full-control' && grantHeaders(request).length === 0;
  const sets = setsAcl(request) || (puts(request) && !same);
  return sets && request.gates?.ownership === 'BucketOwnerEnforced';
}

/** C.9: outsiders must agree to pay, anonymous callers cannot, and the owner's account need not. */
function declinesToPay({ s3, gates }: S3Request, caller: Principal): boolean {
  const owned = 'accountId' in caller && caller.accountId === s3.request.resourceAccount;
  const agreed = gates?.requestPayer === true && caller.kind !== 'anonymous';
  return gates?.requesterPays === true && !owned && !agreed;
}

/** D.1, C.6: the customer's own keys for a write, where the bucket blocks them. */
function usesBlockedEncryption(request: S3Request): boolean {
  const asks = header(request, 's3:x-amz-server-side-encryption-customer-algorithm') !== undefined;
  return asks && puts(request) && request.gates?.blockedEncryption?.includes('SSE-C') === true;
}

/** C.8: access points know no anonymous callers and no plain HTTP, and one of a VPC no other network. */
function accessPointRefusals(request: S3Request, caller: Principal): Reasons {
  if (request.accessPoint === undefined) return [];
  const { vpc } = request.accessPoint;
  const rules = [
    caller.kind === 'anonymous' ? ['C.8: no anonymous callers'] : [],
    isPlainHttp(request.s3.request.context) ? ['C.8: HTTPS only'] : [],
    vpc === undefined || header(request, 'aws:SourceVpc') === vpc ? [] : [`C.8: only from ${vpc}`],
  ];
  return rules.flat().map((rule) => refusal('access-point', rule));
}

function puts({ s3 }: S3Request): boolean {
  return s3.request.action.toLowerCase() === 's3:putobject';
}

function setsAcl({ s3 }: S3Request): boolean {
  return /^s3:put(bucket|object|objectversion)acl$/i.test(s3.request.action);
}

function header({ s3 }: S3Request, key: string): string | undefined {
  return valuesOf(s3.request.context, key)?.[0];
}

function cannedAcl(request: S3Request): string {
  return header(request, 's3:x-amz-acl') ?? 'bucket-owner-full-control';
}

function grantHeaders({ s3 }: S3Request): readonly string[] {
  const headers = Object.entries(s3.request.context);
  return headers.flatMap(([key, given]) => (/^s3:x-amz-grant-/i.test(key) ? given : []));
}
