/**
 * The `data` of each kind of snapshot line: AWS's own response shapes and spelling (formats.md section 1). Only what
 * a layer reads is named; everything else that AWS returns is kept.
 */
import { z } from 'zod';
import { lockoutShape } from './lockout.ts';

/** A policy document: JSON text, percent-encoded JSON text (as IAM returns it), or a JSON object. */
export const policyDocumentSchema = z.union([z.string(), z.record(z.string(), z.unknown())], {
  error: 'expected a policy document: JSON text, percent-encoded JSON text or a JSON object',
});

const tag = z.looseObject({ Key: z.string(), Value: z.string() });
const tags = z.array(tag);
/** KMS spells its tags in its own way. */
const kmsTag = z.union([
  z.looseObject({ TagKey: z.string(), TagValue: z.string() }),
  z.looseObject({ Key: z.string(), Value: z.string() }).describe('as other services spell tags'),
]);
const accountId = z.string().regex(/^\d{12}$/, 'expected twelve digits');

export const organization = z.looseObject({
  Id: z.string(),
  Arn: z.string().optional(),
  MasterAccountId: accountId.optional(),
  FeatureSet: z.string().optional(),
  EnabledPolicyTypes: z.array(z.string()).optional(),
});

const node = { Id: z.string(), Arn: z.string().optional(), Name: z.string().optional() };

export const root = z.looseObject(node);
export const organizationalUnit = z.looseObject({ ...node, ParentId: z.string() });

export const account = z.looseObject({
  Id: accountId,
  Arn: z.string().optional(),
  Name: z.string().optional(),
  Email: z.string().optional(),
  Status: z.string().optional(),
  State: z.string().optional(),
  ParentId: z.string().optional(),
  Tags: tags.optional(),
  CanonicalUserId: z.string().optional(),
  EnabledRegions: z.array(z.string()).optional(),
});

export const organizationPolicy = z.looseObject({
  Id: z.string(),
  Arn: z.string().optional(),
  Name: z.string().optional(),
  Type: z.string(),
  AwsManaged: z.boolean().optional(),
  Content: policyDocumentSchema.optional(),
  TargetIds: z.array(z.string()).optional(),
});

/** `DelegatedAdministrator` of ListDelegatedAdministrators, with what ListDelegatedServicesForAccount lists. */
export const delegatedAdministrator = z.looseObject({
  Id: accountId,
  Arn: z.string().optional(),
  Name: z.string().optional(),
  Email: z.string().optional(),
  Status: z.string().optional(),
  State: z.string().optional(),
  DelegationEnabledDate: z.string().optional(),
  DelegatedServices: z
    .array(z.looseObject({ ServicePrincipal: z.string(), DelegationEnabledDate: z.string().optional() }))
    .optional(),
});

const inlinePolicy = z.looseObject({
  PolicyName: z.string(),
  PolicyDocument: policyDocumentSchema.optional(),
});
const attachedPolicy = z.looseObject({ PolicyName: z.string().optional(), PolicyArn: z.string() });
const boundary = z.looseObject({
  PermissionsBoundaryArn: z.string(),
  PermissionsBoundaryType: z.string().optional(),
});

export const iamUser = z.looseObject({
  UserName: z.string(),
  UserId: z.string().optional(),
  Arn: z.string(),
  Path: z.string().optional(),
  UserPolicyList: z.array(inlinePolicy).optional(),
  GroupList: z.array(z.string()).optional(),
  AttachedManagedPolicies: z.array(attachedPolicy).optional(),
  PermissionsBoundary: boundary.optional(),
  Tags: tags.optional(),
});

export const iamRole = z.looseObject({
  RoleName: z.string(),
  RoleId: z.string().optional(),
  Arn: z.string(),
  Path: z.string().optional(),
  AssumeRolePolicyDocument: policyDocumentSchema.optional(),
  RolePolicyList: z.array(inlinePolicy).optional(),
  AttachedManagedPolicies: z.array(attachedPolicy).optional(),
  PermissionsBoundary: boundary.optional(),
  Tags: tags.optional(),
});

export const iamGroup = z.looseObject({
  GroupName: z.string(),
  GroupId: z.string().optional(),
  Arn: z.string(),
  Path: z.string().optional(),
  GroupPolicyList: z.array(inlinePolicy).optional(),
  AttachedManagedPolicies: z.array(attachedPolicy).optional(),
});

const policyVersion = z.looseObject({
  VersionId: z.string().optional(),
  IsDefaultVersion: z.boolean().optional(),
  Document: policyDocumentSchema.optional(),
});

export const iamPolicy = z.looseObject({
  PolicyName: z.string().optional(),
  PolicyId: z.string().optional(),
  Arn: z.string(),
  DefaultVersionId: z.string().optional(),
  PolicyVersionList: z.array(policyVersion).optional(),
});

/** An entry of ListSAMLProviders or ListOpenIDConnectProviders: its ARN says which. */
export const identityProvider = z.looseObject({
  Arn: z.string(),
  ValidUntil: z.string().optional(),
  CreateDate: z.string().optional(),
});

const publicAccessBlock = z.looseObject({
  BlockPublicAcls: z.boolean().optional(),
  IgnorePublicAcls: z.boolean().optional(),
  BlockPublicPolicy: z.boolean().optional(),
  RestrictPublicBuckets: z.boolean().optional(),
});

const policyStatus = z.looseObject({ IsPublic: z.boolean().optional() });

export const accountPublicAccessBlock = z.looseObject({
  PublicAccessBlockConfiguration: publicAccessBlock.optional(),
});

const grant = z.looseObject({
  Grantee: z
    .looseObject({ Type: z.string().optional(), ID: z.string().optional(), URI: z.string().optional() })
    .optional(),
  Permission: z.string().optional(),
});

const encryptionRule = z.looseObject({
  ApplyServerSideEncryptionByDefault: z
    .looseObject({ SSEAlgorithm: z.string(), KMSMasterKeyID: z.string().optional() })
    .optional(),
  BucketKeyEnabled: z.boolean().optional(),
  BlockedEncryptionTypes: z.looseObject({ EncryptionType: z.array(z.string()).optional() }).optional(),
});

const objectLock = z.looseObject({
  ObjectLockEnabled: z.string().optional(),
  Rule: z
    .looseObject({ DefaultRetention: z.looseObject({ Mode: z.string().optional() }).optional() })
    .optional(),
});

export const bucket = z.looseObject({
  Name: z.string().min(3),
  BucketRegion: z.string().optional(),
  CreationDate: z.string().optional(),
  Policy: policyDocumentSchema.optional(),
  PolicyStatus: policyStatus.optional(),
  PublicAccessBlockConfiguration: publicAccessBlock.optional(),
  OwnershipControls: z
    .looseObject({ Rules: z.array(z.looseObject({ ObjectOwnership: z.string() })).optional() })
    .optional(),
  Owner: z.looseObject({ ID: z.string().optional() }).optional(),
  Grants: z.array(grant).optional(),
  ServerSideEncryptionConfiguration: z.looseObject({ Rules: z.array(encryptionRule).optional() }).optional(),
  Payer: z.string().optional(),
  LoggingEnabled: z.looseObject({}).optional(),
  VersioningStatus: z.string().optional(),
  ObjectLockConfiguration: objectLock.optional(),
  AbacStatus: z.union([z.string(), z.looseObject({ Status: z.string().optional() })]).optional(),
  ReplicationConfiguration: z.looseObject({}).optional(),
  WebsiteConfiguration: z.looseObject({}).optional(),
  TagSet: tags.optional(),
});

export const accessPoint = z.looseObject({
  Name: z.string(),
  Bucket: z.string(),
  BucketAccountId: z.string().optional(),
  NetworkOrigin: z.string().optional(),
  VpcConfiguration: z.looseObject({ VpcId: z.string().optional() }).optional(),
  PublicAccessBlockConfiguration: publicAccessBlock.optional(),
  AccessPointArn: z.string().optional(),
  Alias: z.string().optional(),
  Policy: policyDocumentSchema.optional(),
  PolicyStatus: policyStatus.optional(),
  Tags: tags.optional(),
});

/** A multi-Region access point, as GetMultiRegionAccessPoint answers, with the established policy as `Policy`. */
export const multiRegionAccessPoint = z.looseObject({
  Name: z.string(),
  Alias: z.string().optional(),
  Status: z.string().optional(),
  PublicAccessBlock: publicAccessBlock.optional(),
  Regions: z
    .array(
      z.looseObject({
        Bucket: z.string(),
        Region: z.string().optional(),
        BucketAccountId: z.string().optional(),
      }),
    )
    .optional(),
  Policy: policyDocumentSchema.optional(),
  PolicyStatus: policyStatus.optional(),
});

const keyGrant = z.looseObject({
  GrantId: z.string(),
  GranteePrincipal: z.string().optional(),
  Operations: z.array(z.string()).optional(),
  Constraints: z.looseObject({}).optional(),
});

export const kmsKey = z.looseObject({
  KeyMetadata: z.looseObject({
    KeyId: z.string(),
    Arn: z.string(),
    KeyState: z.string().optional(),
    KeyManager: z.string().optional(),
    DeletionDate: z.union([z.string(), z.number()]).optional(),
    KeySpec: z.string().optional(),
    CustomerMasterKeySpec: z.string().optional(),
    KeyUsage: z.string().optional(),
    MultiRegionConfiguration: z.looseObject({}).optional(),
  }),
  Policy: policyDocumentSchema.optional(),
  Grants: z.array(keyGrant).optional(),
  Aliases: z.array(z.union([z.looseObject({ AliasName: z.string() }), z.string()])).optional(),
  Tags: z.array(kmsTag).optional(),
});

export const coverage = z.looseObject({
  step: z.string(),
  reason: z.string(),
  message: z.string().optional(),
  ...lockoutShape,
});
