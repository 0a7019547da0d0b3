import type { AccessPointFacts } from '@denyscope/engine';
import {
  gapAt,
  type AccessPoint,
  type Bucket,
  type MultiRegionAccessPoint,
  type RoutedBucket,
} from '@denyscope/inventory';
import { absent, NOT_COLLECTED, parseAccountId, parseArn, unreadable } from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';
import { effectiveBlock } from './block.ts';
import { accountFacts, rcpsOf } from './organization.ts';

/** An access point of one bucket, or of buckets in several Regions. */
export type AnyAccessPoint = AccessPoint | MultiRegionAccessPoint;

export function isMultiRegion(point: AnyAccessPoint): point is MultiRegionAccessPoint {
  return 'buckets' in point;
}

/** The access point of this ARN. */
export function accessPointOf({ estate }: CompiledEstate, arn: string): AnyAccessPoint | undefined {
  const points = [...estate.accessPoints.values()].flat();
  return estate.multiRegionAccessPoints.get(arn) ?? points.find((point) => point.arn === arn);
}

/** What to say of an access point that is not in the scan: also why, where its Region could not be listed. */
export function unseenPoint({ estate }: CompiledEstate, arn: string): string {
  const { accountId = '', region = '' } = parseArn(arn) ?? {};
  const step = region === '' ? 's3:ListMultiRegionAccessPoints' : 's3:ListAccessPoints';
  const place = { accountId, ...(region !== '' && { region }) };
  const gap = gapAt(estate.gaps, place, [step]);
  const why = gap === undefined ? '' : `: ${gap.step} ${gap.reason}, so it may be there`;
  return `access point \`${arn}\` is not in this scan${why}`;
}

/** An access point with all that guards it in its own account. */
export function accessPointFacts(compiled: CompiledEstate, point: AnyAccessPoint): AccessPointFacts {
  const { arn, accountId } = point;
  return {
    arn,
    account: accountFacts(compiled, accountId),
    policy: compiled.policySource(`${arn}#policy`, arn, point.policy, 'resource'),
    policyIsPublic: point.policyIsPublic,
    block: effectiveBlock(compiled, accountId, point.publicAccessBlock),
    rcps: rcpsOf(compiled, accountId),
    ...(isMultiRegion(point) ? OVER_THE_INTERNET : networkOf(point)),
  };
}

type Network = Pick<AccessPointFacts, 'isMultiRegion' | 'networkOrigin' | 'vpcId' | 'tags'>;

/** AWS (S-MRAP): a multi-Region access point is of no VPC, and takes no tags. */
const OVER_THE_INTERNET: Network = {
  isMultiRegion: true,
  networkOrigin: 'Internet',
  vpcId: undefined,
  tags: absent(),
};

function networkOf({ networkOrigin, vpcId, tags }: AccessPoint): Network {
  const isKnown = networkOrigin === 'Internet' || networkOrigin === 'VPC';
  return { isMultiRegion: false, networkOrigin: isKnown ? networkOrigin : undefined, vpcId, tags };
}

/** Does the access point lead to the bucket? One of which nobody read where it leads may. */
export function leadsTo(point: AnyAccessPoint, bucket: string): boolean {
  if (!isMultiRegion(point)) return point.bucket === bucket;
  const { buckets } = point;
  return (
    buckets.kind === 'unreadable' ||
    (buckets.kind === 'seen' && buckets.value.some(({ name }) => name === bucket))
  );
}

/** The buckets that the access point leads to; one that the scan does not hold is unknown in all but its name. */
export function bucketsBehind({ estate }: CompiledEstate, point: AnyAccessPoint): readonly Bucket[] {
  const seenOr = (routed: RoutedBucket): Bucket =>
    estate.buckets.get(routed.name) ??
    unseenBucket({ ...routed, accountId: routed.accountId ?? point.accountId });
  if (!isMultiRegion(point)) {
    const { bucket, bucketAccountId, region } = point;
    return [seenOr({ name: bucket, region, accountId: parseAccountId(bucketAccountId ?? '') })];
  }
  const { buckets, name } = point;
  if (buckets.kind === 'seen') return buckets.value.map(seenOr);
  return [seenOr({ name: `a bucket of ${name}`, region: undefined, accountId: undefined })];
}

type Unseen = RoutedBucket & Pick<Bucket, 'accountId'>;

/** A bucket of which the scan knows no more than that it is there. */
function unseenBucket({ name, region, accountId }: Unseen): Bucket {
  const hidden = unreadable(NOT_COLLECTED, 'the bucket is not in the scan');
  return {
    name,
    arn: `arn:aws:s3:::${name}`,
    accountId,
    region,
    policy: hidden,
    policyIsPublic: hidden,
    publicAccessBlock: hidden,
    ownership: hidden,
    acl: hidden,
    encryption: hidden,
    payer: hidden,
    abacEnabled: hidden,
    tags: hidden,
    versioning: hidden,
    objectLock: hidden,
  };
}
