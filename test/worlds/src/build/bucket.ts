import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { tagList, type Tags } from './iam.ts';
import { canonicalUserIdOf } from './ids.ts';
import { plainText, type Document } from './policy.ts';

type BucketData = SnapshotData<'bucket'>;
type Unreadable = NonNullable<SnapshotLine['unreadable']>[number];

/** All four flags of Block Public Access alike. */
export function publicAccessBlock(on: boolean): NonNullable<BucketData['PublicAccessBlockConfiguration']> {
  return { BlockPublicAcls: on, IgnorePublicAcls: on, BlockPublicPolicy: on, RestrictPublicBuckets: on };
}

/** A grant of a bucket's ACL: to an account, by its canonical user id, or to a predefined group, by its URI. */
export interface AclGrantSpec {
  readonly accountId?: string;
  readonly groupUri?: string;
  readonly permission: string;
}

/** How a bucket departs from the defaults of a bucket made today. */
export interface BucketSpec {
  readonly region?: string;
  readonly policy?: Document | string;
  /** Whether GetBucketPolicyStatus calls the policy public. */
  readonly policyIsPublic?: boolean;
  /** Block Public Access of the bucket: all four flags on unless said; `none` for no configuration. */
  readonly publicAccess?: 'blocked' | 'open' | 'none';
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly grants?: readonly AclGrantSpec[];
  readonly encryption?: EncryptionSpec;
  readonly payer?: 'Requester' | 'BucketOwner';
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly abac?: boolean;
  readonly tags?: Tags;
  readonly logsTo?: string;
  readonly objectLockDays?: number;
  readonly unreadable?: readonly Unreadable[];
}

/** Default encryption: `AES256` unless KMS is asked for. */
export interface EncryptionSpec {
  readonly algorithm: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** ARN, id or alias; without one, `aws/s3`. */
  readonly key?: string;
  readonly bucketKey?: boolean;
  readonly sseCAllowed?: boolean;
}

/** Default encryption with a KMS key, bucket keys on as new buckets have it. */
export function withKey(key: string, bucketKey = true): EncryptionSpec {
  return { algorithm: 'aws:kms', key, bucketKey };
}

const OWNER = 'FULL_CONTROL';

/** A general purpose bucket: private, ACLs off, SSE-S3, unless `spec` says otherwise. */
export function bucket(accountId: string, name: string, spec: BucketSpec = {}): SnapshotLine {
  const region = spec.region ?? 'eu-west-1';
  const data: BucketData = {
    Name: name,
    BucketRegion: region,
    CreationDate: '2024-02-29T12:00:00Z',
    Owner: { ID: canonicalUserIdOf(accountId) },
    Grants: aclOf(accountId, spec.grants),
    OwnershipControls: { Rules: [{ ObjectOwnership: spec.ownership ?? 'BucketOwnerEnforced' }] },
    ServerSideEncryptionConfiguration: encryptionOf(spec.encryption ?? { algorithm: 'AES256' }),
    Payer: spec.payer ?? 'BucketOwner',
    AbacStatus: { Status: spec.abac === true ? 'Enabled' : 'Disabled' },
    ...policyFields(spec),
    ...optionalFields(spec),
  };
  const unreadable = spec.unreadable && { unreadable: [...spec.unreadable] };
  return { kind: 'bucket', accountId, region, data, ...unreadable };
}

function policyFields(spec: BucketSpec): Partial<BucketData> {
  const block = spec.publicAccess ?? 'blocked';
  return {
    ...(spec.policy !== undefined && {
      Policy: typeof spec.policy === 'string' ? spec.policy : plainText(spec.policy),
      PolicyStatus: { IsPublic: spec.policyIsPublic ?? false },
    }),
    ...(block !== 'none' && { PublicAccessBlockConfiguration: publicAccessBlock(block === 'blocked') }),
  };
}

function optionalFields(spec: BucketSpec): Partial<BucketData> {
  return {
    ...(spec.versioning && { VersioningStatus: spec.versioning }),
    ...(spec.tags && { TagSet: tagList(spec.tags) }),
    ...(spec.logsTo !== undefined && { LoggingEnabled: { TargetBucket: spec.logsTo, TargetPrefix: 's3/' } }),
    ...(spec.objectLockDays !== undefined && { ObjectLockConfiguration: objectLock(spec.objectLockDays) }),
  };
}

function objectLock(days: number): BucketData['ObjectLockConfiguration'] {
  return { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: days } } };
}

function aclOf(accountId: string, grants: readonly AclGrantSpec[] = []): NonNullable<BucketData['Grants']> {
  const owner = { accountId, permission: OWNER };
  return [owner, ...grants].map((grant: AclGrantSpec) => ({
    Grantee:
      grant.groupUri === undefined
        ? { Type: 'CanonicalUser', ID: canonicalUserIdOf(grant.accountId ?? accountId) }
        : { Type: 'Group', URI: grant.groupUri },
    Permission: grant.permission,
  }));
}

function encryptionOf(spec: EncryptionSpec): NonNullable<BucketData['ServerSideEncryptionConfiguration']> {
  const key = spec.key === undefined ? {} : { KMSMasterKeyID: spec.key };
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: spec.algorithm, ...key },
    BucketKeyEnabled: spec.bucketKey ?? false,
    // AWS: writes with SSE-C are blocked by default since April 2026 (semantics.md C.6).
    ...(spec.sseCAllowed !== true && { BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }),
  };
  return { Rules: [rule] };
}

/** Block Public Access of an account; without `on`, none was ever configured. */
export function accountPublicAccessBlock(accountId: string, on?: boolean): SnapshotLine {
  const data: SnapshotData<'account-public-access-block'> =
    on === undefined ? {} : { PublicAccessBlockConfiguration: publicAccessBlock(on) };
  return { kind: 'account-public-access-block', accountId, data };
}
