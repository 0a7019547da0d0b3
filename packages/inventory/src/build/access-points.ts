import {
  absent,
  mapObserved,
  orWhenAbsent,
  parseAccountId,
  seen,
  type Observed,
  type SnapshotData,
} from '@denyscope/model';
import type { AccessPoint, MultiRegionAccessPoint, RoutedBucket } from '../estate.ts';
import type { RawDocument } from './documents.ts';
import { groupBy } from './group-by.ts';
import { ownerOf, type LineOf } from './lines.ts';
import { partitionOf } from './partition.ts';
import { policyIsPublic, publicAccessBlockOf } from './public-access-block.ts';
import { factsOf, policyText, type Reading } from './reading.ts';
import { NO_TAGS, tagMap } from './tags.ts';

/** Access points by the name of their bucket. */
export function buildAccessPoints(reading: Reading): ReadonlyMap<string, readonly AccessPoint[]> {
  const points = reading.lines.of('access-point').map((line) => buildAccessPoint(reading, line));
  return groupBy(points, (point) => point.bucket);
}

function buildAccessPoint(reading: Reading, line: LineOf<'access-point'>): AccessPoint {
  const facts = factsOf(reading, line);
  const { data, region } = line;
  const accountId = ownerOf(line);
  return {
    arn:
      data.AccessPointArn ??
      `arn:${partitionOf(region)}:s3:${region ?? ''}:${accountId}:accesspoint/${data.Name}`,
    name: data.Name,
    alias: data.Alias,
    accountId,
    region,
    bucket: data.Bucket,
    bucketAccountId: data.BucketAccountId,
    networkOrigin: data.NetworkOrigin,
    vpcId: data.VpcConfiguration?.VpcId,
    policy: policyText(reading, facts('Policy')),
    policyIsPublic: policyIsPublic(facts('PolicyStatus')),
    publicAccessBlock: publicAccessBlockOf(facts('PublicAccessBlockConfiguration')),
    tags: orWhenAbsent(mapObserved(facts('Tags'), tagMap), NO_TAGS),
  };
}

type RegionReport = NonNullable<SnapshotData<'multi-region-access-point'>['Regions']>[number];

/** Multi-Region access points by ARN, which names them by their alias. */
export function buildMultiRegionAccessPoints(reading: Reading): ReadonlyMap<string, MultiRegionAccessPoint> {
  const points = reading.lines
    .of('multi-region-access-point')
    .map((line) => buildMultiRegionAccessPoint(reading, line));
  return new Map(points.map((point) => [point.arn, point]));
}

function buildMultiRegionAccessPoint(
  reading: Reading,
  line: LineOf<'multi-region-access-point'>,
): MultiRegionAccessPoint {
  const facts = factsOf(reading, line);
  const { data } = line;
  const accountId = ownerOf(line);
  return {
    arn: `arn:aws:s3::${accountId}:accesspoint/${data.Alias ?? data.Name}`,
    name: data.Name,
    accountId,
    buckets: mapObserved(facts('Regions'), (regions) => regions.map(routedBucket)),
    policy: policyText(reading, inForce(facts('Policy'))),
    policyIsPublic: policyIsPublic(facts('PolicyStatus')),
    publicAccessBlock: publicAccessBlockOf(facts('PublicAccessBlock')),
  };
}

/** GetMultiRegionAccessPointPolicy gives the policy in force beside a proposed one; the policy itself is read too. */
function inForce(policy: Observed<RawDocument>): Observed<RawDocument> {
  if (policy.kind !== 'seen' || typeof policy.value === 'string') return policy;
  const { Established: established, Proposed: proposed } = policy.value;
  if (established === undefined && proposed === undefined) return policy;
  const isThere = typeof established === 'object' && established !== null && 'Policy' in established;
  return isThere && typeof established.Policy === 'string' ? seen(established.Policy) : absent();
}

function routedBucket({ Bucket, Region, BucketAccountId }: RegionReport): RoutedBucket {
  return { name: Bucket, region: Region, accountId: parseAccountId(BucketAccountId ?? '') };
}
