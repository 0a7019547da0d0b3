import { ACCESS_POINT, CLOUDTRAIL, DELEGATION } from './more-answers.fixture.ts';
import { FLAGS, FLAGS_XML, json, POLICY, xml, type Sample } from './sample.fixture.ts';

const ORGANIZATION: Readonly<Record<string, Sample>> = {
  'organizations:DescribeOrganization': json(
    { Organization: { Id: 'o-1', MasterAccountId: '111122223333', AvailablePolicyTypes: [] } },
    [{ Id: 'o-1', MasterAccountId: '111122223333' }],
  ),
  'organizations:ListRoots': json(
    { Roots: [{ Id: 'r-1', PolicyTypes: [{ Type: 'S3_POLICY', Status: 'ENABLED' }] }], NextToken: 'more' },
    [{ Id: 'r-1', PolicyTypes: [{ Type: 'S3_POLICY', Status: 'ENABLED' }] }],
    'more',
  ),
  'organizations:ListOrganizationalUnitsForParent': json(
    { OrganizationalUnits: [{ Id: 'ou-1' }], NextToken: 'more' },
    [{ Id: 'ou-1' }],
    'more',
  ),
  'organizations:ListAccounts': json(
    { Accounts: [{ Id: '111122223333', JoinedTimestamp: 1700000000.5 }], NextToken: 'more' },
    [{ Id: '111122223333', JoinedTimestamp: '2023-11-14T22:13:20.500Z' }],
    'more',
  ),
  'organizations:ListAccountsForParent': json({ Accounts: [], NextToken: 'more' }, [], 'more'),
  'organizations:ListTagsForResource': json({ Tags: [{ Key: 'k', Value: 'v' }] }, [{ Key: 'k', Value: 'v' }]),
  'organizations:ListPolicies(SERVICE_CONTROL_POLICY)': json({ Policies: [{ Id: 'p-1' }] }, [{ Id: 'p-1' }]),
  'organizations:ListPolicies(RESOURCE_CONTROL_POLICY)': json({ Policies: [] }, []),
  'organizations:ListPolicies(S3_POLICY)': json({ Policies: [], NextToken: 'more' }, [], 'more'),
  'organizations:DescribePolicy': json({ Policy: { PolicySummary: { Id: 'p-1' }, Content: POLICY } }, [
    { Content: POLICY },
  ]),
  'organizations:ListTargetsForPolicy': json({ Targets: [{ TargetId: 'r-1', Name: 'Root', Type: 'ROOT' }] }, [
    { TargetId: 'r-1', Name: 'Root', Type: 'ROOT' },
  ]),
};

const KMS: Readonly<Record<string, Sample>> = {
  'kms:ListKeys': json(
    { Keys: [{ KeyId: 'k' }], Truncated: true, NextMarker: 'more' },
    [{ KeyId: 'k' }],
    'more',
  ),
  'kms:ListAliases': json({ Aliases: [{ AliasName: 'alias/a' }] }, [{ AliasName: 'alias/a' }]),
  'kms:DescribeKey': json({ KeyMetadata: { KeyId: 'k', CreationDate: 1700000000 } }, [
    { KeyMetadata: { KeyId: 'k', CreationDate: '2023-11-14T22:13:20Z' } },
  ]),
  'kms:GetKeyPolicy': json({ Policy: POLICY, PolicyName: 'default' }, [{ Policy: POLICY }]),
  'kms:ListGrants': json({ Grants: [{ GrantId: 'g' }], Truncated: false, NextMarker: 'x' }, [
    { GrantId: 'g' },
  ]),
  'kms:ListResourceTags': json({ Tags: [] }, []),
};

const EC2: Readonly<Record<string, Sample>> = {
  'ec2:DescribeVpcEndpoints': xml(
    '<R><vpcEndpointSet><item><vpcEndpointId>vpce-1</vpcEndpointId></item></vpcEndpointSet><nextToken>more</nextToken></R>',
    [{ VpcEndpointId: 'vpce-1' }],
    'more',
  ),
  'ec2:DescribeVpcs': xml('<R><vpcSet/></R>', []),
  'ec2:DescribeNatGateways': xml('<R><natGatewaySet><item><vpcId>vpc-1</vpcId></item></natGatewaySet></R>', [
    { VpcId: 'vpc-1' },
  ]),
  'ec2:DescribeRouteTables': xml(
    `<R><routeTableSet><item><routeTableId>rtb-1</routeTableId><routeSet><item><natGatewayId>nat-1</natGatewayId></item>
      </routeSet><associationSet><item><main>true</main></item></associationSet></item></routeTableSet>
      <nextToken>more</nextToken></R>`,
    [{ RouteTableId: 'rtb-1', Routes: [{ NatGatewayId: 'nat-1' }], Associations: [{ Main: true }] }],
    'more',
  ),
  'ec2:DescribeRegions': xml(
    '<R><regionInfo><item><regionName>eu-west-1</regionName></item></regionInfo></R>',
    [{ RegionName: 'eu-west-1' }],
  ),
};

const ACCOUNT: Readonly<Record<string, Sample>> = {
  'sts:GetCallerIdentity': xml(
    '<R><GetCallerIdentityResult><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:root</Arn></GetCallerIdentityResult></R>',
    [{ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:root' }],
  ),
  'iam:GetAccountAuthorizationDetails': xml(
    `<R><GetAccountAuthorizationDetailsResult><UserDetailList/><GroupDetailList/><RoleDetailList><member>
      <RoleName>r</RoleName><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument><RoleLastUsed/>
      <CreateDate>2023-03-14T09:26:53Z</CreateDate></member></RoleDetailList>
      <Policies><member><PolicyName>p</PolicyName></member></Policies>
      <IsTruncated>true</IsTruncated><Marker>more</Marker></GetAccountAuthorizationDetailsResult></R>`,
    [
      {
        RoleDetail: {
          RoleName: 'r',
          AssumeRolePolicyDocument: '%7B%7D',
          CreateDate: '2023-03-14T09:26:53Z',
        },
      },
      { Policy: { PolicyName: 'p' } },
    ],
    'more',
  ),
  'iam:ListSAMLProviders': xml(
    `<R><ListSAMLProvidersResult><SAMLProviderList><member><Arn>arn:aws:iam::111122223333:saml-provider/p</Arn>
      <ValidUntil>2032-05-09T16:27:11Z</ValidUntil></member></SAMLProviderList></ListSAMLProvidersResult></R>`,
    [{ Arn: 'arn:aws:iam::111122223333:saml-provider/p', ValidUntil: '2032-05-09T16:27:11Z' }],
  ),
  'iam:ListOpenIDConnectProviders': xml(
    '<R><ListOpenIDConnectProvidersResult><OpenIDConnectProviderList/></ListOpenIDConnectProvidersResult></R>',
    [],
  ),
  's3:GetAccountPublicAccessBlock': xml(
    `<PublicAccessBlockConfiguration>${FLAGS_XML}</PublicAccessBlockConfiguration>`,
    [{ PublicAccessBlockConfiguration: FLAGS }],
  ),
  's3:ListBuckets': xml(
    `<ListAllMyBucketsResult><Owner><ID>me</ID></Owner><Buckets><Bucket><Name>b</Name>
      <BucketRegion>eu-west-1</BucketRegion><BucketArn>arn:aws:s3:::b</BucketArn>
      <CreationDate>2024-02-29T12:00:00.000Z</CreationDate></Bucket></Buckets>
      <ContinuationToken>more</ContinuationToken></ListAllMyBucketsResult>`,
    [
      { Owner: { ID: 'me' } },
      { bucket: { Name: 'b', BucketRegion: 'eu-west-1', CreationDate: '2024-02-29T12:00:00Z' } },
    ],
    'more',
  ),
};

const BUCKET: Readonly<Record<string, Sample>> = {
  's3:GetBucketLocation': xml(
    '<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">EU</LocationConstraint>',
    [{ BucketRegion: 'eu-west-1' }],
  ),
  's3:GetBucketPolicy': xml(POLICY, [{ Policy: POLICY }]),
  's3:GetBucketPolicyStatus': xml('<PolicyStatus><IsPublic>true</IsPublic></PolicyStatus>', [
    { PolicyStatus: { IsPublic: true } },
  ]),
  's3:GetPublicAccessBlock': xml(
    `<PublicAccessBlockConfiguration>${FLAGS_XML}</PublicAccessBlockConfiguration>`,
    [{ PublicAccessBlockConfiguration: FLAGS }],
  ),
  's3:GetBucketOwnershipControls': xml(
    '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>',
    [{ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }],
  ),
  's3:GetBucketAcl': xml(
    `<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList><Grant>
      <Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>me</ID></Grantee>
      <Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>`,
    [{ Owner: { ID: 'me' }, Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'me' }, Permission: 'READ' }] }],
  ),
  's3:GetBucketEncryption': xml(
    `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>
      </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`,
    [
      {
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    ],
  ),
  's3:GetBucketVersioning': xml(
    '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
    [{ VersioningStatus: 'Enabled' }],
  ),
  's3:GetBucketRequestPayment': xml(
    '<RequestPaymentConfiguration><Payer>Requester</Payer></RequestPaymentConfiguration>',
    [{ Payer: 'Requester' }],
  ),
  's3:GetBucketLogging': xml(
    '<BucketLoggingStatus><LoggingEnabled><TargetBucket>t</TargetBucket></LoggingEnabled></BucketLoggingStatus>',
    [{ LoggingEnabled: { TargetBucket: 't' } }],
  ),
  's3:GetBucketReplication': xml('<ReplicationConfiguration><Role>r</Role></ReplicationConfiguration>', [
    { ReplicationConfiguration: { Role: 'r' } },
  ]),
  's3:GetObjectLockConfiguration': xml(
    '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>',
    [{ ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } }],
  ),
  's3:GetBucketTagging': xml('<Tagging><TagSet><Tag><Key>k</Key><Value>v</Value></Tag></TagSet></Tagging>', [
    { TagSet: [{ Key: 'k', Value: 'v' }] },
  ]),
  's3:GetBucketAbac': xml('<AbacStatus><Status>Enabled</Status></AbacStatus>', [
    { AbacStatus: { Status: 'Enabled' } },
  ]),
  's3:GetBucketWebsite': xml(
    '<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>',
    [{ WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }],
  ),
};

/** A sample answer for each read, by its id. */
export const SAMPLES: Readonly<Record<string, Sample>> = {
  ...ORGANIZATION,
  ...DELEGATION,
  ...KMS,
  ...EC2,
  ...CLOUDTRAIL,
  ...ACCESS_POINT,
  ...ACCOUNT,
  ...BUCKET,
};
