import type { PlannedBucket } from './plan.ts';
import type { Shape, Site } from './site.ts';

/** A place where a bucket is being made. */
export interface BucketSite extends Site {
  readonly bucket: PlannedBucket;
}

/** A shape of bucket policy; public in the sense of semantics.md C.7 where it says so. */
export interface BucketShape extends Shape<BucketSite> {
  readonly isPublic?: true;
}
