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

/** Effective Block Public Access of the bucket: its account's, the organization's and its own together. */
export interface EffectiveBlock {
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
}

/** One grant of a bucket's ACL: a canonical user id or a group's URI, and a permission. */
export interface AclGrantFacts {
  readonly grantee: string;
  readonly permission: string;
}

/** How an object that names no encryption is encrypted. */
export type BucketEncryption =
  | { readonly kind: 'sse-s3' }
  | { readonly kind: 'kms'; readonly key: KeyFacts; readonly bucketKey: boolean }
  /** The key is named but was not found in the scan. */
  | { readonly kind: 'unknown-key'; readonly name: string; readonly reason: string };

/** A grant on a KMS key. */
export interface GrantFacts {
  readonly id: string;
  readonly grantee: string | undefined;
  readonly operations: readonly string[];
  /** Encryption context that the request must hold, by key. */
  readonly encryptionContext: Readonly<Record<string, string>>;
}

/** A KMS key with all that guards it in its own account. */
export interface KeyFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  readonly region: string | undefined;
  readonly state: Observed<string>;
  readonly deletionDate: string | undefined;
  readonly policy: PolicySource;
  readonly grants: Observed<readonly GrantFacts[]>;
  readonly tags: Tags;
  readonly aliases: Observed<readonly string[]>;
  readonly rcps: readonly NodePolicies[] | undefined;
}

/** A VPC endpoint that the request comes through. */
export interface EndpointFacts {
  readonly id: string;
  readonly vpcId: string | undefined;
  readonly account: AccountFacts;
  readonly policies: readonly PolicySource[];
}

/** An access point that the request names. */
export interface AccessPointFacts {
  readonly arn: string;
  readonly account: AccountFacts;
  readonly networkOrigin: 'Internet' | 'VPC' | undefined;
  readonly vpcId: string | undefined;
  readonly policy: PolicySource;
}

/** What is known of one object, which no scan sees: what is undefined is assumed. */
export interface ObjectFacts {
  /** Account id or canonical user id. */
  readonly owner?: string | undefined;
  /** The object's own ACL. */
  readonly grants?: readonly AclGrantFacts[] | undefined;
  readonly encryption?: BucketEncryption | undefined;
  readonly lock?: ObjectLockFacts | undefined;
}

/** What keeps one object version from being deleted: semantics.md C.9. */
export interface ObjectLockFacts {
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE' | undefined;
  /** The retention period is not over. */
  readonly retained: boolean;
  readonly legalHold: boolean;
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
  /** What the asker says of the object. */
  readonly object?: ObjectFacts | undefined;
  readonly bucket: BucketFacts;
  readonly via: Vantage;
  /** Keys closed by the asker: with values, or as absent (null). */
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  /** The scan's time, ISO 8601: verdicts are of that moment. */
  readonly time: string;
}

/** One question about a KMS key used directly, not through S3. */
export interface KeyQuestion {
  readonly caller: CallerFacts;
  readonly action: string;
  readonly key: KeyFacts;
  readonly via: Vantage;
  readonly context: Readonly<Record<string, readonly string[] | null>>;
  readonly time: string;
}
