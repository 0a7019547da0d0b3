import type { SnapshotKind } from './schema/snapshot-kinds.ts';

/** A field of a kind of line that a layer reads. */
export interface LayerField {
  /** The IAM action of the read that fills it. */
  readonly step: string;
  /** What is unknown without it. */
  readonly effect: string;
}

type Rows = Readonly<Record<string, readonly [step: string, effect: string]>>;

const PRINCIPAL = 'iam:GetAccountAuthorizationDetails';

/** Kind → the fields of its lines that a layer reads: a verdict that needs one of them is unknown without it. */
const ROWS: Readonly<Partial<Record<SnapshotKind, Rows>>> = {
  'organization-policy': {
    Content: ['organizations:DescribePolicy', 'what the organization policy says is unknown'],
    TargetIds: ['organizations:ListTargetsForPolicy', 'whom organization policies limit is unknown'],
  },
  account: {
    ParentId: ['organizations:ListAccountsForParent', 'which organization policies limit it is unknown'],
  },
  'iam-user': {
    UserPolicyList: [PRINCIPAL, 'what inline policies grant is unknown'],
    GroupList: [PRINCIPAL, "what the user's groups grant is unknown"],
    AttachedManagedPolicies: [PRINCIPAL, 'what managed policies grant is unknown'],
    PermissionsBoundary: [PRINCIPAL, 'what a permissions boundary leaves is unknown'],
    Tags: [PRINCIPAL, "the principal's tags are unknown"],
  },
  'iam-role': {
    AssumeRolePolicyDocument: [PRINCIPAL, 'who may assume the role is unknown'],
    RolePolicyList: [PRINCIPAL, 'what inline policies grant is unknown'],
    AttachedManagedPolicies: [PRINCIPAL, 'what managed policies grant is unknown'],
    PermissionsBoundary: [PRINCIPAL, 'what a permissions boundary leaves is unknown'],
    Tags: [PRINCIPAL, "the principal's tags are unknown"],
  },
  'iam-group': {
    GroupPolicyList: [PRINCIPAL, 'what inline policies grant is unknown'],
    AttachedManagedPolicies: [PRINCIPAL, 'what managed policies grant is unknown'],
  },
  'iam-policy': {
    PolicyVersionList: [PRINCIPAL, 'what the managed policy says is unknown'],
  },
  'account-public-access-block': {
    PublicAccessBlockConfiguration: [
      's3:GetAccountPublicAccessBlock',
      "the account's Block Public Access is unknown",
    ],
  },
  bucket: {
    Policy: ['s3:GetBucketPolicy', 'who is named by the bucket policy is unknown'],
    PublicAccessBlockConfiguration: [
      's3:GetBucketPublicAccessBlock',
      "the bucket's Block Public Access is unknown",
    ],
    ServerSideEncryptionConfiguration: [
      's3:GetEncryptionConfiguration',
      'which KMS key a reader needs is unknown',
    ],
    OwnershipControls: ['s3:GetBucketOwnershipControls', 'whether ACLs count is unknown'],
    Grants: ['s3:GetBucketAcl', 'who is named by the ACL is unknown'],
    AbacStatus: ['s3:GetBucketAbac', 'whether tags of the bucket count is unknown'],
    TagSet: ['s3:GetBucketTagging', "the bucket's tags are unknown"],
    Payer: ['s3:GetBucketRequestPayment', 'whether requesters must agree to pay is unknown'],
    ObjectLockConfiguration: ['s3:GetBucketObjectLockConfiguration', 'whether objects are locked is unknown'],
  },
  'access-point': {
    Policy: ['s3:GetAccessPointPolicy', "what the access point's policy says is unknown"],
    PublicAccessBlockConfiguration: [
      's3:GetAccessPoint',
      "the access point's Block Public Access is unknown",
    ],
    Tags: ['s3:ListTagsForResource', "the access point's tags are unknown"],
  },
  'multi-region-access-point': {
    Policy: ['s3:GetMultiRegionAccessPointPolicy', "what the access point's policy says is unknown"],
    PublicAccessBlock: [
      's3:ListMultiRegionAccessPoints',
      "the access point's Block Public Access is unknown",
    ],
    Regions: ['s3:ListMultiRegionAccessPoints', 'which buckets are behind the access point is unknown'],
  },
  'kms-key': {
    Policy: ['kms:GetKeyPolicy', "whom the key's policy admits is unknown"],
    Grants: ['kms:ListGrants', "whom the key's grants admit is unknown"],
    Aliases: ['kms:ListAliases', 'by which aliases the key is named is unknown'],
    Tags: ['kms:ListResourceTags', "the key's tags are unknown"],
  },
  'vpc-endpoint': {
    PolicyDocument: ['ec2:DescribeVpcEndpoints', "what the endpoint's policy says is unknown"],
  },
};

/** The names of the fields that a layer reads, of lines of the kind. */
export function layerFieldNames(kind: string): readonly string[] {
  return Object.keys(rowsOf(kind));
}

/** A field that a layer reads; undefined where no layer does. */
export function layerField(kind: string, field: string): LayerField | undefined {
  const row = Object.entries(rowsOf(kind)).find(([name]) => name === field)?.[1];
  return row && { step: row[0], effect: row[1] };
}

function rowsOf(kind: string): Rows {
  return Object.entries(ROWS).find(([name]) => name === kind)?.[1] ?? {};
}
