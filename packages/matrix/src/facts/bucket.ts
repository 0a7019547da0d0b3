import type { AccessPointFacts, BucketFacts, EffectiveBlock, EndpointFacts } from '@denyscope/engine';
import type { AccessPoint, Bucket, PublicAccessBlock, VpcEndpoint } from '@denyscope/inventory';
import { NOT_COLLECTED, seen, unreadable, type Observed } from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';
import { bucketEncryption } from './key.ts';
import { accountFacts, rcpsOf } from './organization.ts';

/** A bucket with all that guards it. */
export function bucketFacts(compiled: CompiledEstate, bucket: Bucket): BucketFacts {
  return {
    arn: bucket.arn,
    account: accountFacts(compiled, bucket.accountId),
    region: bucket.region,
    policy: compiled.policySource(`${bucket.arn}#policy`, bucket.arn, bucket.policy, 'resource'),
    policyIsPublic: bucket.policyIsPublic,
    block: effectiveBlock(compiled, bucket),
    abacEnabled: bucket.abacEnabled,
    tags: bucket.tags,
    rcps: rcpsOf(compiled, bucket.accountId),
    encryption: bucketEncryption(compiled, bucket),
    ownership: bucket.ownership,
    acl: bucket.acl,
    payer: bucket.payer,
  };
}

/** AWS (C.7): the most restrictive of account and bucket counts, flag by flag. */
function effectiveBlock({ estate }: CompiledEstate, bucket: Bucket): EffectiveBlock {
  const account = estate.accountPublicAccessBlocks.get(bucket.accountId) ?? unreadable(NOT_COLLECTED);
  const either = (view: (block: PublicAccessBlock) => boolean): Observed<boolean> =>
    orObserved(flagOf(account, view), flagOf(bucket.publicAccessBlock, view));
  return {
    ignorePublicAcls: either((block) => block.ignorePublicAcls),
    restrictPublicBuckets: either((block) => block.restrictPublicBuckets),
  };
}

function flagOf(
  fact: Observed<PublicAccessBlock>,
  view: (block: PublicAccessBlock) => boolean,
): Observed<boolean> {
  if (fact.kind === 'seen') return seen(view(fact.value));
  // AWS (H.6): no configuration means that all four flags are off.
  return fact.kind === 'absent' ? seen(false) : fact;
}

/** True where either is; what cannot be read matters only where the other is not true. */
function orObserved(a: Observed<boolean>, b: Observed<boolean>): Observed<boolean> {
  if (a.kind === 'seen' && a.value) return a;
  if (b.kind === 'seen' && b.value) return b;
  return a.kind === 'unreadable' ? a : b;
}

export function endpointFacts(compiled: CompiledEstate, endpoint: VpcEndpoint): EndpointFacts {
  return {
    id: endpoint.id,
    vpcId: endpoint.vpcId,
    account: accountFacts(compiled, endpoint.accountId),
    policies: [compiled.policySource(`${endpoint.id}#policy`, endpoint.id, endpoint.policy, 'endpoint')],
  };
}

export function accessPointFacts(compiled: CompiledEstate, point: AccessPoint): AccessPointFacts {
  const origin = point.networkOrigin;
  return {
    arn: point.arn,
    account: accountFacts(compiled, point.accountId),
    networkOrigin: origin === 'Internet' || origin === 'VPC' ? origin : undefined,
    vpcId: point.vpcId,
    policy: compiled.policySource(`${point.arn}#policy`, point.arn, point.policy, 'resource'),
  };
}
