/** The rest of the company: everyday buckets, administrators, service-linked roles, the scanner itself. */
import type { SnapshotLine } from '@denyscope/model';
import { bucketAndObjects, roleArn, rootArn } from '../build/arn.ts';
import { bucket, withKey, type BucketSpec } from '../build/bucket.ts';
import { role, serviceLinkedRole, trust, user } from '../build/iam.ts';
import { key, keyArnOf } from '../build/key.ts';
import { allow, deny, policy, type Document } from '../build/policy.ts';
import { awsPolicyArn } from '../managed/catalogue.ts';
import { readsAndWrites } from './access.ts';
import { ACCOUNTS, KEY_TAG } from './organization.ts';

const SCANNED = Object.values(ACCOUNTS).filter((id) => id !== ACCOUNTS.northwind && id !== ACCOUNTS.legacy);
const { analytics, development, logArchive, management, network, partner, payments, security, web } =
  ACCOUNTS;

const scanner = roleArn(security, 'denyscope-scanner');

/** What the scanner may do in every account: describe, never read an object or decrypt. */
const SCANNER_READS: Document = policy(
  allow(
    [
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcs',
      'iam:GetAccountAuthorizationDetails',
      'kms:DescribeKey',
      'kms:GetKeyPolicy',
      'kms:ListAliases',
      'kms:ListGrants',
      'kms:ListKeys',
      'kms:ListResourceTags',
      's3:GetAccountPublicAccessBlock',
      's3:GetBucket*',
      's3:GetEncryptionConfiguration',
      's3:ListAccessPoints',
      's3:ListAllMyBuckets',
    ],
    '*',
  ),
);

function tlsOnly(name: string): Document {
  return policy(
    deny('s3:*', bucketAndObjects(name), {
      Sid: 'DenyInsecureTransport',
      Principal: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
}

function administrators(accountId: string): readonly SnapshotLine[] {
  const reader = role(accountId, 'denyscope-reader', {
    inline: { 'denyscope-reads': SCANNER_READS },
    trust: trust({ AWS: scanner }),
  });
  if (accountId === management) return [reader];
  const organizationAccess = role(accountId, 'OrganizationAccountAccessRole', {
    attached: [awsPolicyArn('AdministratorAccess')],
    trust: trust({ AWS: rootArn(management) }),
  });
  return [reader, organizationAccess];
}

const backupKey = keyArnOf(payments, 'payments-backup', { region: 'us-east-1' });

const BUCKETS: readonly (readonly [accountId: string, name: string, spec: BucketSpec])[] = [
  [management, 'example-billing-reports', { region: 'us-east-1', versioning: 'Enabled' }],
  [
    management,
    'example-terraform-state',
    { versioning: 'Enabled', policy: tlsOnly('example-terraform-state') },
  ],
  [security, 'example-config-history', { region: 'eu-central-1', logsTo: 'example-access-logs' }],
  [
    logArchive,
    'example-dns-query-logs',
    { region: 'eu-central-1', objectLockDays: 400, versioning: 'Enabled' },
  ],
  [network, 'example-network-captures', { region: 'eu-central-1' }],
  [partner, 'example-partner-documents', { region: 'eu-central-1', abac: true, tags: { team: 'partners' } }],
  [analytics, 'example-athena-results', { region: 'us-east-1', tags: { retention: '30d' } }],
  [
    web,
    'example-web-video-masters',
    { region: 'us-east-1', logsTo: 'example-access-logs', versioning: 'Enabled' },
  ],
  [web, 'example-web-user-uploads', { ownership: 'BucketOwnerPreferred', versioning: 'Suspended' }],
  [payments, 'example-payments-backup', { region: 'us-east-1', encryption: withKey(backupKey) }],
  [development, 'example-dev-test-fixtures', { region: 'us-east-1' }],
  [development, 'example-dev-container-cache', {}],
];

export const EVERYDAY_LINES: readonly SnapshotLine[] = [
  ...BUCKETS.map(([accountId, name, spec]) => bucket(accountId, name, spec)),
  key(payments, 'payments-backup', { region: 'us-east-1', tags: { [KEY_TAG]: 'restricted' } }),
  ...SCANNED.flatMap(administrators),
  role(security, 'denyscope-scanner', {
    inline: {
      'assume-readers': policy(allow('sts:AssumeRole', 'arn:aws:iam::*:role/denyscope-reader')),
      'read-organization': policy(allow(['organizations:Describe*', 'organizations:List*'], '*')),
    },
    trust: trust({ Service: 'ecs-tasks.amazonaws.com' }),
  }),
  role(security, 'security-auditor', {
    attached: [awsPolicyArn('SecurityAudit')],
    trust: trust({ AWS: rootArn(management) }),
  }),
  serviceLinkedRole(management, 'organizations.amazonaws.com', 'Organizations'),
  serviceLinkedRole(analytics, 'access-analyzer.amazonaws.com', 'AccessAnalyzer'),
  serviceLinkedRole(web, 'support.amazonaws.com', 'Support'),
  user(management, 'break-glass', { attached: [awsPolicyArn('AdministratorAccess')] }),
  user(partner, 'sftp-bridge', { inline: readsAndWrites('example-partner-documents') }),
  role(payments, 'backup-operator', { inline: readsAndWrites('example-payments-backup') }),
  role(web, 'image-resizer', {
    inline: readsAndWrites('example-web-user-uploads'),
    attached: [awsPolicyArn('service-role/AWSLambdaBasicExecutionRole')],
    trust: trust({ Service: 'lambda.amazonaws.com' }),
  }),
  role(web, 'video-transcoder', { inline: readsAndWrites('example-web-video-masters') }),
  role(network, 'packet-analyst', { inline: readsAndWrites('example-network-captures') }),
  role(logArchive, 'log-analyst', { attached: [awsPolicyArn('AmazonS3ReadOnlyAccess')] }),
];
