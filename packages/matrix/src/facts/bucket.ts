import type { BucketFacts, EndpointFacts } from '@denyscope/engine';
import type { Bucket, VpcEndpoint } from '@denyscope/inventory';
import { mapObserved } from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';
import { effectiveBlock } from './block.ts';
import { bucketEncryption } from './key.ts';
import { aclGrants } from './object.ts';
import { accountFacts, rcpsOf } from './organization.ts';

/** A bucket with all that guards it. */
export function bucketFacts(compiled: CompiledEstate, bucket: Bucket): BucketFacts {
  return {
    arn: bucket.arn,
    account: accountFacts(compiled, bucket.accountId),
    region: bucket.region,
    policy: compiled.policySource(`${bucket.arn}#policy`, bucket.arn, bucket.policy, 'resource'),
    policyIsPublic: bucket.policyIsPublic,
    block: effectiveBlock(compiled, bucket.accountId, bucket.publicAccessBlock),
    abacEnabled: bucket.abacEnabled,
    tags: bucket.tags,
    rcps: rcpsOf(compiled, bucket.accountId),
    encryption: bucketEncryption(compiled, bucket),
    ownership: bucket.ownership,
    acl: mapObserved(bucket.acl, (grants) => aclGrants(compiled, grants)),
    payer: bucket.payer,
    objectLock: bucket.objectLock,
    sseCBlocked: mapObserved(bucket.encryption, ({ sseCBlocked }) => sseCBlocked),
  };
}

export function endpointFacts(compiled: CompiledEstate, endpoint: VpcEndpoint): EndpointFacts {
  const source = compiled.policySource(`${endpoint.id}#policy`, endpoint.id, endpoint.policy, 'endpoint');
  return {
    id: endpoint.id,
    vpcId: endpoint.vpcId,
    account: accountFacts(compiled, endpoint.accountId),
    policies: [endpoint.type === 'Gateway' ? { ...source, accountMeansRoot: true } : source],
  };
}
