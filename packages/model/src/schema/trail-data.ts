/** The `data` of a `trail` line: what CloudTrail answers of one trail. */
import { z } from 'zod';

const dataResource = z.looseObject({ Type: z.string().optional(), Values: z.array(z.string()).optional() });
const eventSelector = z.looseObject({
  ReadWriteType: z.string().optional(),
  IncludeManagementEvents: z.boolean().optional(),
  DataResources: z.array(dataResource).optional(),
});
const advancedEventSelector = z.looseObject({
  Name: z.string().optional(),
  FieldSelectors: z.array(z.looseObject({ Field: z.string() })).optional(),
});

/**
 * A `Trail` of CloudTrail in its home Region and its own account, with `IsLogging` and `LatestDeliveryError` of
 * GetTrailStatus, and the selectors of GetEventSelectors, which say whether S3 data events are recorded.
 */
export const trail = z.looseObject({
  Name: z.string().optional(),
  TrailARN: z.string(),
  HomeRegion: z.string().optional(),
  S3BucketName: z.string().optional(),
  KmsKeyId: z.string().optional(),
  IsMultiRegionTrail: z.boolean().optional(),
  IsOrganizationTrail: z.boolean().optional(),
  IsLogging: z.boolean().optional(),
  LatestDeliveryError: z.string().optional(),
  EventSelectors: z.array(eventSelector).optional(),
  AdvancedEventSelectors: z.array(advancedEventSelector).optional(),
});
