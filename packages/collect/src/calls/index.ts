import { describeKey } from './describe-key.ts';
import { describeNatGateways } from './describe-nat-gateways.ts';
import { describeOrganization } from './describe-organization.ts';
import { describePolicy } from './describe-policy.ts';
import { describeRegions } from './describe-regions.ts';
import { describeRouteTables } from './describe-route-tables.ts';
import { describeTrails } from './describe-trails.ts';
import { describeVpcEndpoints } from './describe-vpc-endpoints.ts';
import { describeVpcs } from './describe-vpcs.ts';
import { getAccessPoint } from './get-access-point.ts';
import { getAccessPointPolicy } from './get-access-point-policy.ts';
import { getAccessPointPolicyStatus } from './get-access-point-policy-status.ts';
import { getAccountAuthorizationDetails } from './get-account-authorization-details.ts';
import { getAccountPublicAccessBlock } from './get-account-public-access-block.ts';
import { getBucketAbac } from './get-bucket-abac.ts';
import { getBucketAcl } from './get-bucket-acl.ts';
import { getBucketEncryption } from './get-bucket-encryption.ts';
import { getBucketLocation } from './get-bucket-location.ts';
import { getBucketLogging } from './get-bucket-logging.ts';
import { getBucketOwnershipControls } from './get-bucket-ownership-controls.ts';
import { getBucketPolicy } from './get-bucket-policy.ts';
import { getBucketPolicyStatus } from './get-bucket-policy-status.ts';
import { getBucketPublicAccessBlock } from './get-bucket-public-access-block.ts';
import { getBucketReplication } from './get-bucket-replication.ts';
import { getBucketRequestPayment } from './get-bucket-request-payment.ts';
import { getBucketTagging } from './get-bucket-tagging.ts';
import { getBucketVersioning } from './get-bucket-versioning.ts';
import { getBucketWebsite } from './get-bucket-website.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getEventSelectors } from './get-event-selectors.ts';
import { getKeyPolicy } from './get-key-policy.ts';
import { getMultiRegionAccessPointPolicy } from './get-multi-region-access-point-policy.ts';
import { getMultiRegionAccessPointPolicyStatus } from './get-multi-region-access-point-policy-status.ts';
import { getObjectLockConfiguration } from './get-object-lock-configuration.ts';
import { getTrailStatus } from './get-trail-status.ts';
import { listAccessPointTags } from './list-access-point-tags.ts';
import { listAccessPoints } from './list-access-points.ts';
import { listAccountTags } from './list-account-tags.ts';
import { listAccounts } from './list-accounts.ts';
import { listAccountsForParent } from './list-accounts-for-parent.ts';
import { listAliases } from './list-aliases.ts';
import { listBuckets } from './list-buckets.ts';
import { listDelegatedAdministrators } from './list-delegated-administrators.ts';
import { listDelegatedServices } from './list-delegated-services.ts';
import { listGrants } from './list-grants.ts';
import { listKeys } from './list-keys.ts';
import { listMultiRegionAccessPoints } from './list-multi-region-access-points.ts';
import { listOpenIdConnectProviders } from './list-open-id-connect-providers.ts';
import { listOrganizationalUnits } from './list-organizational-units.ts';
import { listResourceControlPolicies, listS3Policies, listServiceControlPolicies } from './list-policies.ts';
import { listResourceTags } from './list-resource-tags.ts';
import { listRoots } from './list-roots.ts';
import { listSamlProviders } from './list-saml-providers.ts';
import { listTargetsForPolicy } from './list-targets-for-policy.ts';
import type { Read } from './read.ts';

/** The reads of one bucket: about thirteen calls (semantics.md H.1). */
export const BUCKET_READS: readonly Read[] = [
  getBucketPolicy,
  getBucketPolicyStatus,
  getBucketPublicAccessBlock,
  getBucketOwnershipControls,
  getBucketAcl,
  getBucketEncryption,
  getBucketVersioning,
  getBucketRequestPayment,
  getBucketLogging,
  getBucketReplication,
  getObjectLockConfiguration,
  getBucketTagging,
  getBucketAbac,
  getBucketWebsite,
];

/** Every read of AWS that a scan makes: semantics.md H.1 as a table. */
export const READS: readonly Read[] = [
  describeOrganization,
  listRoots,
  listOrganizationalUnits,
  listAccounts,
  listAccountsForParent,
  listAccountTags,
  listServiceControlPolicies,
  listResourceControlPolicies,
  listS3Policies,
  describePolicy,
  listTargetsForPolicy,
  listDelegatedAdministrators,
  listDelegatedServices,
  getCallerIdentity,
  getAccountAuthorizationDetails,
  listSamlProviders,
  listOpenIdConnectProviders,
  getAccountPublicAccessBlock,
  listBuckets,
  getBucketLocation,
  ...BUCKET_READS,
  describeRegions,
  listAccessPoints,
  getAccessPoint,
  getAccessPointPolicy,
  getAccessPointPolicyStatus,
  listAccessPointTags,
  listMultiRegionAccessPoints,
  getMultiRegionAccessPointPolicy,
  getMultiRegionAccessPointPolicyStatus,
  listKeys,
  listAliases,
  describeKey,
  getKeyPolicy,
  listGrants,
  listResourceTags,
  describeVpcEndpoints,
  describeVpcs,
  describeNatGateways,
  describeRouteTables,
  describeTrails,
  getTrailStatus,
  getEventSelectors,
];
