/** Grants across accounts and to services: halves that are missing, suppliers, log delivery, ACLs, requester pays. */
import { bucketArn, objectsArn, roleArn, rootArn } from '../build/arn.ts';
import { bucket } from '../build/bucket.ts';
import { role } from '../build/iam.ts';
import { uniqueIdOf } from '../build/ids.ts';
import { allow, policy } from '../build/policy.ts';
import { letsRead, reads } from './access.ts';
import { ACCOUNTS, VENDOR } from './organization.ts';
import { story, type DemoStory, type Theme } from './story.ts';

const { analytics, development, legacy, logArchive, partner, payments, web } = ACCOUNTS;

const FEED = 'example-catalog-partner-feed';
const DROPBOX = 'example-vendor-dropbox';
const SETTLEMENT = 'example-payments-vendor-settlement';
const ACCESS_LOGS = 'example-access-logs';
const CDN = 'example-web-cdn-origin';
const DATASET = 'example-open-dataset-requester-pays';
const ACL_SHARE = 'example-partner-acl-share';
const ACL_DISABLED = 'example-partner-acl-disabled';
const RECREATED = 'example-etl-deleted-principal';
const LEGACY_EXPORT = 'example-legacy-export';

const partnerTeam = roleArn(partner, 'partner-team');
const vendorIngest = roleArn(VENDOR, 'vendor-ingest');
const datasetConsumer = roleArn(development, 'dataset-consumer');
const aclReader = roleArn(development, 'partner-list-reader');
const recreated = roleArn(development, 'etl-runner');

const logDelivery = policy(
  allow('s3:PutObject', objectsArn(ACCESS_LOGS), {
    Sid: 'S3ServerAccessLogs',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': [web, analytics, payments] },
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::example-*' },
    },
  }),
);

const distribution = `arn:aws:cloudfront::${web}:distribution/E2EXAMPLE4CDN`;
const throughCloudFront = policy(
  allow('s3:GetObject', objectsArn(CDN), {
    Sid: 'AllowCloudFrontServicePrincipal',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Condition: { ArnLike: { 'AWS:SourceArn': distribution } },
  }),
);

const lines: Theme['lines'] = [
  bucket(web, FEED, { policy: policy(letsRead(FEED, partnerTeam)) }),
  role(partner, 'partner-team', { inline: reads(ACL_SHARE), tags: { team: 'partners' } }),
  bucket(partner, DROPBOX, {
    policy: policy(
      allow(['s3:GetObject', 's3:PutObject'], objectsArn(DROPBOX), {
        Sid: 'AllowSupplier',
        Principal: { AWS: rootArn(VENDOR) },
      }),
    ),
  }),
  bucket(payments, SETTLEMENT, { policy: policy(letsRead(SETTLEMENT, vendorIngest)) }),
  bucket(logArchive, ACCESS_LOGS, { policy: logDelivery }),
  bucket(web, CDN, { policy: throughCloudFront }),
  bucket(analytics, DATASET, {
    payer: 'Requester',
    policy: policy(letsRead(DATASET, datasetConsumer)),
  }),
  role(development, 'dataset-consumer', { inline: reads(DATASET) }),
  bucket(partner, ACL_SHARE, {
    ownership: 'ObjectWriter',
    grants: [{ accountId: development, permission: 'READ' }],
  }),
  bucket(partner, ACL_DISABLED),
  role(development, 'partner-list-reader', { inline: { ...reads(ACL_SHARE), ...reads(ACL_DISABLED) } }),
  bucket(analytics, RECREATED, {
    policy: policy(letsRead(RECREATED, uniqueIdOf('AROA', 'the etl-runner that was deleted in May'))),
  }),
  role(development, 'etl-runner', { inline: reads(RECREATED) }),
  bucket(partner, LEGACY_EXPORT, {
    policy: policy(letsRead(LEGACY_EXPORT, roleArn(legacy, 'datacenter-export'))),
  }),
];

const accountStories: readonly DemoStory[] = [
  story({
    id: 'cross-account-half',
    title: 'The bucket names the partner team’s role; nobody gave that role the permission on its own side.',
    bucket: FEED,
    principal: partnerTeam,
    expected: 'denied',
    blockers: ['identity'],
  }),
  story({
    id: 'deleted-principal',
    title: 'The bucket names a role that was deleted; the new role of that name is somebody else.',
    bucket: RECREATED,
    principal: recreated,
    expected: 'denied',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'external-vendor',
    title: 'A supplier’s account is let in; what its own policies say, no scan of ours can read.',
    bucket: DROPBOX,
    principal: vendorIngest,
    expected: 'unknown',
  }),
  story({
    id: 'rcp-blocks-vendor',
    title: 'Payments let a supplier in; the organization’s perimeter (an RCP) keeps every outsider out.',
    bucket: SETTLEMENT,
    principal: vendorIngest,
    expected: 'denied',
    blockers: ['rcp'],
  }),
  story({
    id: 'requester-pays',
    title: 'The open dataset’s readers pay; requests without the payer header are refused.',
    bucket: DATASET,
    principal: datasetConsumer,
    expected: 'conditional',
    blockers: ['requester-pays'],
  }),
];

const otherStories: readonly DemoStory[] = [
  story({
    id: 'log-delivery',
    title: 'S3’s log delivery writes on behalf of a bucket of ours.',
    bucket: ACCESS_LOGS,
    principal: 'logging.s3.amazonaws.com',
    action: 's3:PutObject',
    context: { 'aws:SourceAccount': [web], 'aws:SourceArn': [bucketArn(CDN)] },
    expected: 'allowed',
  }),
  story({
    id: 'cdn-origin',
    title: 'CloudFront reads the origin for one distribution only.',
    bucket: CDN,
    principal: 'cloudfront.amazonaws.com',
    expected: 'conditional',
  }),
  story({
    id: 'acl-share',
    title: 'An old ACL shares the listing with Development; ACLs are still on, and it works.',
    bucket: ACL_SHARE,
    principal: aclReader,
    action: 's3:ListBucket',
    resource: bucketArn(ACL_SHARE),
    expected: 'allowed',
  }),
  story({
    id: 'acl-disabled',
    title: 'The same share died when the bucket’s ACLs were turned off and no bucket policy took over.',
    bucket: ACL_DISABLED,
    principal: aclReader,
    action: 's3:ListBucket',
    resource: bucketArn(ACL_DISABLED),
    expected: 'denied',
    blockers: ['bucket-policy'],
  }),
];

export const SHARING: Theme = { lines, stories: [...accountStories, ...otherStories] };
