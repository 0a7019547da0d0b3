import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { accessPointArn } from './arn.ts';
import { publicAccessBlock } from './bucket.ts';
import { tagList, type Tags } from './iam.ts';
import { hexOf, lowerIdOf } from './ids.ts';
import { vpcIdOf } from './network.ts';
import { plainText, type Document } from './policy.ts';

export interface AccessPointSpec {
  readonly bucket: string;
  readonly bucketAccountId?: string;
  readonly region?: string;
  /** The name of the VPC that it may only be used from. */
  readonly vpc?: string;
  readonly policy?: Document;
  readonly tags?: Tags;
}

/** An access point; of VPC origin where `spec` names a VPC. */
export function accessPoint(accountId: string, name: string, spec: AccessPointSpec): SnapshotLine {
  const region = spec.region ?? 'eu-west-1';
  const data: SnapshotData<'access-point'> = {
    Name: name,
    Bucket: spec.bucket,
    BucketAccountId: spec.bucketAccountId ?? accountId,
    NetworkOrigin: spec.vpc === undefined ? 'Internet' : 'VPC',
    ...(spec.vpc !== undefined && { VpcConfiguration: { VpcId: vpcIdOf(accountId, spec.vpc) } }),
    PublicAccessBlockConfiguration: publicAccessBlock(true),
    AccessPointArn: accessPointArn(accountId, region, name),
    Alias: `${name.slice(0, 20)}-${hexOf(`${accountId} ${name} alias`, 34)}-s3alias`,
    Tags: tagList(spec.tags ?? {}),
    ...policyOf(spec.policy),
  };
  return { kind: 'access-point', accountId, region, data };
}

/** A policy of an access point, of a kind that AWS does not call public. */
function policyOf(document: Document | undefined): { Policy?: string; PolicyStatus?: { IsPublic: boolean } } {
  return document ? { Policy: plainText(document), PolicyStatus: { IsPublic: false } } : {};
}

export interface MultiRegionAccessPointSpec {
  /** The buckets that it leads to, each with its Region. */
  readonly buckets: readonly (readonly [name: string, region: string])[];
  /** Of a point in force, given its ARN. */
  readonly policy?: (arn: string) => Document;
}

/** An access point for buckets of one account in several Regions. */
export function multiRegionAccessPoint(
  accountId: string,
  name: string,
  spec: MultiRegionAccessPointSpec,
): SnapshotLine {
  const Alias = `m${lowerIdOf(`${accountId} ${name} mrap`, 12)}.mrap`;
  const data: SnapshotData<'multi-region-access-point'> = {
    Name: name,
    Alias,
    CreatedAt: '2025-03-01T09:00:00Z',
    Status: 'READY',
    PublicAccessBlock: publicAccessBlock(true),
    Regions: spec.buckets.map(([Bucket, Region]) => ({ Bucket, Region, BucketAccountId: accountId })),
    ...policyOf(spec.policy?.(`arn:aws:s3::${accountId}:accesspoint/${Alias}`)),
  };
  return { kind: 'multi-region-access-point', accountId, data };
}
