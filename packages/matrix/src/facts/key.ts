import type { BucketEncryption, GrantFacts, KeyFacts } from '@denyscope/engine';
import type { Bucket, DefaultEncryption, KeyGrant, KmsKey } from '@denyscope/inventory';
import {
  absent,
  mapObserved,
  NOT_COLLECTED,
  parseArn,
  seen,
  unreadable,
  type Observed,
} from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';
import { accountFacts, rcpsOf } from './organization.ts';

/** A KMS key with all that guards it. */
export function keyFacts(compiled: CompiledEstate, key: KmsKey): KeyFacts {
  return {
    arn: key.arn,
    account: accountFacts(compiled, key.accountId),
    region: key.region,
    state: key.state === undefined ? unreadable(NOT_COLLECTED) : seen(key.state),
    deletionDate: key.deletionDate,
    policy: compiled.policySource(`${key.arn}#policy`, key.arn, key.policy, 'key'),
    grants: mapObserved(key.grants, (grants) => grants.map(grantFacts)),
    tags: key.tags,
    aliases: key.aliases,
    // AWS (B.3): RCPs do not reach AWS managed keys.
    rcps: key.manager === 'AWS' ? undefined : rcpsOf(compiled, key.accountId),
  };
}

function grantFacts(grant: KeyGrant): GrantFacts {
  const constraints = Object.values(grant.constraints ?? {}).flatMap((value) => Object.entries(value ?? {}));
  const context: Record<string, string> = {};
  for (const [name, value] of constraints) context[name] = String(value);
  return { id: grant.id, grantee: grant.grantee, operations: grant.operations, encryptionContext: context };
}

/** How the bucket encrypts what names no encryption: semantics.md D.1. */
export function bucketEncryption(compiled: CompiledEstate, bucket: Bucket): Observed<BucketEncryption> {
  return mapObserved(bucket.encryption, (encryption) => encryptionOf(compiled, bucket, encryption));
}

function encryptionOf(
  compiled: CompiledEstate,
  bucket: Bucket,
  encryption: DefaultEncryption,
): BucketEncryption {
  if (!encryption.algorithm.startsWith('aws:kms')) return { kind: 'sse-s3' };
  const bucketKey = encryption.bucketKeyEnabled;
  const name = encryption.kmsKey ?? 'alias/aws/s3';
  const key = findKey(compiled, bucket, name);
  if (key) return { kind: 'kms', key: keyFacts(compiled, key), bucketKey };
  if (isAwsManaged(name)) return { kind: 'kms', key: awsManagedKey(compiled, bucket), bucketKey };
  return { kind: 'unknown-key', name, reason: 'the key is not in the scan' };
}

function isAwsManaged(name: string): boolean {
  return name === 'alias/aws/s3' || name.endsWith(':alias/aws/s3');
}

/** By key ARN, key id, alias ARN or alias name; ids and aliases are looked up in the bucket owner's account. */
function findKey({ estate }: CompiledEstate, bucket: Bucket, name: string): KmsKey | undefined {
  const byArn = estate.keys.get(name);
  if (byArn) return byArn;
  const arn = parseArn(name);
  const accountId = arn?.accountId ?? bucket.accountId;
  const region = arn?.region ?? bucket.region;
  const local = arn?.resource ?? name;
  return [...estate.keys.values()].find(
    (key) =>
      key.accountId === accountId && key.region === region && (key.id === local || hasAlias(key, local)),
  );
}

function hasAlias(key: KmsKey, alias: string): boolean {
  return key.aliases.kind === 'seen' && key.aliases.value.includes(alias);
}

/**
 * AWS (D.1, D.4): the aws/s3 key admits every identity of its own account through S3, and nobody else. Where the scan
 * has no line for it, its policy, which AWS fixes, is supplied.
 */
function awsManagedKey(compiled: CompiledEstate, bucket: Bucket): KeyFacts {
  const { accountId, region } = bucket;
  const arn = `arn:aws:kms:${region ?? '*'}:${accountId}:alias/aws/s3`;
  const condition = {
    StringEquals: { 'kms:CallerAccount': accountId },
    StringLike: { 'kms:ViaService': `s3.${region ?? '*'}.amazonaws.com` },
  };
  const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: actions,
    Resource: '*',
    Condition: condition,
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    arn,
    account: accountFacts(compiled, accountId),
    region,
    state: seen('Enabled'),
    deletionDate: undefined,
    policy: compiled.policySource(
      `${arn}#policy`,
      arn,
      seen({ hash: `aws/s3 ${accountId} ${region ?? '*'}`, text }),
      'key',
    ),
    grants: absent(),
    tags: absent(),
    aliases: seen(['alias/aws/s3']),
    rcps: undefined,
  };
}
