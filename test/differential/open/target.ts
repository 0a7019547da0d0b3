import type { AccessPoint, Bucket, Estate, MultiRegionAccessPoint } from '@denyscope/inventory';
import { parseS3Resource, type ExplainRequest } from '@denyscope/model';
import { Inexpressible, required } from './observed.ts';

/** What a request names, and what it goes through. */
export interface Target {
  readonly bucket: Bucket;
  readonly point: AccessPoint | MultiRegionAccessPoint | undefined;
  /** The ARN of the bucket or of the object in it, however the request names it. */
  readonly resource: string;
  /** The VPC endpoint's id. */
  readonly endpoint: string | undefined;
}

/** A multi-Region access point is expressed where it leads to one bucket. */
export function targetOf(estate: Estate, request: ExplainRequest): Target {
  const named = parseS3Resource(request.resource);
  if (!named) throw new Inexpressible();
  const { accessPoint, endpoint } = wayOf(request.via);
  const arn = named.kind === 'access-point' ? named.arn : accessPoint;
  const point = arn === undefined ? undefined : pointOf(estate, arn);
  const bucket = estate.buckets.get(named.kind === 'access-point' ? bucketBehind(point) : named.bucket);
  if (!bucket) throw new Inexpressible();
  const key = named.kind === 'bucket' ? undefined : named.key;
  return { bucket, point, endpoint, resource: key === undefined ? bucket.arn : `${bucket.arn}/${key}` };
}

function wayOf(via: ExplainRequest['via']): Exclude<ExplainRequest['via'], string | undefined> {
  if (typeof via !== 'string') return via ?? {};
  if (via.startsWith('vpce-')) return { endpoint: via };
  return via.startsWith('arn:') ? { accessPoint: via } : {};
}

function pointOf(
  { accessPoints, multiRegionAccessPoints }: Estate,
  arn: string,
): AccessPoint | MultiRegionAccessPoint {
  const found = [...accessPoints.values()].flat().find((point) => point.arn === arn);
  const point = found ?? multiRegionAccessPoints.get(arn);
  if (!point) throw new Inexpressible();
  return point;
}

function bucketBehind(point: Target['point']): string {
  if (point && 'bucket' in point) return point.bucket;
  const [only, ...more] = (point && required(point.buckets)) ?? [];
  if (!only || more.length > 0) throw new Inexpressible();
  return only.name;
}
