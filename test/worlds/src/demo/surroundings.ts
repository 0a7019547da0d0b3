/** What stands around the buckets and decides none of the stories: trails, providers, delegations, a wide access point. */
import type { SnapshotLine } from '@denyscope/model';
import { multiRegionAccessPoint } from '../build/access-point.ts';
import { identityProvider } from '../build/iam.ts';
import { keyArnOf } from '../build/key.ts';
import { delegatedAdministrator } from '../build/organization.ts';
import { trail } from '../build/trail.ts';
import { ACCOUNTS, ORGANIZATION_LINES } from './organization.ts';

const { logArchive, management, payments, security, web } = ACCOUNTS;

const SECURITY_SERVICES = ['access-analyzer.amazonaws.com', 'guardduty.amazonaws.com'];

const members = ORGANIZATION_LINES.filter(
  ({ kind, accountId }) => kind === 'account' && accountId === security,
);

export const SURROUNDING_LINES: readonly SnapshotLine[] = [
  ...members.map((member) => delegatedAdministrator(member, SECURITY_SERVICES)),
  identityProvider(security, 'saml-provider', 'AWSSSO_6f1d2c3b4a596877_DO_NOT_DELETE'),
  identityProvider(web, 'oidc-provider', 'token.actions.githubusercontent.com'),
  trail(management, 'organization-trail', {
    bucket: 'example-cloudtrail-encrypted',
    key: keyArnOf(logArchive, 'cloudtrail'),
    ofOrganization: true,
  }),
  trail(payments, 'payments-objects', {
    region: 'us-east-1',
    bucket: 'example-cloudtrail-encrypted',
    dataEvents: true,
  }),
  multiRegionAccessPoint(web, 'web-media', {
    buckets: [
      ['example-web-user-uploads', 'eu-west-1'],
      ['example-web-video-masters', 'us-east-1'],
    ],
  }),
];
