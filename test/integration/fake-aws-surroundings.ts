/** What stands around the buckets of the small organization. */
import type { SnapshotLine } from '@denyscope/model';
import { BLOCK, inRegion, lost, MANAGEMENT, MEMBER, OTHER, POLICY_TEXT } from './fake-aws-parts.ts';

export const ROUTE_TABLE = {
  RouteTableId: 'rtb-1',
  VpcId: 'vpc-1',
  OwnerId: MEMBER,
  Associations: [{ Main: true, RouteTableId: 'rtb-1', AssociationState: { State: 'associated' } }],
  Routes: [
    { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' },
    { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', State: 'active' },
  ],
  PropagatingVgws: [{ GatewayId: 'vgw-1' }],
  Tags: [{ Key: 'Name', Value: 'main' }],
};

/** What a multi-Region access point's list tells of it. */
export const MULTI_REGION_POINT = {
  Name: 'full-mrap',
  Alias: 'full.mrap',
  CreatedAt: '2025-03-01T09:00:00Z',
  Status: 'READY',
  PublicAccessBlock: BLOCK,
  Regions: [
    { Bucket: 'full-bucket', Region: 'eu-west-1', BucketAccountId: MEMBER },
    { Bucket: 'american-a', Region: 'us-east-1' },
  ],
};

function multiRegionPoint(name: string, more: SnapshotLine['data'] = {}): SnapshotLine {
  const data = { ...MULTI_REGION_POINT, Name: name, Alias: `${name}.mrap`, ...more };
  return { kind: 'multi-region-access-point', accountId: MEMBER, data };
}

const SAML_ARN = `arn:aws:iam::${MEMBER}:saml-provider/staff`;
const OIDC_ARN = `arn:aws:iam::${MEMBER}:oidc-provider/token.example.com`;
export const TRAIL_ARN = `arn:aws:cloudtrail:eu-west-1:${MANAGEMENT}:trail/everything`;

/** The account's own trail, as it is listed. */
export const OWN_TRAIL = {
  Name: 'full',
  TrailARN: `arn:aws:cloudtrail:eu-west-1:${MEMBER}:trail/full`,
  HomeRegion: 'eu-west-1',
  IsMultiRegionTrail: false,
};
/** What a trail records: reads and writes of every object. */
export const RECORDED = {
  EventSelectors: [
    { ReadWriteType: 'All', DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] },
  ],
};

/** What stands around the buckets. */
export const SURROUNDINGS: readonly SnapshotLine[] = [
  inRegion('route-table', ROUTE_TABLE),
  ...['rtb-2', 'rtb-3', 'rtb-4'].map((RouteTableId) => inRegion('route-table', { RouteTableId })),
  multiRegionPoint('full-mrap', {
    Alias: 'full.mrap',
    Policy: POLICY_TEXT,
    PolicyStatus: { IsPublic: true },
  }),
  multiRegionPoint('bare-mrap'),
  { ...multiRegionPoint('locked-mrap'), ...lost('Policy', 'PolicyStatus') },
  multiRegionPoint('fourth-mrap'),
  {
    kind: 'identity-provider',
    accountId: MEMBER,
    data: { Arn: SAML_ARN, ValidUntil: '2032-05-09T16:27:11Z' },
  },
  { kind: 'identity-provider', accountId: MEMBER, data: { Arn: OIDC_ARN } },
  {
    kind: 'delegated-administrator',
    accountId: OTHER,
    data: {
      Id: OTHER,
      Name: 'security',
      DelegationEnabledDate: '2024-05-06T07:08:09Z',
      DelegatedServices: [{ ServicePrincipal: 'access-analyzer.amazonaws.com' }],
    },
  },
  {
    kind: 'trail',
    accountId: MANAGEMENT,
    region: 'eu-west-1',
    data: {
      Name: 'everything',
      TrailARN: TRAIL_ARN,
      HomeRegion: 'eu-west-1',
      S3BucketName: 'full-bucket',
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
      IsLogging: true,
      ...RECORDED,
    },
  },
];

/** The account's own trails. */
export const OWN_TRAILS: readonly SnapshotLine[] = [
  inRegion('trail', { ...OWN_TRAIL, IsLogging: true, ...RECORDED }),
  {
    ...inRegion('trail', {
      Name: 'locked',
      TrailARN: `${OWN_TRAIL.TrailARN}-locked`,
      HomeRegion: 'eu-west-1',
    }),
    ...lost('IsLogging', 'EventSelectors'),
  },
];
