/** Every read of S3 and S3 Control by the real SDK, with its answers. */
import * as s3 from '@aws-sdk/client-s3';
import * as control from '@aws-sdk/client-s3-control';
import { ANY_TEXT, holding, type Row } from './fake-aws-row.ts';
import { BLOCK, FULL_BUCKET, MEMBER, MULTI_REGION_POINT, POLICY_TEXT } from './fake-aws-world.ts';

const bucket = (thing: string) => ({ Bucket: `${thing}-bucket` });
const point = (thing: string) => ({ AccountId: MEMBER, Name: `${thing}-point` });
const routed = (thing: string) => ({ AccountId: MEMBER, Name: `${thing}-mrap` });
const REPORT = { ...MULTI_REGION_POINT, CreatedAt: new Date(MULTI_REGION_POINT.CreatedAt) };
const {
  PolicyStatus,
  OwnershipControls,
  Grants,
  Owner,
  ServerSideEncryptionConfiguration,
  TagSet,
  LoggingEnabled,
  ObjectLockConfiguration,
  ReplicationConfiguration,
  WebsiteConfiguration,
  AbacStatus,
} = FULL_BUCKET;

const FIELD_ROWS: readonly Row[] = [
  {
    name: 'GetBucketPolicy',
    ask: (c, t) => c.s3.send(new s3.GetBucketPolicyCommand(bucket(t))),
    ok: { Policy: POLICY_TEXT },
    absent: 'NoSuchBucketPolicy',
  },
  {
    name: 'GetBucketPolicyStatus',
    ask: (c, t) => c.s3.send(new s3.GetBucketPolicyStatusCommand(bucket(t))),
    ok: { PolicyStatus },
    absent: 'NoSuchBucketPolicy',
  },
  {
    name: 'GetPublicAccessBlock',
    ask: (c, t) => c.s3.send(new s3.GetPublicAccessBlockCommand(bucket(t))),
    ok: { PublicAccessBlockConfiguration: BLOCK },
    absent: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    name: 'GetBucketOwnershipControls',
    ask: (c, t) => c.s3.send(new s3.GetBucketOwnershipControlsCommand(bucket(t))),
    ok: { OwnershipControls },
    absent: 'OwnershipControlsNotFoundError',
  },
  {
    name: 'GetBucketAcl',
    ask: (c, t) => c.s3.send(new s3.GetBucketAclCommand(bucket(t))),
    ok: { Grants, Owner },
  },
  {
    name: 'GetBucketEncryption',
    ask: (c, t) => c.s3.send(new s3.GetBucketEncryptionCommand(bucket(t))),
    ok: { ServerSideEncryptionConfiguration },
    absent: 'ServerSideEncryptionConfigurationNotFoundError',
  },
  {
    name: 'GetBucketTagging',
    ask: (c, t) => c.s3.send(new s3.GetBucketTaggingCommand(bucket(t))),
    ok: { TagSet },
    absent: 'NoSuchTagSet',
  },
  {
    name: 'GetBucketVersioning',
    ask: (c, t) => c.s3.send(new s3.GetBucketVersioningCommand(bucket(t))),
    ok: { Status: 'Enabled' },
    absent: { Status: undefined },
  },
  {
    name: 'GetBucketLogging',
    ask: (c, t) => c.s3.send(new s3.GetBucketLoggingCommand(bucket(t))),
    ok: { LoggingEnabled },
    absent: { LoggingEnabled: undefined },
  },
  {
    name: 'GetBucketRequestPayment',
    ask: (c, t) => c.s3.send(new s3.GetBucketRequestPaymentCommand(bucket(t))),
    ok: { Payer: 'Requester' },
    absent: { Payer: undefined },
  },
  {
    name: 'GetObjectLockConfiguration',
    ask: (c, t) => c.s3.send(new s3.GetObjectLockConfigurationCommand(bucket(t))),
    ok: { ObjectLockConfiguration },
    absent: 'ObjectLockConfigurationNotFoundError',
  },
  {
    name: 'GetBucketReplication',
    ask: (c, t) => c.s3.send(new s3.GetBucketReplicationCommand(bucket(t))),
    ok: { ReplicationConfiguration },
    absent: 'ReplicationConfigurationNotFoundError',
  },
  {
    name: 'GetBucketWebsite',
    ask: (c, t) => c.s3.send(new s3.GetBucketWebsiteCommand(bucket(t))),
    ok: WebsiteConfiguration,
    absent: 'NoSuchWebsiteConfiguration',
  },
  {
    name: 'GetBucketAbac',
    ask: (c, t) => c.s3.send(new s3.GetBucketAbacCommand(bucket(t))),
    ok: { AbacStatus },
    absent: 'NoSuchAbacConfiguration',
  },
];

export const S3_ROWS: readonly Row[] = [
  ...FIELD_ROWS.map((row) => ({ ...row, locked: true })),
  {
    name: 'HeadBucket',
    ask: (c, t) => c.s3.send(new s3.HeadBucketCommand(bucket(t))),
    ok: { BucketRegion: 'eu-west-1' },
  },
  {
    name: 'GetBucketLocation',
    ask: (c, t) => c.s3.send(new s3.GetBucketLocationCommand(bucket(t))),
    ok: { LocationConstraint: 'eu-west-1' },
    locked: true,
  },
  {
    name: 'ListBuckets',
    ask: (c) => c.s3.send(new s3.ListBucketsCommand({ Prefix: 'full' })),
    ok: {
      Owner,
      Buckets: [
        {
          Name: 'full-bucket',
          BucketRegion: 'eu-west-1',
          BucketArn: 'arn:aws:s3:::full-bucket',
          CreationDate: new Date('2024-02-29T12:00:00Z'),
        },
      ],
    },
  },
];

/** An established policy without a text. */
const NO_POLICY = { Established: {} };

export const CONTROL_ROWS: readonly Row[] = [
  {
    name: 'ListAccessPoints',
    ask: (c) =>
      c.s3Control.send(new control.ListAccessPointsCommand({ AccountId: MEMBER, Bucket: 'full-bucket' })),
    ok: { NextToken: ANY_TEXT },
  },
  {
    name: 'GetAccessPoint',
    ask: (c, t) => c.s3Control.send(new control.GetAccessPointCommand(point(t))),
    ok: { Name: 'full-point', VpcConfiguration: { VpcId: 'vpc-1' }, PublicAccessBlockConfiguration: BLOCK },
    locked: true,
  },
  {
    name: 'GetAccessPointPolicy',
    ask: (c, t) => c.s3Control.send(new control.GetAccessPointPolicyCommand(point(t))),
    ok: { Policy: POLICY_TEXT },
    absent: 'NoSuchAccessPointPolicy',
    locked: true,
  },
  {
    name: 'GetAccessPointPolicyStatus',
    ask: (c, t) => c.s3Control.send(new control.GetAccessPointPolicyStatusCommand(point(t))),
    ok: { PolicyStatus: { IsPublic: true } },
    absent: 'NoSuchAccessPointPolicy',
    locked: true,
  },
  {
    name: 'ListTagsForResource of an access point',
    ask: (c, t) =>
      c.s3Control.send(
        new control.ListTagsForResourceCommand({
          AccountId: MEMBER,
          ResourceArn: `arn:aws:s3:eu-west-1:${MEMBER}:accesspoint/${t}-point`,
        }),
      ),
    ok: { Tags: [{ Key: 'awkward', Value: 'a & <b> "c"' }] },
    absent: { Tags: [] },
    locked: true,
  },
  {
    name: 'ListMultiRegionAccessPoints',
    ask: (c) =>
      c.multiRegionControl.send(new control.ListMultiRegionAccessPointsCommand({ AccountId: MEMBER })),
    ok: { NextToken: ANY_TEXT, AccessPoints: holding(REPORT) },
  },
  {
    name: 'GetMultiRegionAccessPoint',
    ask: (c) =>
      c.multiRegionControl.send(
        new control.GetMultiRegionAccessPointCommand({ AccountId: MEMBER, Name: 'full-mrap' }),
      ),
    ok: { AccessPoint: REPORT },
  },
  {
    name: 'GetMultiRegionAccessPointPolicy',
    ask: (c, t) => c.multiRegionControl.send(new control.GetMultiRegionAccessPointPolicyCommand(routed(t))),
    ok: { Policy: { Established: { Policy: POLICY_TEXT } } },
    absent: { Policy: NO_POLICY },
    locked: true,
  },
  {
    name: 'GetMultiRegionAccessPointPolicyStatus',
    ask: (c, t) =>
      c.multiRegionControl.send(new control.GetMultiRegionAccessPointPolicyStatusCommand(routed(t))),
    ok: { Established: { IsPublic: true } },
    absent: { Established: undefined },
    locked: true,
  },
  {
    name: 'GetPublicAccessBlock of the account',
    ask: (c) => c.s3Control.send(new control.GetPublicAccessBlockCommand({ AccountId: MEMBER })),
    ok: { PublicAccessBlockConfiguration: BLOCK },
  },
];
