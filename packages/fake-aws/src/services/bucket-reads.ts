import type { SnapshotLine } from '@denyscope/model';
import { isMembers, listOf, memberOf, membersOf, pick, textOf, type Members } from '../value.ts';

/** How one aspect of a bucket is read. */
export interface BucketRead {
  readonly operation: string;
  /** The query parameter that asks for it. */
  readonly parameter: string;
  /** The fields of a bucket's line that it answers from. */
  readonly fields: readonly string[];
  readonly root: string;
  /** The answer where the bucket has none of it: a typed error, or an empty element. */
  readonly absent: readonly [code: string, message: string] | 'empty';
  readonly content: (line: SnapshotLine) => Members;
}

const only =
  (field: string) =>
  ({ data }: SnapshotLine): Members =>
    pick(data, [field]);

const inside =
  (field: string) =>
  ({ data }: SnapshotLine): Members =>
    membersOf(data, field);

// AWS: semantics.md H.1, the typed errors of what is not configured.
const NO_POLICY = ['NoSuchBucketPolicy', 'The bucket policy does not exist'] as const;

/** Every read of a bucket but its policy and its location, which answer in forms of their own. */
export const BUCKET_READS: readonly BucketRead[] = [
  {
    operation: 'GetBucketPolicyStatus',
    parameter: 'policyStatus',
    fields: ['PolicyStatus'],
    root: 'PolicyStatus',
    absent: NO_POLICY,
    content: inside('PolicyStatus'),
  },
  {
    operation: 'GetPublicAccessBlock',
    parameter: 'publicAccessBlock',
    fields: ['PublicAccessBlockConfiguration'],
    root: 'PublicAccessBlockConfiguration',
    absent: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
    content: inside('PublicAccessBlockConfiguration'),
  },
  {
    operation: 'GetBucketOwnershipControls',
    parameter: 'ownershipControls',
    fields: ['OwnershipControls'],
    root: 'OwnershipControls',
    absent: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
    content: inside('OwnershipControls'),
  },
  {
    operation: 'GetBucketAcl',
    parameter: 'acl',
    fields: ['Grants', 'Owner'],
    root: 'AccessControlPolicy',
    absent: 'empty',
    content: accessControl,
  },
  {
    operation: 'GetBucketEncryption',
    parameter: 'encryption',
    fields: ['ServerSideEncryptionConfiguration'],
    root: 'ServerSideEncryptionConfiguration',
    absent: [
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
    ],
    content: inside('ServerSideEncryptionConfiguration'),
  },
  {
    operation: 'GetBucketTagging',
    parameter: 'tagging',
    fields: ['TagSet'],
    root: 'Tagging',
    absent: ['NoSuchTagSet', 'The TagSet does not exist'],
    content: only('TagSet'),
  },
  {
    operation: 'GetBucketVersioning',
    parameter: 'versioning',
    fields: ['VersioningStatus'],
    root: 'VersioningConfiguration',
    absent: 'empty',
    content: ({ data }) => ({ Status: textOf(data, 'VersioningStatus') }),
  },
  {
    operation: 'GetBucketLogging',
    parameter: 'logging',
    fields: ['LoggingEnabled'],
    root: 'BucketLoggingStatus',
    absent: 'empty',
    content: ({ data }) => withGranteeTypes(pick(data, ['LoggingEnabled'])),
  },
  {
    operation: 'GetBucketRequestPayment',
    parameter: 'requestPayment',
    fields: ['Payer'],
    root: 'RequestPaymentConfiguration',
    absent: 'empty',
    content: only('Payer'),
  },
  {
    operation: 'GetObjectLockConfiguration',
    parameter: 'object-lock',
    fields: ['ObjectLockConfiguration'],
    root: 'ObjectLockConfiguration',
    absent: [
      'ObjectLockConfigurationNotFoundError',
      'Object Lock configuration does not exist for this bucket',
    ],
    content: inside('ObjectLockConfiguration'),
  },
  {
    operation: 'GetBucketReplication',
    parameter: 'replication',
    fields: ['ReplicationConfiguration'],
    root: 'ReplicationConfiguration',
    absent: ['ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
    content: inside('ReplicationConfiguration'),
  },
  {
    operation: 'GetBucketWebsite',
    parameter: 'website',
    fields: ['WebsiteConfiguration'],
    root: 'WebsiteConfiguration',
    absent: ['NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'],
    content: inside('WebsiteConfiguration'),
  },
  {
    operation: 'GetBucketAbac',
    parameter: 'abac',
    fields: ['AbacStatus'],
    root: 'AbacStatus',
    absent: ['NoSuchAbacConfiguration', 'The ABAC configuration does not exist'],
    content: abacStatus,
  },
];

/** The read of a bucket's policy: its text is the whole answer. */
export const POLICY_READ = {
  operation: 'GetBucketPolicy',
  parameter: 'policy',
  fields: ['Policy'],
  absent: NO_POLICY,
} as const;

function abacStatus({ data }: SnapshotLine): Members {
  const status = memberOf(data, 'AbacStatus');
  return typeof status === 'string' ? { Status: status } : membersOf(data, 'AbacStatus');
}

function accessControl({ data }: SnapshotLine): Members {
  const grants = listOf(data, 'Grants') ?? [];
  return withGranteeTypes({ ...pick(data, ['Owner']), Grants: grants });
}

const INSTANCE = { '@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' } as const;

/** AWS: the type of a grantee is an attribute, `xsi:type`, where every other member is an element. */
function withGranteeTypes(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      name === 'Grantee' && isMembers(value) ? withTypeAttribute(value) : insideOf(value),
    ]),
  );
}

function insideOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(insideOf);
  return isMembers(value) ? withGranteeTypes(value) : value;
}

function withTypeAttribute({ Type, ...rest }: Members): Members {
  return { ...INSTANCE, '@xsi:type': Type, ...rest };
}
