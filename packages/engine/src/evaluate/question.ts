import type { Observed, Principal } from '@denyscope/model';
import type { PolicySource } from './policy-source.ts';

type Tags = Observed<ReadonlyMap<string, string>>;

/** Where an account stands in its organization. */
export interface OrganizationPlace {
  readonly id: string;
  /** `o-…/r-…/ou-…/`, the form of aws:PrincipalOrgPaths. */
  readonly path: string;
}

/** What is known of the account of a caller or a resource. */
export interface AccountFacts {
  readonly accountId: string;
  /** Absent outside any organization. */
  readonly organization: Observed<OrganizationPlace>;
  readonly canonicalUserId?: string | undefined;
  /** `ACTIVE`, `SUSPENDED`, …, as Organizations says. */
  readonly state?: string | undefined;
  /** The Regions that the account has enabled, where known. */
  readonly enabledRegions?: readonly string[] | undefined;
}

/** Who asks, with all that limits them in their own account. */
export interface CallerFacts {
  readonly principal: Principal;
  /** Undefined for anonymous callers and services. */
  readonly account: AccountFacts | undefined;
  /** `AIDA…` or `AROA…`. */
  readonly uniqueId: string | undefined;
  /** The role behind a session, path and all, which the session's own ARN drops. */
  readonly roleArn: string | undefined;
  readonly tags: Tags;
  /** False where nobody knows whether a permissions boundary is set; `boundary` then is the unreadable document. */
  readonly boundaryIsKnown: boolean;
  readonly identity: readonly PolicySource[];
  readonly boundary: readonly PolicySource[] | undefined;
  readonly session: readonly PolicySource[] | undefined;
  /** Undefined where SCPs do not apply: no organization, the management account, a service-linked role. */
  readonly scps: readonly NodePolicies[] | undefined;
}

/** The policies attached to one node of an organization's path; root first, account last. */
export interface NodePolicies {
  readonly node: string;
  readonly policies: readonly PolicySource[];
}

/** Effective Block Public Access of a bucket or access point: its account's, the organization's and its own together. */
export interface EffectiveBlock {
  readonly blockPublicAcls: Observed<boolean>;
  readonly blockPublicPolicy: Observed<boolean>;
  readonly ignorePublicAcls: Observed<boolean>;
  readonly restrictPublicBuckets: Observed<boolean>;
}

/** A bucket with all that guards it in its own account. */
export interface BucketFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  readonly region: string | undefined;
  readonly policy: PolicySource;
  /** AWS's own answer to "is the policy public", where it was read. */
  readonly policyIsPublic: Observed<boolean>;
  readonly block: EffectiveBlock;
  readonly abacEnabled: Observed<boolean>;
  readonly tags: Tags;
  /** Undefined where RCPs do not apply. */
  readonly rcps: readonly NodePolicies[] | undefined;
  readonly encryption: Observed<BucketEncryption>;
  /** `BucketOwnerEnforced` disables the ACL. */
  readonly ownership: Observed<string>;
  readonly acl: Observed<readonly AclGrantFacts[]>;
  /** `Requester` or `BucketOwner`. */
  readonly payer: Observed<string>;
  /** Absent where the bucket has no Object Lock. */
  readonly objectLock: Observed<BucketLockFacts>;
  /** Uploads with keys of the caller's own are refused. */
  readonly sseCBlocked: Observed<boolean>;
}

/** Object Lock of a bucket that has it: the mode in which new objects are retained, where they are by default. */
export interface BucketLockFacts {
  readonly defaultMode: string | undefined;
}

/** One grant of an ACL: a canonical user id or a group's URI, and a permission. */
export interface AclGrantFacts {
  readonly grantee: string;
  /** The account behind the canonical user id, where the scan knows it. */
  readonly accountId?: string | undefined;
  readonly permission: string;
}

/** How an object that names no encryption is encrypted. */
export type BucketEncryption =
  | { readonly kind: 'sse-s3' }
  | { readonly kind: 'kms'; readonly key: KeyFacts; readonly bucketKey: boolean }
  /** The key is named but was not found in the scan. */
  | { readonly kind: 'unknown-key'; readonly name: string; readonly reason: string }
  /** The key is named in a way that the requester's account resolves, and it has no such key. */
  | { readonly kind: 'no-key'; readonly note: string };

/** A grant on a KMS key. */
export interface GrantFacts {
  readonly id: string;
  readonly grantee: string | undefined;
  readonly operations: readonly string[];
  /** Pairs that the request's encryption context must hold, and may hold others beside (EncryptionContextSubset). */
  readonly contextSubset?: Readonly<Record<string, string>> | undefined;
  /** The request's encryption context, pair for pair and no other (EncryptionContextEquals). */
  readonly contextEquals?: Readonly<Record<string, string>> | undefined;
  /** A constraint that this release cannot judge. */
  readonly unknownConstraint?: string | undefined;
}

/** A KMS key with all that guards it in its own account. */
export interface KeyFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  readonly region: string | undefined;
  readonly state: Observed<string>;
  readonly deletionDate: string | undefined;
  /** `SYMMETRIC_DEFAULT`, …; undefined where nobody said. */
  readonly spec?: string | undefined;
  readonly policy: PolicySource;
  readonly grants: Observed<readonly GrantFacts[]>;
  readonly tags: Tags;
  readonly aliases: Observed<readonly string[]>;
  readonly rcps: readonly NodePolicies[] | undefined;
}

/** Where a VPC endpoint stands. */
export interface EndpointPlace {
  readonly vpcId?: string | undefined;
  readonly accountId: string;
}

/** A VPC endpoint that the request comes through. */
export interface EndpointFacts {
  readonly id: string;
  readonly vpcId: string | undefined;
  readonly account: AccountFacts;
  readonly policies: readonly PolicySource[];
}

/** An access point that the request names, with all that guards it in its own account. */
export interface AccessPointFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  /** It routes each request to one of several buckets. */
  readonly isMultiRegion: boolean;
  /** Undefined where the scan could not see it. */
  readonly networkOrigin: 'Internet' | 'VPC' | undefined;
  readonly vpcId: string | undefined;
  readonly policy: PolicySource;
  /** AWS's own answer to "is the policy public", where it was read. */
  readonly policyIsPublic: Observed<boolean>;
  readonly block: EffectiveBlock;
  readonly tags: Tags;
  /** Undefined where RCPs do not apply. */
  readonly rcps: readonly NodePolicies[] | undefined;
}

/** What is known of one object, which no scan sees: what is undefined is assumed. */
export interface ObjectFacts {
  /** Account id or canonical user id. */
  readonly owner?: string | undefined;
  /** The object's own ACL. */
  readonly grants?: readonly AclGrantFacts[] | undefined;
  readonly encryption?: BucketEncryption | undefined;
  /** What the bucket's default comes to for the account that wrote the object. */
  readonly defaultEncryption?: BucketEncryption | undefined;
  readonly lock?: ObjectLockFacts | undefined;
}

/** What keeps one object version from being deleted (semantics.md C.9); what is undefined nobody said. */
export interface ObjectLockFacts {
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE' | undefined;
  /** The retention period is not over. */
  readonly retained?: boolean | undefined;
  readonly legalHold?: boolean | undefined;
}

/** Where the request comes from; what is undefined stays open. */
export interface Vantage {
  readonly internet: boolean;
  readonly endpoint: EndpointFacts | undefined;
  readonly accessPoint: AccessPointFacts | undefined;
  readonly sourceIp: string | undefined;
  readonly service: string | undefined;
}

/** Which objects are asked about. */
export type ObjectScope =
  /** The action is the bucket's. */
  | { readonly kind: 'bucket' }
  | { readonly kind: 'any-key' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'like'; readonly pattern: string };

/** One question about S3: may this caller do this to that bucket or object? */
export interface S3Question {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly objects: ObjectScope;
  /** The action is carried out as a multipart upload. */
  readonly operation?: 'multipart' | undefined;
  /** What the asker says of the object. */
  readonly object?: ObjectFacts | undefined;
  /**
   * How what this caller writes is encrypted, where that is not the bucket's own default: the default leaves the key
   * to the requester's account, or the request names its encryption.
   */
  readonly encryptionOfWrites?: BucketEncryption | undefined;
  readonly bucket: BucketFacts;
  readonly via: Vantage;
  /** The endpoints of the inventory, by id: each fixes its VPC and account. */
  readonly endpoints?: ReadonlyMap<string, EndpointPlace> | undefined;
  /** Keys closed by the asker: with values, or as absent (null). */
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  /** The scan's time, ISO 8601: verdicts are of that moment. */
  readonly time: string;
}

/** One way that S3 may route a request through a multi-Region access point. */
export interface Route {
  readonly bucketName: string;
  readonly question: S3Question;
}

/** One question about an access point itself: may this caller read its policy, change it, delete it? */
export interface AccessPointQuestion {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly point: AccessPointFacts;
  readonly region: string | undefined;
  readonly via: Vantage;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly time: string;
}

/** One question about a KMS key used directly, not through S3. */
export interface KeyQuestion {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly key: KeyFacts;
  /** The alias that the request names, in place of the key. */
  readonly alias?: string | undefined;
  readonly via: Vantage;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly time: string;
}

/** One question about an action that names no resource. */
export interface AccountQuestion {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly via: Vantage;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly time: string;
}

/** One question about a role: may this caller assume it? */
export interface RoleQuestion {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly role: RoleFacts;
  readonly via: Vantage;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly time: string;
}

/** A role as the resource of sts:AssumeRole. */
export interface RoleFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  readonly trust: PolicySource;
  readonly tags: Tags;
  /** Undefined where RCPs do not apply. */
  readonly rcps: readonly NodePolicies[] | undefined;
}
