/** The policies of an organization that guards itself as AWS's published examples do, at the sizes that people have. */
import { type Document, type Node } from './closed-request.ts';

/** The account that owns the bucket. */
export const OWNER = '111122223333';
/** Another account of the organization, whose analysts may read the bucket. */
export const NEIGHBOUR = '444455556666';
/** An account outside. */
export const OUTSIDER = '999900001111';
export const ORGANIZATION = 'o-a1b2c3d4e5';
export const BUCKET = 'arn:aws:s3:::acme-data-lake';
export const ENDPOINTS = ['vpce-0a1b2c3d4e5f60718', 'vpce-1a1b2c3d4e5f60718'] as const;

const PRIVILEGED = 'arn:aws:iam::*:role/org/OrganizationAdministrator';
const TRAILS = `arn:aws:s3:::acme-data-lake/AWSLogs/${OWNER}/*`;

type Statement = Readonly<Record<string, unknown>>;

/** A document of these statements. */
export function documentOf(name: string, ...statements: readonly Statement[]): Document {
  return { name, text: JSON.stringify({ Version: '2012-10-17', Statement: statements }) };
}

export function allow(
  actions: readonly string[],
  resources: readonly string[],
  condition?: object,
): Statement {
  return {
    Effect: 'Allow',
    Action: actions,
    Resource: resources,
    ...(condition && { Condition: condition }),
  };
}

export function deny(sid: string, actions: readonly string[], condition?: object): Statement {
  return {
    Sid: sid,
    Effect: 'Deny',
    Action: actions,
    Resource: '*',
    ...(condition && { Condition: condition }),
  };
}

const FULL_ACCESS = documentOf('p-FullAWSAccess', { Effect: 'Allow', Action: '*', Resource: '*' });
const RCP_FULL_ACCESS = documentOf('p-RCPFullAWSAccess', {
  Effect: 'Allow',
  Principal: '*',
  Action: '*',
  Resource: '*',
});

const GLOBAL_SERVICES =
  'a4b access-analyzer account acm activate artifact aws-marketplace aws-portal billing budgets ce chime cloudfront ' +
  'compute-optimizer config consoleapp consolidatedbilling cur datapipeline devicefarm directconnect discovery-marketplace ' +
  'ecr-public fms freetier globalaccelerator health iam importexport invoicing iq kms license-manager-linux-subscriptions ' +
  'lightsail mobileanalytics networkmanager notifications organizations payments pricing quicksight resource-explorer-2 ' +
  'route53 route53-recovery-cluster route53-recovery-control-config route53-recovery-readiness route53domains savingsplans ' +
  'shield sso sts support supportapp supportplans sustainability tag tax trustedadvisor vendor-insights waf wafv2';

const exceptPrivileged = { ArnNotLike: { 'aws:PrincipalARN': [PRIVILEGED] } };

const REGIONS = documentOf(
  'p-regions',
  {
    Sid: 'DenyOtherRegions',
    Effect: 'Deny',
    NotAction: GLOBAL_SERVICES.split(' ').map((service) => `${service}:*`),
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:RequestedRegion': ['eu-central-1', 'eu-west-1'] },
      ...exceptPrivileged,
    },
  },
  deny('DenyLeaving', ['organizations:LeaveOrganization']),
);

const SECURITY_SERVICES = documentOf(
  'p-security-services',
  deny(
    'ProtectTrails',
    ['DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'].map((name) => `cloudtrail:${name}`),
    exceptPrivileged,
  ),
  deny(
    'ProtectConfig',
    [
      'DeleteConfigRule',
      'DeleteConfigurationRecorder',
      'DeleteDeliveryChannel',
      'StopConfigurationRecorder',
    ].map((name) => `config:${name}`),
    exceptPrivileged,
  ),
  deny(
    'ProtectGuardDuty',
    (
      'AcceptInvitation ArchiveFindings CreateDetector CreateFilter CreateIPSet DeclineInvitations DeleteDetector ' +
      'DeleteFilter DeleteIPSet DeleteMembers DisassociateMembers StopMonitoringMembers UpdateDetector UpdateIPSet'
    )
      .split(' ')
      .map((name) => `guardduty:${name}`),
    exceptPrivileged,
  ),
  deny(
    'ProtectSecurityHub',
    ['BatchDisableStandards', 'DeleteInsight', 'DisableSecurityHub', 'UpdateStandardsControl'].map(
      (name) => `securityhub:${name}`,
    ),
  ),
);

const STORAGE = documentOf(
  'p-storage',
  deny(
    'ProtectPublicAccessBlock',
    ['s3:PutAccountPublicAccessBlock', 's3:PutBucketPublicAccessBlock'],
    exceptPrivileged,
  ),
  deny('DenyAclGrants', ['s3:PutObject', 's3:PutObjectAcl', 's3:PutBucketAcl'], {
    StringLike: { 's3:x-amz-acl': ['public-*', 'authenticated-read'] },
  }),
  deny('DenyUsersOffTheNetwork', ['s3:*', 'kms:*'], {
    StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/*' },
    NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24', '10.0.0.0/8'] },
    BoolIfExists: { 'aws:ViaAWSService': 'false' },
  }),
  deny('DenyKeyDeletion', ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], exceptPrivileged),
);

/** The SCPs of the organization's root, of the unit and of the account. */
export function scpsOf(accountId: string): readonly Node[] {
  return [
    { id: 'r-a1b2', documents: [FULL_ACCESS, REGIONS] },
    { id: 'ou-a1b2-workloads', documents: [FULL_ACCESS, SECURITY_SERVICES] },
    { id: accountId, documents: [FULL_ACCESS, STORAGE] },
  ];
}

const DATA_PERIMETER = documentOf(
  'p-data-perimeter',
  {
    Sid: 'OnlyTheOrganization',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:AssumeRole', 'sts:SetContext'],
    Resource: '*',
    Condition: {
      StringNotEqualsIfExists: {
        'aws:PrincipalOrgID': ORGANIZATION,
        'aws:PrincipalAccount': ['777788889999'],
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  },
  {
    Sid: 'OnlyOverTls',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:*', 'sqs:*', 'kms:*', 'secretsmanager:*', 'sts:*'],
    Resource: '*',
    Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
  },
);

/** The data perimeter on the root, and what AWS puts everywhere. */
export const RCPS: readonly Node[] = [
  { id: 'r-a1b2', documents: [RCP_FULL_ACCESS, DATA_PERIMETER] },
  { id: 'ou-a1b2-workloads', documents: [RCP_FULL_ACCESS] },
  { id: OWNER, documents: [RCP_FULL_ACCESS] },
];

const EVERYTHING = [BUCKET, `${BUCKET}/*`];

/** Eight statements: TLS, organization, network, deletes, readers across accounts, a role, two services. */
export const BUCKET_POLICY = documentOf(
  BUCKET,
  {
    Sid: 'OnlyOverTls',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: EVERYTHING,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  },
  {
    Sid: 'OnlyTheOrganization',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'],
    Resource: EVERYTHING,
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': [ORGANIZATION] },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  },
  {
    Sid: 'RestrictedOnlyThroughEndpoints',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: `${BUCKET}/restricted/*`,
    Condition: {
      StringNotEqualsIfExists: { 'aws:SourceVpce': ENDPOINTS },
      ArnNotLikeIfExists: { 'aws:PrincipalArn': [PRIVILEGED, `arn:aws:iam::${OWNER}:role/platform/*`] },
    },
  },
  {
    Sid: 'OnlyThePlatformDeletes',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:DeleteObject*', 's3:PutLifecycleConfiguration'],
    Resource: EVERYTHING,
    Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWNER}:role/platform/*` } },
  },
  {
    Sid: 'NeighbourReads',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${NEIGHBOUR}:root` },
    Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:ListBucket', 's3:GetBucketLocation'],
    Resource: [BUCKET, `${BUCKET}/curated/*`, `${BUCKET}/exports/*`],
  },
  {
    Sid: 'LoaderWrites',
    Effect: 'Allow',
    Principal: { AWS: [`arn:aws:iam::${OWNER}:role/Loader`, `arn:aws:iam::${NEIGHBOUR}:role/Loader`] },
    Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
    Resource: `${BUCKET}/raw/*`,
    Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
  },
  {
    Sid: 'TrailsAreWritten',
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: TRAILS,
    Condition: { StringEquals: { 'aws:SourceAccount': OWNER, 's3:x-amz-acl': 'bucket-owner-full-control' } },
  },
  {
    Sid: 'DistributionReads',
    Effect: 'Allow',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Action: 's3:GetObject',
    Resource: `${BUCKET}/public/*`,
    Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${OWNER}:distribution/E2QWRUHAPOMQZL` } },
  },
);
