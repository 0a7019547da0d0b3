import { absent, mapObserved, orWhenAbsent, seen, unreadable, type Observed } from '@denyscope/model';
import type { AclGrant, Bucket, DefaultEncryption, ObjectLock } from '../estate.ts';
import { ownerOf, type LineOf } from './lines.ts';
import { partitionOf } from './partition.ts';
import { policyIsPublic, publicAccessBlockOf } from './public-access-block.ts';
import { factsOf, policyText, type Reading } from './reading.ts';
import { NO_TAGS, tagMap } from './tags.ts';

type BucketData = LineOf<'bucket'>['data'];

/** Buckets by name. A configuration that is proved absent has AWS's documented default (semantics.md H.1, H.6). */
export function buildBuckets(reading: Reading): ReadonlyMap<string, Bucket> {
  return new Map(reading.lines.of('bucket').map((line) => [line.data.Name, buildBucket(reading, line)]));
}

function buildBucket(reading: Reading, line: LineOf<'bucket'>): Bucket {
  const facts = factsOf(reading, line);
  const region = line.data.BucketRegion ?? line.region;
  return {
    name: line.data.Name,
    arn: `arn:${partitionOf(region)}:s3:::${line.data.Name}`,
    accountId: ownerOf(line),
    region,
    policy: policyText(reading, facts('Policy')),
    policyIsPublic: policyIsPublic(facts('PolicyStatus')),
    publicAccessBlock: publicAccessBlockOf(facts('PublicAccessBlockConfiguration')),
    ownership: ownershipOf(facts('OwnershipControls')),
    acl: aclOf(facts('Grants')),
    encryption: encryptionOf(facts('ServerSideEncryptionConfiguration')),
    // AWS: GetBucketRequestPayment without an answer is off.
    payer: orWhenAbsent(facts('Payer'), 'BucketOwner'),
    // AWS: GetBucketAbac answers 404 where the bucket never had it (semantics.md H.1, C.11).
    abacEnabled: orWhenAbsent(mapObserved(facts('AbacStatus'), isAbacEnabled), false),
    tags: orWhenAbsent(mapObserved(facts('TagSet'), tagMap), NO_TAGS),
    versioning: facts('VersioningStatus'),
    objectLock: objectLockOf(facts('ObjectLockConfiguration')),
  };
}

/** AWS: a bucket without ownership controls is `ObjectWriter`, its ACLs count (semantics.md C.5). */
function ownershipOf(controls: Observed<NonNullable<BucketData['OwnershipControls']>>): Observed<string> {
  return orWhenAbsent(
    mapObserved(controls, ({ Rules }) => Rules?.[0]?.ObjectOwnership ?? 'ObjectWriter'),
    'ObjectWriter',
  );
}

/** The ACL's grants; one that names no grantee or permission leaves the ACL unknown rather than smaller. */
function aclOf(grants: Observed<NonNullable<BucketData['Grants']>>): Observed<readonly AclGrant[]> {
  if (grants.kind === 'absent') return seen([]);
  if (grants.kind === 'unreadable') return grants;
  const read = grants.value.flatMap(({ Grantee, Permission }) => {
    const grantee = Grantee?.ID ?? Grantee?.URI;
    return grantee === undefined || Permission === undefined ? [] : [{ grantee, permission: Permission }];
  });
  return read.length === grants.value.length
    ? seen(read)
    : unreadable('InvalidGrant', 'a grant of the ACL names no grantee or no permission');
}

/** AWS: every bucket encrypts with SSE-S3 where nothing else is configured, since January 2023 (semantics.md D.1). */
const SSE_S3: DefaultEncryption = Object.freeze({
  algorithm: 'AES256',
  kmsKey: undefined,
  bucketKeyEnabled: false,
  sseCBlocked: false,
});

type EncryptionConfiguration = NonNullable<BucketData['ServerSideEncryptionConfiguration']>;

function encryptionOf(configuration: Observed<EncryptionConfiguration>): Observed<DefaultEncryption> {
  return orWhenAbsent(mapObserved(configuration, firstRule), SSE_S3);
}

/** AWS: the configuration holds one rule. */
function firstRule({ Rules }: EncryptionConfiguration): DefaultEncryption {
  const [rule] = Rules ?? [];
  if (!rule) return SSE_S3;
  const { ApplyServerSideEncryptionByDefault: byDefault, BlockedEncryptionTypes: blocked } = rule;
  return {
    algorithm: byDefault?.SSEAlgorithm ?? SSE_S3.algorithm,
    kmsKey: byDefault?.KMSMasterKeyID,
    bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
    sseCBlocked: blocked?.EncryptionType?.includes('SSE-C') ?? false,
  };
}

type LockConfiguration = NonNullable<BucketData['ObjectLockConfiguration']>;

/** AWS (C.9): a bucket has Object Lock where its configuration says `Enabled`; a rule adds a default retention. */
function objectLockOf(configuration: Observed<LockConfiguration>): Observed<ObjectLock> {
  if (configuration.kind !== 'seen') return configuration;
  const { ObjectLockEnabled, Rule } = configuration.value;
  return ObjectLockEnabled === 'Enabled' ? seen({ defaultMode: Rule?.DefaultRetention?.Mode }) : absent();
}

/** GetBucketAbac answers `AbacStatus: {Status}`; the status alone is read as well. */
function isAbacEnabled(status: NonNullable<BucketData['AbacStatus']>): boolean {
  return (typeof status === 'string' ? status : status.Status) === 'Enabled';
}
