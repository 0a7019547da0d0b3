import type { SnapshotLine } from '@denyscope/model';
import { multiRegionAccessPoint } from '../build/access-point.ts';
import { identityProvider } from '../build/iam.ts';
import { allow, policy, type Document } from '../build/policy.ts';
import { trail } from '../build/trail.ts';
import { bucketAt, type PlannedBucket } from './plan.ts';
import { anyAccount, anyBucket, anyPrincipal, type Site } from './site.ts';

/** The SAML provider through which the single sign-on roles of every account are entered. */
export const SINGLE_SIGN_ON = 'AWSSSO_DO_NOT_DELETE';

/** What stands around an account's buckets: providers, trails, an access point for buckets of several Regions. */
export function surroundingLines(site: Site): readonly SnapshotLine[] {
  return [...providerLines(site), ...trailLines(site), ...multiRegionLines(site)];
}

function providerLines({ account, random }: Site): readonly SnapshotLine[] {
  return [
    ...(account.kind === 'management' ? [identityProvider(account.id, 'saml-provider', SINGLE_SIGN_ON)] : []),
    ...(random.chance(0.3)
      ? [identityProvider(account.id, 'oidc-provider', 'token.actions.githubusercontent.com')]
      : []),
  ];
}

function trailLines(site: Site): readonly SnapshotLine[] {
  const { account, random, plan } = site;
  if (plan.options.bucketsPerAccount === 0) return [];
  const own = { bucket: anyBucket(site).name, region: random.pick(plan.options.regions) };
  const isManagement = account.kind === 'management';
  return [
    ...(isManagement ? [trail(account.id, 'organization-trail', { ...own, ofOrganization: true })] : []),
    ...(random.chance(0.2) ? [trail(account.id, 'objects', { ...own, dataEvents: random.chance(0.5) })] : []),
  ];
}

function multiRegionLines(site: Site): readonly SnapshotLine[] {
  const { account, random } = site;
  const buckets = oneInEachRegion(site);
  if (buckets.length < 2 || !random.chance(0.25)) return [];
  const name = `mrap-${account.team}`;
  const principal = anyPrincipal(site, anyAccount(site)).arn;
  const lets = (arn: string): Document =>
    policy(allow('s3:GetObject', `${arn}/object/*`, { Principal: { AWS: principal } }));
  const routed = buckets.map((bucket) => [bucket.name, bucket.region] as const);
  return [
    multiRegionAccessPoint(account.id, name, {
      buckets: routed,
      ...(random.chance(0.6) && { policy: lets }),
    }),
  ];
}

/** AWS: a multi-Region access point leads to at most one bucket of each Region. */
function oneInEachRegion({ plan, account }: Site): readonly PlannedBucket[] {
  const all = Array.from({ length: plan.options.bucketsPerAccount }, (_, index) =>
    bucketAt(plan, account, index),
  );
  return [...new Map(all.map((bucket) => [bucket.region, bucket])).values()];
}
