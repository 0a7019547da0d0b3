import { FLAGS, FLAGS_XML, json, POLICY, xml, type Sample } from './sample.fixture.ts';

export const DELEGATION: Readonly<Record<string, Sample>> = {
  'organizations:ListDelegatedAdministrators': json(
    {
      DelegatedAdministrators: [{ Id: '111122223333', DelegationEnabledDate: 1700000000 }],
      NextToken: 'more',
    },
    [{ Id: '111122223333', DelegationEnabledDate: '2023-11-14T22:13:20Z' }],
    'more',
  ),
  'organizations:ListDelegatedServicesForAccount': json(
    { DelegatedServices: [{ ServicePrincipal: 'access-analyzer.amazonaws.com' }] },
    [{ ServicePrincipal: 'access-analyzer.amazonaws.com' }],
  ),
};

const TRAIL_ARN = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t';
const SELECTOR = {
  ReadWriteType: 'All',
  DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }],
};

export const CLOUDTRAIL: Readonly<Record<string, Sample>> = {
  'cloudtrail:DescribeTrails': json({ trailList: [{ TrailARN: TRAIL_ARN, IsOrganizationTrail: true }] }, [
    { TrailARN: TRAIL_ARN, IsOrganizationTrail: true },
  ]),
  'cloudtrail:GetTrailStatus': json(
    { IsLogging: false, LatestDeliveryTime: 1700000000, LatestDeliveryError: 'AccessDenied' },
    [{ IsLogging: false, LatestDeliveryError: 'AccessDenied' }],
  ),
  'cloudtrail:GetEventSelectors': json({ TrailARN: TRAIL_ARN, EventSelectors: [SELECTOR] }, [
    { EventSelectors: [SELECTOR] },
  ]),
};

export const ACCESS_POINT: Readonly<Record<string, Sample>> = {
  's3:ListAccessPoints': xml(
    '<R><AccessPointList><AccessPoint><Name>ap</Name></AccessPoint></AccessPointList><NextToken>more</NextToken></R>',
    [{ Name: 'ap' }],
    'more',
  ),
  's3:GetAccessPoint': xml('<R><Name>ap</Name><NetworkOrigin>VPC</NetworkOrigin></R>', [
    { Name: 'ap', NetworkOrigin: 'VPC' },
  ]),
  's3:GetAccessPointPolicy': xml(`<R><Policy>${POLICY}</Policy></R>`, [{ Policy: POLICY }]),
  's3:GetAccessPointPolicyStatus': xml('<R><PolicyStatus><IsPublic>true</IsPublic></PolicyStatus></R>', [
    { PolicyStatus: { IsPublic: true } },
  ]),
  's3:ListTagsForResource': xml(
    '<ListTagsForResourceResult><Tags><Tag><Key>k</Key><Value>v</Value></Tag></Tags></ListTagsForResourceResult>',
    [{ Key: 'k', Value: 'v' }],
  ),
  's3:ListMultiRegionAccessPoints': xml(
    `<R><AccessPoints><AccessPoint><Name>m</Name><Alias>m.mrap</Alias><CreatedAt>2025-03-01T09:00:00Z</CreatedAt>
      <PublicAccessBlock>${FLAGS_XML}</PublicAccessBlock><Status>READY</Status><Regions><Region><Bucket>b</Bucket>
      <Region>eu-west-1</Region></Region></Regions></AccessPoint></AccessPoints><NextToken>more</NextToken></R>`,
    [
      {
        Name: 'm',
        Alias: 'm.mrap',
        CreatedAt: '2025-03-01T09:00:00Z',
        PublicAccessBlock: FLAGS,
        Status: 'READY',
        Regions: [{ Bucket: 'b', Region: 'eu-west-1' }],
      },
    ],
    'more',
  ),
  's3:GetMultiRegionAccessPointPolicy': xml(
    `<GetMultiRegionAccessPointPolicyResult><Policy><Established><Policy>${POLICY}</Policy></Established>
      <Proposed><Policy>{}</Policy></Proposed></Policy></GetMultiRegionAccessPointPolicyResult>`,
    [{ Policy: POLICY }],
  ),
  's3:GetMultiRegionAccessPointPolicyStatus': xml(
    `<GetMultiRegionAccessPointPolicyStatusResult><Established><IsPublic>false</IsPublic></Established>
      </GetMultiRegionAccessPointPolicyStatusResult>`,
    [{ PolicyStatus: { IsPublic: false } }],
  ),
};
