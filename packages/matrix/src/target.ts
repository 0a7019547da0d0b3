import type { Vantage } from '@denyscope/engine';
import type { Bucket } from '@denyscope/inventory';
import { parseS3Resource, type S3Resource } from '@denyscope/model';
import { answered, invalid, notFound, type Answered } from './answered.ts';
import type { CompiledEstate } from './compiled-estate.ts';
import {
  accessPointOf,
  bucketsBehind,
  leadsTo,
  unseenPoint,
  type AnyAccessPoint,
} from './facts/access-point.ts';

/** What a request to S3 names, found in the scan. */
export interface Target {
  /** One, or all that a multi-Region access point may route the request to. */
  readonly buckets: readonly Bucket[];
  /** The access point on the way. */
  readonly point: AnyAccessPoint | undefined;
  /** The resource is the access point's, not the bucket's. */
  readonly namesPoint: boolean;
  /** The object's key or key pattern; undefined where the bucket or the access point itself is named. */
  readonly key: string | undefined;
}

/** Finds what the resource and the way name. */
export function targetOf(compiled: CompiledEstate, text: string, via: Vantage): Answered<Target> {
  const resource = parseS3Resource(text);
  if (!resource) {
    const expected =
      'the ARN of a bucket, object, access point, KMS key or role, or * for an action without a resource';
    return invalid('resource', `\`${text}\` is not ${expected}`);
  }
  const onTheWay = via.accessPoint && accessPointOf(compiled, via.accessPoint.arn);
  const point = pointOf(compiled, resource, onTheWay);
  if (!point.ok) return point;
  const buckets = point.answer ? bucketsBehind(compiled, point.answer) : bucketNamed(compiled, resource);
  if (buckets.length === 0) return notFound('resource', `${namesOf(resource)} is not in this scan`);
  return answered({
    buckets,
    point: point.answer,
    namesPoint: resource.kind === 'access-point',
    key: resource.kind === 'bucket' ? undefined : resource.key,
  });
}

function namesOf(resource: S3Resource): string {
  return resource.kind === 'access-point'
    ? `any bucket of the access point \`${resource.arn}\``
    : `bucket \`${resource.bucket}\``;
}

/** The access point that the resource names or that is on the way; both may name the same. */
function pointOf(
  compiled: CompiledEstate,
  resource: S3Resource,
  onTheWay: AnyAccessPoint | undefined,
): Answered<AnyAccessPoint | undefined> {
  const named = pointNamed(compiled, resource);
  if (resource.kind === 'access-point' && !named) {
    return notFound('resource', unseenPoint(compiled, resource.arn));
  }
  if (named && onTheWay && named.arn !== onTheWay.arn) {
    return invalid('via', `the resource names \`${named.arn}\`, another access point than \`via\``);
  }
  if (named || !onTheWay || resource.kind === 'access-point') return answered(named);
  return leadsTo(onTheWay, resource.bucket)
    ? answered(onTheWay)
    : invalid('via', `\`${onTheWay.arn}\` does not lead to the bucket \`${resource.bucket}\``);
}

/** AWS (C.8): an access point's alias stands where a bucket's name does. */
function pointNamed(compiled: CompiledEstate, resource: S3Resource): AnyAccessPoint | undefined {
  if (resource.kind === 'access-point') return accessPointOf(compiled, resource.arn);
  const points = [...compiled.estate.accessPoints.values()].flat();
  return points.find((point) => point.alias === resource.bucket);
}

function bucketNamed({ estate }: CompiledEstate, resource: S3Resource): readonly Bucket[] {
  const bucket = resource.kind === 'access-point' ? undefined : estate.buckets.get(resource.bucket);
  return bucket ? [bucket] : [];
}
