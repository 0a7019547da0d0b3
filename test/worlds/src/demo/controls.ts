/** What works: grants that a reader of the demo can compare the failures with. */
import { bucketAndObjects, objectsArn, roleArn, userArn } from '../build/arn.ts';
import { bucket, withKey } from '../build/bucket.ts';
import { group, role, trust, user } from '../build/iam.ts';
import { key, keyArnOf } from '../build/key.ts';
import { allow, policy } from '../build/policy.ts';
import { awsPolicyArn } from '../managed/catalogue.ts';
import { letsRead, reads, readsAndWrites, usesKey } from './access.ts';
import { ACCOUNTS, KEY_TAG, ORGANIZATION, VENDOR } from './organization.ts';
import { story, type Theme } from './story.ts';

const { analytics, web, development, partner, security } = ACCOUNTS;

const DASHBOARDS = 'example-analytics-dashboards';
const WAREHOUSE = 'example-analytics-warehouse';
const RELEASES = 'example-web-release-assets';
const STATIC = 'example-web-static-assets';
const REPORTS = 'example-security-reports';
const SHARED = 'example-shared-org-only';
const CONTRACTORS = 'example-design-contractors-2026';

const warehouseKey = keyArnOf(analytics, 'analytics-warehouse');
const ssoReader = '/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_ReadOnlyAccess_4f1d2c3b4a596877';

const identityCenter = trust({
  Federated: `arn:aws:iam::${security}:saml-provider/AWSSSO_6f1d2c3b4a596877_DO_NOT_DELETE`,
});

const releaseBuilder = roleArn(development, 'release-builder');
const designer = roleArn(development, 'design-contractor');

const orgOnly = policy(
  allow(['s3:GetObject', 's3:ListBucket'], bucketAndObjects(SHARED), {
    Sid: 'AllowOurOrganization',
    Principal: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } },
  }),
);

const untilNewYear = policy(
  allow('s3:GetObject', objectsArn(CONTRACTORS), {
    Sid: 'AllowContractorsUntilNewYear',
    Principal: { AWS: designer },
    Condition: { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
  }),
);

export const CONTROLS: Theme = {
  lines: [
    bucket(analytics, DASHBOARDS, { versioning: 'Enabled', tags: { team: 'analytics' } }),
    role(analytics, 'dashboard-reader', { inline: reads(DASHBOARDS) }),
    bucket(analytics, WAREHOUSE, { encryption: withKey(warehouseKey), versioning: 'Enabled' }),
    key(analytics, 'analytics-warehouse', { tags: { [KEY_TAG]: 'internal' } }),
    role(analytics, '/etl/warehouse-loader', {
      inline: readsAndWrites(WAREHOUSE, usesKey(warehouseKey)),
      trust: trust({ Service: 'glue.amazonaws.com' }),
    }),
    bucket(web, RELEASES, { policy: policy(letsRead(RELEASES, releaseBuilder)) }),
    role(development, 'release-builder', { inline: reads(RELEASES), tags: { team: 'web' } }),
    bucket(web, STATIC),
    group(web, 'site-operators', { attached: [awsPolicyArn('AmazonS3ReadOnlyAccess')] }),
    user(web, 'maria.santos', { groups: ['site-operators'], tags: { team: 'web' } }),
    bucket(security, REPORTS, { versioning: 'Enabled' }),
    role(security, ssoReader, { attached: [awsPolicyArn('ReadOnlyAccess')], trust: identityCenter }),
    bucket(partner, SHARED, { policy: orgOnly }),
    role(development, 'build-agent', { inline: reads(SHARED) }),
    bucket(web, CONTRACTORS, { policy: untilNewYear }),
    role(development, 'design-contractor', { inline: reads(CONTRACTORS) }),
  ],
  stories: [
    story({
      id: 'control-read',
      title: 'The dashboard reader reads its bucket; nothing stands in its way.',
      bucket: DASHBOARDS,
      principal: roleArn(analytics, 'dashboard-reader'),
      expected: 'allowed',
    }),
    story({
      id: 'control-kms',
      title: 'The warehouse loader reads an encrypted bucket: its key is tagged, delegates, and is granted.',
      bucket: WAREHOUSE,
      principal: roleArn(analytics, '/etl/warehouse-loader'),
      expected: 'allowed',
      leg: 'kms',
    }),
    story({
      id: 'control-cross-account',
      title: 'The release builder reads another account’s bucket: both halves are there.',
      bucket: RELEASES,
      principal: releaseBuilder,
      expected: 'allowed',
    }),
    story({
      id: 'control-group',
      title: 'A user reads through a group that carries an AWS managed policy.',
      bucket: STATIC,
      principal: userArn(web, 'maria.santos'),
      expected: 'allowed',
    }),
    story({
      id: 'control-sso',
      title: 'An Identity Center role with ReadOnlyAccess reads the security reports.',
      bucket: REPORTS,
      principal: roleArn(security, ssoReader),
      expected: 'allowed',
    }),
    story({
      id: 'org-only',
      title: 'A bucket shared with the whole organization admits a member that is granted on its own side.',
      bucket: SHARED,
      principal: roleArn(development, 'build-agent'),
      expected: 'allowed',
    }),
    story({
      id: 'org-only-outsider',
      title: 'The same bucket refuses a supplier: its account is not of the organization.',
      bucket: SHARED,
      principal: roleArn(VENDOR, 'vendor-ingest'),
      expected: 'denied',
      blockers: ['bucket-policy'],
    }),
    story({
      id: 'expiring-grant',
      title: 'Design contractors read until New Year; the grant will lapse by date.',
      bucket: CONTRACTORS,
      principal: designer,
      expected: 'allowed',
    }),
  ],
};
