import type { Bucket, Estate, PublicAccessBlock } from '@denyscope/inventory';
import { parsePrincipal, type ExplainRequest, type Observed } from '@denyscope/model';
import type { AccessPoint, AclGrant, Gates } from '@denyscope/spec';
import { Inexpressible, required, textOf } from './observed.ts';
import type { Target } from './target.ts';

/** The facts of the request that are no policy, read off the estate and off what the asker says of the object. */
export function gatesOf(estate: Estate, target: Target, request: ExplainRequest): Gates {
  const { bucket } = target;
  const isPublic = whereRead(bucket.policyIsPublic);
  const ownership = required(bucket.ownership);
  const owner = request.object?.owner;
  return {
    ...(isPublic === undefined ? {} : { policyIsPublic: isPublic }),
    ...(ownership === undefined ? {} : { ownership }),
    ...(owner === undefined ? {} : { objectOwner: accountNamed(estate, request, owner) }),
    bucketAcl: (required(bucket.acl) ?? []).map(({ grantee, permission }) => ({
      grantee: accountNamed(estate, request, grantee),
      permission,
    })),
    objectAcl: objectAcl(estate, request),
    blocks: blocksOf(estate, target),
    requesterPays: required(bucket.payer) === 'Requester',
    requestPayer: (request.context?.['x-amz-request-payer'] ?? []).includes('requester'),
    locks: locksOf(bucket, request),
    blockedEncryption: required(bucket.encryption)?.sseCBlocked === true ? ['SSE-C'] : [],
  };
}

/** C.7: AWS's own answer decides where it was read, and the policy itself where it was not. */
function whereRead(fact: Observed<boolean>): boolean | undefined {
  return fact.kind === 'seen' ? fact.value : undefined;
}

function objectAcl(estate: Estate, request: ExplainRequest): readonly AclGrant[] {
  return (request.object?.grants ?? []).map(({ Grantee, Permission }) => ({
    grantee: accountNamed(estate, request, Grantee.ID ?? Grantee.URI ?? ''),
    permission: Permission,
  }));
}

/** The account behind a canonical user id; a group's URI stays. An id that could be the caller's is not expressed. */
function accountNamed({ canonicalUsers }: Estate, request: ExplainRequest, id: string): string {
  const account = canonicalUsers.get(id);
  if (account !== undefined || /^\d{12}$|^http/.test(id)) return account ?? id;
  const caller = parsePrincipal(request.principal);
  const isKnown = caller && 'accountId' in caller && [...canonicalUsers.values()].includes(caller.accountId);
  if (caller && 'accountId' in caller && isKnown !== true) throw new Inexpressible();
  return id;
}

/** C.7: organization, account and bucket; the access point, its account and its organization. */
function blocksOf(estate: Estate, { bucket, point }: Target): Gates['blocks'] & object {
  const levels = [...levelsOf(estate, bucket.accountId), bucket.publicAccessBlock];
  const more = point ? [...levelsOf(estate, point.accountId), point.publicAccessBlock] : [];
  return [...levels, ...more].map(required).map((block) => ({
    BlockPublicAcls: block?.blockPublicAcls === true,
    IgnorePublicAcls: block?.ignorePublicAcls === true,
    RestrictPublicBuckets: block?.restrictPublicBuckets === true,
  }));
}

function levelsOf(estate: Estate, accountId: string): readonly Observed<PublicAccessBlock>[] {
  const organization = estate.organizationPublicAccessBlocks.get(accountId);
  const account = estate.accountPublicAccessBlocks.get(accountId);
  if (!account) throw new Inexpressible();
  const isOn = organization ? required(organization) === true : false;
  const all = {
    blockPublicAcls: isOn,
    ignorePublicAcls: isOn,
    blockPublicPolicy: isOn,
    restrictPublicBuckets: isOn,
  };
  return [account, { kind: 'seen', value: all }];
}

/** C.9: what the asker says holds the version; else what its key of the context says, in the bucket's default mode. */
function locksOf(bucket: Bucket, { object, context }: ExplainRequest): Gates['locks'] & object {
  const lock = required(bucket.objectLock);
  if (!lock) return [];
  const asked = object?.lock ?? { retained: context?.['object-lock-retained']?.[0] === 'true' };
  const held = asked.legalHold === true ? (['legal-hold'] as const) : [];
  return asked.retained === true ? [retentionOf(asked.mode ?? lock.defaultMode), ...held] : held;
}

function retentionOf(mode: string | undefined): 'compliance' | 'governance' {
  if (mode === undefined) throw new Inexpressible();
  return mode === 'COMPLIANCE' ? 'compliance' : 'governance';
}

export function accessPointOf({ point }: Target, rcps: AccessPoint['rcps']): AccessPoint | undefined {
  if (!point) return undefined;
  const isPublic = whereRead(point.policyIsPublic);
  const isOfVpc = 'networkOrigin' in point && point.networkOrigin === 'VPC';
  if ('networkOrigin' in point && point.networkOrigin === undefined) throw new Inexpressible();
  return {
    arn: point.arn,
    account: point.accountId,
    policy: textOf(point.policy),
    rcps,
    ...(isPublic === undefined ? {} : { policyIsPublic: isPublic }),
    ...(isOfVpc ? { vpc: point.vpcId ?? 'unknown' } : {}),
  };
}
