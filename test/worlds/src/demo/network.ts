/** Where a request comes from: endpoints, their allow-lists, address ranges, access points. */
import { accessPoint } from '../build/access-point.ts';
import { accessPointArn, bucketAndObjects, objectsArn, roleArn } from '../build/arn.ts';
import { bucket } from '../build/bucket.ts';
import { role } from '../build/iam.ts';
import { bucketAllowList, endpoint, endpointIdOf, vpc } from '../build/network.ts';
import { allow, deny, policy } from '../build/policy.ts';
import { reads } from './access.ts';
import { ACCOUNTS, ORGANIZATION } from './organization.ts';
import { story, type DemoStory, type Theme } from './story.ts';

const { analytics, network, payments, web } = ACCOUNTS;

const VAULT = 'example-payments-vpce-only';
const FEATURES = 'example-analytics-forgotten-features';
const RAW = 'example-analytics-raw-events';
const OFFICE = 'example-web-office-network-only';
const LAKE = 'example-analytics-lake-access-points';

const paymentsEndpoint = endpointIdOf(payments, 'payments-s3');
const analyticsEndpoint = endpointIdOf(analytics, 'analytics-s3-allow-list');
const webEndpoint = endpointIdOf(web, 'web-s3');
const lakePoint = accessPointArn(analytics, 'eu-west-1', 'lake-marketing');
const lakeVpcPoint = accessPointArn(analytics, 'eu-west-1', 'lake-notebooks');

const settler = roleArn(payments, 'settlement-worker');
const notebook = roleArn(analytics, 'feature-notebook');
const editor = roleArn(web, 'content-editor');
const marketing = roleArn(analytics, 'marketing-analyst');

const onlyThroughEndpoint = policy(
  deny('s3:*', bucketAndObjects(VAULT), {
    Sid: 'DenyOutsideOurEndpoint',
    Principal: '*',
    Condition: { StringNotEquals: { 'aws:SourceVpce': paymentsEndpoint } },
  }),
);

const onlyFromOffice = policy(
  deny('s3:*', bucketAndObjects(OFFICE), {
    Sid: 'DenyOutsideTheOffice',
    Principal: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.16/28'] } },
  }),
);

const delegatesToAccessPoints = policy(
  allow('s3:*', bucketAndObjects(LAKE), {
    Sid: 'DelegateToOurAccessPoints',
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 's3:DataAccessPointAccount': analytics } },
  }),
);

const organizationOnly = policy(
  allow('s3:*', '*', {
    Sid: 'AllowOurIdentities',
    Principal: '*',
    Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } },
  }),
);

const throughPoint = (point: string, principal: string) =>
  policy(allow('s3:GetObject', `${point}/object/*`, { Sid: 'AllowRead', Principal: { AWS: principal } }));

const lines: Theme['lines'] = [
  vpc(payments, 'payments'),
  endpoint(payments, 'payments-s3', { vpc: 'payments' }),
  bucket(payments, VAULT, { policy: onlyThroughEndpoint, versioning: 'Enabled' }),
  role(payments, 'settlement-worker', { inline: reads(VAULT) }),
  vpc(analytics, 'analytics', { natGateway: true }),
  endpoint(analytics, 'analytics-s3-allow-list', {
    vpc: 'analytics',
    policy: bucketAllowList([RAW, LAKE, 'example-analytics-dashboards', 'example-analytics-warehouse']),
  }),
  bucket(analytics, FEATURES),
  bucket(analytics, RAW),
  role(analytics, 'feature-notebook', {
    inline: { ...reads(FEATURES), ...reads(RAW) },
    tags: { team: 'analytics' },
  }),
  vpc(web, 'web', { natGateway: true }),
  endpoint(web, 'web-s3', { vpc: 'web' }),
  bucket(web, OFFICE, { policy: onlyFromOffice }),
  role(web, 'content-editor', { inline: reads(OFFICE) }),
  vpc(network, 'shared-egress', { region: 'eu-central-1', natGateway: true }),
  endpoint(network, 'shared-s3-interface', {
    vpc: 'shared-egress',
    region: 'eu-central-1',
    type: 'Interface',
    policy: organizationOnly,
  }),
  vpc(network, 'inspection', { region: 'us-east-1' }),
  endpoint(network, 'inspection-s3', { vpc: 'inspection', region: 'us-east-1' }),
  bucket(analytics, LAKE, { policy: delegatesToAccessPoints }),
  accessPoint(analytics, 'lake-marketing', { bucket: LAKE, policy: throughPoint(lakePoint, marketing) }),
  accessPoint(analytics, 'lake-notebooks', {
    bucket: LAKE,
    vpc: 'analytics',
    policy: throughPoint(lakeVpcPoint, marketing),
  }),
  role(analytics, 'marketing-analyst', {
    inline: {
      'read-lake-through-access-points': policy(
        allow('s3:GetObject', [`${lakePoint}/object/*`, `${lakeVpcPoint}/object/*`]),
      ),
    },
  }),
];

const endpointStories: readonly DemoStory[] = [
  story({
    id: 'vpce-only',
    title: 'The payments vault admits one VPC endpoint; the same worker is denied from the internet.',
    bucket: VAULT,
    principal: settler,
    via: 'internet',
    expected: 'denied',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'vpce-only-open',
    title: 'Wherever the worker may call from, the vault answers only through the endpoint.',
    bucket: VAULT,
    principal: settler,
    expected: 'conditional',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'vpce-only-inside',
    title: 'Through the payments endpoint the worker reads the vault.',
    bucket: VAULT,
    principal: settler,
    via: paymentsEndpoint,
    expected: 'allowed',
  }),
  story({
    id: 'endpoint-forgot',
    title: 'The endpoint’s allow-list was written before the feature store was, and forgot it.',
    bucket: FEATURES,
    principal: notebook,
    via: analyticsEndpoint,
    expected: 'denied',
    blockers: ['vpc-endpoint'],
  }),
  story({
    id: 'endpoint-forgot-internet',
    title: 'From the internet the same notebook reads the feature store.',
    bucket: FEATURES,
    principal: notebook,
    via: 'internet',
    expected: 'allowed',
  }),
  story({
    id: 'endpoint-listed',
    title: 'Through the allow-list the notebook reads the raw events, which it names.',
    bucket: RAW,
    principal: notebook,
    via: analyticsEndpoint,
    expected: 'allowed',
  }),
];

const originStories: readonly DemoStory[] = [
  story({
    id: 'office-only',
    title: 'The editor reads from the office’s addresses only.',
    bucket: OFFICE,
    principal: editor,
    expected: 'conditional',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'office-only-through-endpoint',
    title: 'Through a VPC endpoint there is no aws:SourceIp, so the office rule denies its own servers.',
    bucket: OFFICE,
    principal: editor,
    via: webEndpoint,
    expected: 'denied',
    blockers: ['bucket-policy'],
  }),
  story({
    id: 'access-point',
    title: 'Marketing reads the lake through its access point, to which the bucket delegates.',
    bucket: LAKE,
    principal: marketing,
    resource: objectsArn(LAKE),
    via: lakePoint,
    expected: 'allowed',
  }),
  story({
    id: 'access-point-vpc-origin',
    title: 'The notebooks’ access point answers only from its VPC.',
    bucket: LAKE,
    principal: marketing,
    via: lakeVpcPoint,
    expected: 'conditional',
    blockers: ['access-point'],
  }),
];

export const NETWORK: Theme = { lines, stories: [...endpointStories, ...originStories] };
