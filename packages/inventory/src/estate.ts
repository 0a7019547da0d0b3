import type { AccountId, CoverageGap, Observed } from '@denyscope/model';

/** A policy document by content: two documents with equal text share one object, and so compile once. */
export interface PolicyText {
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
  /** JSON text or percent-encoded JSON text as AWS returned it; documents given as JSON objects are serialized. */
  readonly text: string;
}

/** A document with the name under which answers cite it (formats.md section 3, statement ref). */
export interface AttachedDocument {
  /** ARN or id of the policy, `<owner ARN>#inline/<name>`, `<bucket ARN>#policy`, `<key ARN>#policy`, … */
  readonly document: string;
  /** What the document is attached to: a principal's or group's ARN, an organization node's id, a bucket's ARN, … */
  readonly attachedTo: string;
  readonly policy: Observed<PolicyText>;
}

/** A node of the organization tree: its root or an organizational unit. */
export interface OrganizationNode {
  readonly id: string;
  readonly name: string | undefined;
  readonly parentId: string | undefined;
}

export interface Account {
  readonly id: AccountId;
  readonly name: string | undefined;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, …, as Organizations says. */
  readonly state: string | undefined;
  /** Ids of the nodes above the account, root first, without the account; empty where the tree is unknown. */
  readonly path: readonly string[];
  readonly isManagementAccount: boolean;
  /** Listed by Organizations; an account that only owns resources in the snapshot is not. */
  readonly inOrganization: boolean;
  readonly tags: ReadonlyMap<string, string>;
  readonly canonicalUserId: string | undefined;
  /** Undefined where nobody said which Regions the account has enabled. */
  readonly enabledRegions: readonly string[] | undefined;
}

/** A type of organization policy: off, unreadable, or each node's attached policies. */
export type OrganizationPolicies = Observed<ReadonlyMap<string, readonly AttachedDocument[]>>;

export interface Organization {
  readonly id: string;
  readonly managementAccountId: string | undefined;
  /** Node id (root, OU or account) → SCPs attached to it; absent where the policy type is not enabled. */
  readonly scps: OrganizationPolicies;
  readonly rcps: OrganizationPolicies;
}

/** A user or role of a scanned account, or an account's root user. */
export interface PrincipalFacts {
  readonly arn: string;
  readonly kind: 'user' | 'role';
  readonly accountId: AccountId;
  /** `AIDA…` or `AROA…`. */
  readonly uniqueId: string | undefined;
  /** Identity-based policies: inline, managed, and for users those of their groups. */
  readonly identity: readonly AttachedDocument[];
  /** The permissions boundary; absent where none is set. */
  readonly boundary: Observed<AttachedDocument>;
  /** The role's trust policy; absent for users. */
  readonly trust: Observed<PolicyText>;
  readonly tags: Observed<ReadonlyMap<string, string>>;
  /** A service-linked role, which organization policies do not limit. */
  readonly isServiceLinked: boolean;
}

/** The four flags of Block Public Access. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A bucket's default encryption, from the first rule of its configuration. */
export interface DefaultEncryption {
  /** `AES256`, `aws:kms` or `aws:kms:dsse`. */
  readonly algorithm: string;
  /** Key id, key ARN, alias name or alias ARN as configured; undefined means `aws/s3` where the algorithm is KMS. */
  readonly kmsKey: string | undefined;
  readonly bucketKeyEnabled: boolean;
  readonly sseCBlocked: boolean;
}

/** Object Lock of a bucket that has it. */
export interface ObjectLock {
  /** `GOVERNANCE` or `COMPLIANCE`; undefined where new objects get no retention by default. */
  readonly defaultMode: string | undefined;
}

export interface AclGrant {
  /** Canonical user id, or the URI of a predefined group. */
  readonly grantee: string;
  readonly permission: string;
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly accountId: AccountId;
  readonly region: string | undefined;
  readonly policy: Observed<PolicyText>;
  /** `IsPublic` of GetBucketPolicyStatus. */
  readonly policyIsPublic: Observed<boolean>;
  readonly publicAccessBlock: Observed<PublicAccessBlock>;
  /** `BucketOwnerEnforced`, `BucketOwnerPreferred` or `ObjectWriter`. */
  readonly ownership: Observed<string>;
  readonly acl: Observed<readonly AclGrant[]>;
  readonly encryption: Observed<DefaultEncryption>;
  /** `Requester` or `BucketOwner`. */
  readonly payer: Observed<string>;
  readonly abacEnabled: Observed<boolean>;
  readonly tags: Observed<ReadonlyMap<string, string>>;
  readonly versioning: Observed<string>;
  /** Absent where the bucket has no Object Lock. */
  readonly objectLock: Observed<ObjectLock>;
}

export interface AccessPoint {
  readonly arn: string;
  readonly name: string;
  readonly alias: string | undefined;
  readonly accountId: AccountId;
  readonly region: string | undefined;
  readonly bucket: string;
  readonly bucketAccountId: string | undefined;
  readonly networkOrigin: string | undefined;
  readonly vpcId: string | undefined;
  readonly policy: Observed<PolicyText>;
  /** `IsPublic` of GetAccessPointPolicyStatus. */
  readonly policyIsPublic: Observed<boolean>;
  readonly publicAccessBlock: Observed<PublicAccessBlock>;
  readonly tags: Observed<ReadonlyMap<string, string>>;
}

/** A bucket behind a multi-Region access point, which the snapshot may hold no line of. */
export interface RoutedBucket {
  readonly name: string;
  readonly region: string | undefined;
  readonly accountId: AccountId | undefined;
}

/** One access point for buckets in several Regions; S3 routes each request to one of them. */
export interface MultiRegionAccessPoint {
  /** `arn:aws:s3::<account>:accesspoint/<alias>`. */
  readonly arn: string;
  readonly name: string;
  readonly accountId: AccountId;
  readonly buckets: Observed<readonly RoutedBucket[]>;
  readonly policy: Observed<PolicyText>;
  readonly policyIsPublic: Observed<boolean>;
  readonly publicAccessBlock: Observed<PublicAccessBlock>;
}

export interface KeyGrant {
  readonly id: string;
  readonly grantee: string | undefined;
  readonly operations: readonly string[];
  /** `EncryptionContextEquals` and `EncryptionContextSubset`, as AWS returns them. */
  readonly constraints: Readonly<Record<string, unknown>> | undefined;
}

export interface KmsKey {
  readonly arn: string;
  readonly id: string;
  readonly accountId: AccountId;
  readonly region: string | undefined;
  /** `Enabled`, `Disabled`, `PendingDeletion`, … */
  readonly state: string | undefined;
  /** `AWS` or `CUSTOMER`. */
  readonly manager: string | undefined;
  /** `SYMMETRIC_DEFAULT`, `RSA_2048`, …; undefined where the snapshot does not say. */
  readonly spec: string | undefined;
  readonly deletionDate: string | undefined;
  readonly policy: Observed<PolicyText>;
  readonly grants: Observed<readonly KeyGrant[]>;
  readonly aliases: Observed<readonly string[]>;
  readonly tags: Observed<ReadonlyMap<string, string>>;
}

export interface VpcEndpoint {
  readonly id: string;
  readonly accountId: AccountId;
  readonly region: string | undefined;
  /** `Gateway` or `Interface`. */
  readonly type: string | undefined;
  readonly vpcId: string | undefined;
  readonly service: string | undefined;
  readonly state: string | undefined;
  readonly policy: Observed<PolicyText>;
}

/** A snapshot indexed for evaluation: immutable, and the same for the same lines in any order. */
export interface Estate {
  readonly takenAt: string;
  readonly source: string;
  /** The kinds of line that the scan asked for, by the snapshot's first line. */
  readonly collectedKinds: ReadonlySet<string>;
  /** Absent where the snapshot knows of no organization. */
  readonly organization: Observed<Organization>;
  readonly nodes: ReadonlyMap<string, OrganizationNode>;
  readonly accounts: ReadonlyMap<string, Account>;
  /** By ARN; users and roles. */
  readonly principals: ReadonlyMap<string, PrincipalFacts>;
  /** Accounts whose principals could not be listed. */
  readonly accountsWithoutPrincipals: ReadonlySet<string>;
  /** By name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** By bucket name. */
  readonly accessPoints: ReadonlyMap<string, readonly AccessPoint[]>;
  /** By ARN. */
  readonly multiRegionAccessPoints: ReadonlyMap<string, MultiRegionAccessPoint>;
  /** By key ARN. */
  readonly keys: ReadonlyMap<string, KmsKey>;
  /** By id. */
  readonly endpoints: ReadonlyMap<string, VpcEndpoint>;
  readonly accountPublicAccessBlocks: ReadonlyMap<string, Observed<PublicAccessBlock>>;
  /** Account id → does an S3 policy of the organization switch all four flags on? Absent: none speaks of it. */
  readonly organizationPublicAccessBlocks: ReadonlyMap<string, Observed<boolean>>;
  /** Canonical user id → account id. */
  readonly canonicalUsers: ReadonlyMap<string, string>;
  /** What the scan could not read, in canonical order. */
  readonly gaps: readonly CoverageGap[];
}
