import type { AccessPoint, Bucket, KmsKey } from '@denyscope/inventory';
import type { CoverageGap, Observed } from '@denyscope/model';
import type { CompiledEstate } from './compiled-estate.ts';
import { bucketEncryption } from './facts/key.ts';
import { gapOfFact } from './missing-gap.ts';

/** What of a bucket could not be read, of the key that it encrypts with, and of the access points that lead to it. */
export function bucketGaps(compiled: CompiledEstate, bucket: Bucket): readonly CoverageGap[] {
  const key = defaultKey(compiled, bucket);
  const points = compiled.estate.accessPoints.get(bucket.name) ?? [];
  return [...ownGaps(bucket), ...(key ? keyGaps(key) : []), ...points.flatMap(pointGaps)];
}

type Rows = readonly (readonly [field: string, fact: Observed<unknown>])[];

function ownGaps(bucket: Bucket): readonly CoverageGap[] {
  const { accountId, abacEnabled } = bucket;
  // AWS (C.11): tags of a bucket count only where it has ABAC enabled.
  const areTagsIdle = abacEnabled.kind === 'seen' && !abacEnabled.value;
  const rows: Rows = [
    ['Policy', bucket.policy],
    ['PublicAccessBlockConfiguration', bucket.publicAccessBlock],
    ['ServerSideEncryptionConfiguration', bucket.encryption],
    ['OwnershipControls', bucket.ownership],
    ['Grants', bucket.acl],
    ['AbacStatus', abacEnabled],
    ['Payer', bucket.payer],
    ['ObjectLockConfiguration', bucket.objectLock],
    ...(areTagsIdle ? [] : [['TagSet', bucket.tags] as const]),
  ];
  return rows.flatMap(([field, fact]) => gapOfFact({ kind: 'bucket', field, fact, accountId }) ?? []);
}

function defaultKey(compiled: CompiledEstate, bucket: Bucket): KmsKey | undefined {
  const encryption = bucketEncryption(compiled, bucket);
  if (encryption.kind !== 'seen' || encryption.value.kind !== 'kms') return undefined;
  return compiled.estate.keys.get(encryption.value.key.arn);
}

function keyGaps({ accountId, region, policy, grants }: KmsKey): readonly CoverageGap[] {
  const rows: Rows = [
    ['Policy', policy],
    ['Grants', grants],
  ];
  return rows.flatMap(
    ([field, fact]) => gapOfFact({ kind: 'kms-key', field, fact, accountId, region }) ?? [],
  );
}

function pointGaps({ accountId, region, policy, publicAccessBlock }: AccessPoint): readonly CoverageGap[] {
  const rows: Rows = [
    ['Policy', policy],
    ['PublicAccessBlockConfiguration', publicAccessBlock],
  ];
  return rows.flatMap(
    ([field, fact]) => gapOfFact({ kind: 'access-point', field, fact, accountId, region }) ?? [],
  );
}
