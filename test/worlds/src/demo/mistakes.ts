/** Policies that look right and are not: tags, prefixes, variables, headers, MFA. */
import { bucketAndObjects, bucketArn, objectsArn, roleArn } from '../build/arn.ts';
import { bucket } from '../build/bucket.ts';
import { role, user } from '../build/iam.ts';
import { allow, deny, policy } from '../build/policy.ts';
import { LIST, READ, reads, readsAndWrites } from './access.ts';
import { ACCOUNTS } from './organization.ts';
import { story, type DemoStory, type Theme } from './story.ts';

const { analytics, development, network, web } = ACCOUNTS;

const TAGGED = 'example-analytics-abac-off';
const LISTING = 'example-web-listing-on-objects';
const HOMES = 'example-dev-home-folders';
const MFA = 'example-network-mfa-delete';
const TLS = 'example-web-tls-only';
const PREFIX = 'example-analytics-prefix-only';
const HEADER = 'example-dev-encryption-header';

const lines: Theme['lines'] = [
  bucket(analytics, TAGGED, { tags: { project: 'atlas' } }),
  role(analytics, 'atlas-analyst', {
    tags: { project: 'atlas' },
    inline: {
      'read-by-tag': policy(
        allow([...LIST, ...READ], '*', {
          Condition: { StringEquals: { 'aws:ResourceTag/project': 'atlas' } },
        }),
      ),
    },
  }),
  bucket(web, LISTING),
  role(web, 'site-crawler', {
    inline: { crawl: policy(allow(['s3:ListBucket', 's3:GetObject'], objectsArn(LISTING))) },
  }),
  bucket(development, HOMES),
  role(development, 'home-user', {
    inline: { home: policy(allow(READ, objectsArn(HOMES, '${aws:username}/*'))) },
  }),
  user(development, 'tom.baker', {
    inline: { home: policy(allow(READ, objectsArn(HOMES, '${aws:username}/*'))) },
  }),
  bucket(network, MFA, {
    policy: policy(
      deny(['s3:DeleteObject', 's3:DeleteObjectVersion'], objectsArn(MFA), {
        Sid: 'DenyDeleteWithoutMFA',
        Principal: '*',
        Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
      }),
    ),
    versioning: 'Enabled',
  }),
  role(network, 'network-operator', { inline: readsAndWrites(MFA) }),
  bucket(web, TLS, {
    policy: policy(
      deny('s3:*', bucketAndObjects(TLS), {
        Sid: 'DenyInsecureTransport',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    ),
  }),
  role(web, 'media-encoder', { inline: reads(TLS) }),
  bucket(analytics, PREFIX),
  role(analytics, 'campaign-analyst', {
    inline: { campaigns: policy(allow(READ, objectsArn(PREFIX, 'campaigns/*'))) },
  }),
  bucket(development, HEADER, {
    policy: policy(
      deny('s3:PutObject', objectsArn(HEADER), {
        Sid: 'DenyUnencryptedUploads',
        Principal: '*',
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
      }),
    ),
  }),
  role(development, 'uploader', { inline: readsAndWrites(HEADER) }),
];

const denied: readonly DemoStory[] = [
  story({
    id: 'abac-off',
    title: 'The analyst is granted by bucket tag; the bucket’s ABAC is off, so its tags do not exist for S3.',
    bucket: TAGGED,
    principal: roleArn(analytics, 'atlas-analyst'),
    expected: 'denied',
    blockers: ['identity'],
  }),
  story({
    id: 'list-on-object-arn',
    title: 'The crawler may list bucket/*, which is no bucket.',
    bucket: LISTING,
    principal: roleArn(web, 'site-crawler'),
    action: 's3:ListBucket',
    resource: bucketArn(LISTING),
    expected: 'denied',
    blockers: ['identity'],
  }),
  story({
    id: 'username-for-roles',
    title: 'Home folders by ${aws:username}: role sessions have no user name.',
    bucket: HOMES,
    principal: roleArn(development, 'home-user'),
    expected: 'denied',
    blockers: ['identity'],
  }),
];

const conditional: readonly DemoStory[] = [
  story({
    id: 'mfa-delete',
    title: 'Deleting needs a session with MFA.',
    bucket: MFA,
    principal: roleArn(network, 'network-operator'),
    action: 's3:DeleteObject',
    expected: 'conditional',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'tls-only',
    title: 'The bucket answers over TLS only.',
    bucket: TLS,
    principal: roleArn(web, 'media-encoder'),
    expected: 'conditional',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'prefix-only',
    title: 'The campaign analyst reads below campaigns/ and nothing else.',
    bucket: PREFIX,
    principal: roleArn(analytics, 'campaign-analyst'),
    expected: 'conditional',
  }),
  story({
    id: 'encryption-header',
    title: 'Uploads that rely on the bucket’s default encryption send no header, and are denied.',
    bucket: HEADER,
    principal: roleArn(development, 'uploader'),
    action: 's3:PutObject',
    expected: 'conditional',
    blockers: ['bucket-policy'],
  }),
];

export const MISTAKES: Theme = { lines, stories: [...denied, ...conditional] };
