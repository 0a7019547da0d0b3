import type { AccessPoint } from '../estate.ts';
import { groupBy } from './group-by.ts';
import { ownerOf, type LineOf } from './lines.ts';
import { partitionOf } from './partition.ts';
import { publicAccessBlockOf } from './public-access-block.ts';
import { factsOf, policyText, type Reading } from './reading.ts';

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
    publicAccessBlock: publicAccessBlockOf(facts('PublicAccessBlockConfiguration')),
  };
}
