/** Every other read of an account by the real SDK, with its answers. */
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as ec2 from '@aws-sdk/client-ec2';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as sts from '@aws-sdk/client-sts';
import { having, holding, type Row } from './fake-aws-row.ts';
import { OWN_TRAIL, RECORDED } from './fake-aws-surroundings.ts';
import { ENDPOINT, FULL_KEY, MEMBER, POLICY_TEXT, ROUTE_TABLE } from './fake-aws-world.ts';

export const KMS_ROWS: readonly Row[] = [
  {
    name: 'ListKeys',
    ask: (c) => c.kms.send(new kms.ListKeysCommand({})),
    ok: {
      Truncated: true,
      Keys: holding({ KeyId: 'bare', KeyArn: `arn:aws:kms:eu-west-1:${MEMBER}:key/bare` }),
    },
  },
  {
    name: 'ListAliases',
    ask: (c) => c.kms.send(new kms.ListAliasesCommand({})),
    ok: { Aliases: FULL_KEY.Aliases.slice(0, 3) },
  },
  {
    name: 'DescribeKey',
    ask: (c, KeyId) => c.kms.send(new kms.DescribeKeyCommand({ KeyId })),
    ok: {
      KeyMetadata: having({ KeyId: 'full', DeletionDate: new Date('2026-12-05T02:00:00Z') }),
    },
    locked: true,
  },
  {
    name: 'GetKeyPolicy',
    ask: (c, KeyId) => c.kms.send(new kms.GetKeyPolicyCommand({ KeyId })),
    ok: { Policy: POLICY_TEXT },
    absent: 'NotFoundException',
    locked: true,
  },
  {
    name: 'ListGrants',
    ask: (c, KeyId) => c.kms.send(new kms.ListGrantsCommand({ KeyId })),
    ok: { Grants: FULL_KEY.Grants.slice(0, 3) },
    absent: { Grants: [] },
    locked: true,
  },
  {
    name: 'ListResourceTags',
    ask: (c, KeyId) => c.kms.send(new kms.ListResourceTagsCommand({ KeyId })),
    ok: { Tags: FULL_KEY.Tags },
    absent: { Tags: [] },
    locked: true,
  },
];

export const OTHER_ROWS: readonly Row[] = [
  {
    name: 'GetCallerIdentity',
    ask: (c) => c.sts.send(new sts.GetCallerIdentityCommand({})),
    ok: { Account: MEMBER, Arn: `arn:aws:sts::${MEMBER}:assumed-role/DenyscopeScanner/s3-scan-1` },
  },
  {
    name: 'GetAccountAuthorizationDetails',
    ask: (c) => c.iam.send(new iam.GetAccountAuthorizationDetailsCommand({ Filter: ['User'] })),
    ok: {
      RoleDetailList: [],
      UserDetailList: [
        having({
          UserName: 'ada',
          GroupList: ['staff'],
          AttachedManagedPolicies: [],
          CreateDate: new Date('2023-03-14T09:26:53Z'),
        }),
      ],
    },
  },
  {
    name: 'DescribeVpcEndpoints',
    ask: (c) => c.ec2.send(new ec2.DescribeVpcEndpointsCommand({ VpcEndpointIds: ['vpce-1'] })),
    ok: { VpcEndpoints: [ENDPOINT] },
  },
  {
    name: 'DescribeVpcs',
    ask: (c) => c.ec2.send(new ec2.DescribeVpcsCommand({ Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] })),
    ok: { Vpcs: [{ VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', IsDefault: false }] },
  },
  {
    name: 'DescribeNatGateways',
    ask: (c) => c.ec2.send(new ec2.DescribeNatGatewaysCommand({})),
    ok: { NatGateways: [having({ VpcId: 'vpc-1', State: 'available' })] },
  },
  {
    name: 'DescribeRouteTables',
    ask: (c) => c.ec2.send(new ec2.DescribeRouteTablesCommand({ RouteTableIds: ['rtb-1'] })),
    ok: { RouteTables: [ROUTE_TABLE] },
  },
  {
    name: 'ListSAMLProviders',
    ask: (c) => c.iam.send(new iam.ListSAMLProvidersCommand({})),
    ok: { SAMLProviderList: [having({ ValidUntil: new Date('2032-05-09T16:27:11Z') })] },
  },
  {
    name: 'ListOpenIDConnectProviders',
    ask: (c) => c.iam.send(new iam.ListOpenIDConnectProvidersCommand({})),
    ok: { OpenIDConnectProviderList: [{ Arn: `arn:aws:iam::${MEMBER}:oidc-provider/token.example.com` }] },
  },
  {
    name: 'DescribeRegions',
    ask: (c) => c.ec2.send(new ec2.DescribeRegionsCommand({})),
    ok: {
      Regions: holding({
        RegionName: 'af-south-1',
        OptInStatus: 'opted-in',
        Endpoint: 'ec2.af-south-1.amazonaws.com',
      }),
    },
  },
];

export const TRAIL_ROWS: readonly Row[] = [
  {
    name: 'DescribeTrails',
    ask: (c) => c.cloudtrail.send(new cloudtrail.DescribeTrailsCommand({ includeShadowTrails: false })),
    ok: { trailList: holding(OWN_TRAIL) },
  },
  {
    name: 'GetTrailStatus',
    ask: (c, Name) => c.cloudtrail.send(new cloudtrail.GetTrailStatusCommand({ Name })),
    ok: { IsLogging: true },
    absent: 'TrailNotFoundException',
    locked: true,
  },
  {
    name: 'GetEventSelectors',
    ask: (c, TrailName) => c.cloudtrail.send(new cloudtrail.GetEventSelectorsCommand({ TrailName })),
    ok: { TrailARN: OWN_TRAIL.TrailARN, ...RECORDED },
    absent: 'TrailNotFoundException',
    locked: true,
  },
];
