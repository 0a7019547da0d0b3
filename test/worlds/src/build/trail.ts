import type { SnapshotData, SnapshotLine } from '@denyscope/model';

export interface TrailSpec {
  readonly region?: string;
  /** The bucket that its log files go to. */
  readonly bucket: string;
  /** ARN of the key that encrypts them. */
  readonly key?: string;
  /** Does it record every Region and account of the organization? */
  readonly ofOrganization?: boolean;
  /** Does it record what is done to objects, besides what is done to buckets? */
  readonly dataEvents?: boolean;
}

/** A trail of CloudTrail, in the Region that is its home. */
export function trail(accountId: string, name: string, spec: TrailSpec): SnapshotLine {
  const region = spec.region ?? 'eu-west-1';
  const wide = spec.ofOrganization ?? false;
  const data: SnapshotData<'trail'> = {
    Name: name,
    S3BucketName: spec.bucket,
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: wide,
    HomeRegion: region,
    TrailARN: `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`,
    LogFileValidationEnabled: true,
    HasCustomEventSelectors: spec.dataEvents ?? false,
    HasInsightSelectors: false,
    IsOrganizationTrail: wide,
    ...(spec.key !== undefined && { KmsKeyId: spec.key }),
    IsLogging: true,
    ...(wide ? { AdvancedEventSelectors: advanced(spec) } : { EventSelectors: simple(spec) }),
  };
  return { kind: 'trail', accountId, region, data };
}

function simple({ dataEvents }: TrailSpec): SnapshotData<'trail'>['EventSelectors'] {
  const objects = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }];
  return [
    {
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
      DataResources: dataEvents === true ? objects : [],
      ExcludeManagementEventSources: [],
    },
  ];
}

function advanced({ dataEvents }: TrailSpec): SnapshotData<'trail'>['AdvancedEventSelectors'] {
  const ofCategory = (category: string) => ({ Field: 'eventCategory', Equals: [category] });
  const objects = [ofCategory('Data'), { Field: 'resources.type', Equals: ['AWS::S3::Object'] }];
  return [
    { Name: 'Management events', FieldSelectors: [ofCategory('Management')] },
    ...(dataEvents === true ? [{ Name: 'Objects', FieldSelectors: objects }] : []),
  ];
}
