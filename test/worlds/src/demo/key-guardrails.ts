/** Keys that refuse: the new tag guardrail, a missing decrypt permission, a key on its way out, a foreign key. */
import { roleArn } from '../build/arn.ts';
import { bucket, withKey } from '../build/bucket.ts';
import { role } from '../build/iam.ts';
import { awsManagedKey, key, keyArnOf } from '../build/key.ts';
import { allow, policy } from '../build/policy.ts';
import { awsPolicyArn } from '../managed/catalogue.ts';
import { letsRead, reads, usesKey } from './access.ts';
import { ACCOUNTS, KEY_TAG } from './organization.ts';
import { story, type DemoStory, type Theme } from './story.ts';

const { analytics, network, sandbox, security, logArchive } = ACCOUNTS;

const CLICKSTREAM = 'example-clickstream-untagged-key';
const FINANCE_REPORTS = 'example-finance-reports-no-decrypt';
const ARCHIVE = 'example-archive-key-pending-deletion';
const DISABLED = 'example-survey-results-key-disabled';
const EXPERIMENTS = 'example-sandbox-experiments';
const FLOW_LOGS = 'example-network-flow-logs';
const TRAIL = 'example-cloudtrail-encrypted';

const classified = { [KEY_TAG]: 'confidential' };
const clickstreamKey = keyArnOf(analytics, 'analytics-clickstream');
const reportsKey = keyArnOf(analytics, 'finance-reports');
const archiveKey = keyArnOf(analytics, 'analytics-archive');
const surveyKey = keyArnOf(analytics, 'survey-results');
const sandboxKey = keyArnOf(sandbox, 'experiments');
const trailKey = keyArnOf(logArchive, 'cloudtrail');
const trailArn = `arn:aws:cloudtrail:eu-west-1:${ACCOUNTS.management}:trail/organization-trail`;

const threatHunter = roleArn(security, 'threat-hunter');

const trailPolicy = policy(
  allow('s3:PutObject', `arn:aws:s3:::${TRAIL}/AWSLogs/*`, {
    Sid: 'AWSCloudTrailWrite',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceArn': trailArn } },
  }),
);

const lines: Theme['lines'] = [
  bucket(analytics, CLICKSTREAM, { encryption: withKey(clickstreamKey) }),
  key(analytics, 'analytics-clickstream', { tags: { team: 'analytics' } }),
  role(analytics, 'clickstream-analytics', { inline: reads(CLICKSTREAM, usesKey(clickstreamKey)) }),
  bucket(analytics, FINANCE_REPORTS, { encryption: withKey(reportsKey) }),
  key(analytics, 'finance-reports', { tags: classified }),
  role(analytics, 'finance-report-reader', { inline: reads(FINANCE_REPORTS) }),
  bucket(analytics, ARCHIVE, { encryption: withKey(archiveKey), versioning: 'Enabled' }),
  key(analytics, 'analytics-archive', {
    tags: classified,
    state: 'PendingDeletion',
    deletionDate: '2026-12-05T02:00:00Z',
  }),
  role(analytics, 'archive-restorer', { inline: reads(ARCHIVE, usesKey(archiveKey)) }),
  bucket(analytics, DISABLED, { encryption: withKey(surveyKey) }),
  key(analytics, 'survey-results', { tags: classified, state: 'Disabled' }),
  role(analytics, 'survey-analyst', { inline: reads(DISABLED, usesKey(surveyKey)) }),
  bucket(sandbox, EXPERIMENTS, { encryption: withKey(sandboxKey) }),
  key(sandbox, 'experiments'),
  role(sandbox, 'experimenter', { attached: [awsPolicyArn('PowerUserAccess')] }),
  bucket(network, FLOW_LOGS, {
    encryption: { algorithm: 'aws:kms' },
    policy: policy(letsRead(FLOW_LOGS, threatHunter)),
  }),
  awsManagedKey(network, 'eu-west-1'),
  role(network, 'flow-log-reader', { inline: reads(FLOW_LOGS) }),
  role(security, 'threat-hunter', { inline: reads(FLOW_LOGS, allow('kms:Decrypt', '*')) }),
  bucket(logArchive, TRAIL, { encryption: withKey(trailKey), policy: trailPolicy, versioning: 'Enabled' }),
  key(logArchive, 'cloudtrail'),
];

const ownKeys: readonly DemoStory[] = [
  story({
    id: 'scp-kms-tag',
    title:
      'The new SCP demands a classification tag on KMS keys; the clickstream key has none, so reads fail.',
    bucket: CLICKSTREAM,
    principal: roleArn(analytics, 'clickstream-analytics'),
    expected: 'denied',
    blockers: ['scp'],
    leg: 'kms',
  }),
  story({
    id: 'no-decrypt',
    title: 'A report reader has every S3 permission and no kms:Decrypt; the key leaves that to IAM.',
    bucket: FINANCE_REPORTS,
    principal: roleArn(analytics, 'finance-report-reader'),
    expected: 'denied',
    blockers: ['kms-identity'],
    leg: 'kms',
  }),
  story({
    id: 'key-pending-deletion',
    title: 'The archive’s key waits for deletion on 5 December; nothing can be read until that is cancelled.',
    bucket: ARCHIVE,
    principal: roleArn(analytics, 'archive-restorer'),
    expected: 'denied',
    blockers: ['kms-key-state'],
    leg: 'kms',
  }),
  story({
    id: 'key-disabled',
    title: 'The key of the survey results was disabled.',
    bucket: DISABLED,
    principal: roleArn(analytics, 'survey-analyst'),
    expected: 'denied',
    blockers: ['kms-key-state'],
    leg: 'kms',
  }),
  story({
    id: 'scp-allow-list-no-kms',
    title: 'The sandbox’s SCP allow-list names S3 and forgot KMS, which S3 calls for the reader.',
    bucket: EXPERIMENTS,
    principal: roleArn(sandbox, 'experimenter'),
    expected: 'denied',
    blockers: ['scp'],
    leg: 'kms',
  }),
];

const foreignKeys: readonly DemoStory[] = [
  story({
    id: 'aws-managed-key',
    title: 'A reader in the bucket’s account needs no KMS permission for aws/s3.',
    bucket: FLOW_LOGS,
    principal: roleArn(network, 'flow-log-reader'),
    expected: 'allowed',
    leg: 'kms',
  }),
  story({
    id: 'aws-managed-key-cross-account',
    title: 'The flow logs are shared with Security, but aws/s3 cannot be used from another account.',
    bucket: FLOW_LOGS,
    principal: threatHunter,
    expected: 'denied',
    blockers: ['kms-key-policy'],
    leg: 'kms',
  }),
  story({
    id: 'service-without-key',
    title: 'CloudTrail may write to the bucket, and its key does not know the service.',
    bucket: TRAIL,
    principal: 'cloudtrail.amazonaws.com',
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${TRAIL}/AWSLogs/*`,
    context: { 'aws:SourceArn': [trailArn], 'aws:SourceAccount': [ACCOUNTS.management] },
    expected: 'denied',
    blockers: ['kms-key-policy'],
    leg: 'kms',
  }),
];

export const KEY_GUARDRAILS: Theme = { lines, stories: [...ownKeys, ...foreignKeys] };
