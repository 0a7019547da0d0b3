import type { SnapshotLine } from '@denyscope/model';
import { accessPoint } from '../build/access-point.ts';
import { accessPointArn } from '../build/arn.ts';
import { accountPublicAccessBlock, bucket, type AclGrantSpec, type EncryptionSpec } from '../build/bucket.ts';

import { allow, policy } from '../build/policy.ts';
import { bucketPolicy } from './bucket-policies.ts';
import type { BucketSite } from './bucket-shape.ts';
import { vpcName } from './network.ts';
import { bucketAt } from './plan.ts';
import { anyAccount, anyKey, anyPrincipal, anyTags, type Site } from './site.ts';

const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';

function encryption(site: BucketSite): EncryptionSpec {
  const { random } = site;
  const choice = random.below(20);
  if (choice < 10) return { algorithm: 'AES256', sseCAllowed: random.chance(0.3) };
  if (choice < 12) return { algorithm: 'aws:kms', bucketKey: random.chance(0.5) };
  const owner = choice === 19 ? anyAccount(site) : site.account;
  const { arn, alias } = anyKey(site, site.bucket.region, owner);
  const key = choice === 18 ? `alias/${alias}` : arn;
  return {
    algorithm: choice === 17 ? 'aws:kms:dsse' : 'aws:kms',
    key,
    bucketKey: choice !== 17 && random.chance(0.6),
  };
}

function ownership({ random }: Site): 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' {
  if (random.chance(0.8)) return 'BucketOwnerEnforced';
  return random.chance(0.5) ? 'BucketOwnerPreferred' : 'ObjectWriter';
}

/** ACL grants, which only a bucket with ACLs on can have. */
function grants(site: BucketSite): readonly AclGrantSpec[] {
  const { random } = site;
  if (random.chance(0.5)) return [];
  const permission = random.pick(['READ', 'WRITE', 'FULL_CONTROL']);
  return [
    random.chance(0.3)
      ? { groupUri: ALL_USERS, permission: 'READ' }
      : { accountId: anyAccount(site).id, permission },
  ];
}

function bucketLine(site: BucketSite): SnapshotLine {
  const { account, random } = site;
  const objectOwnership = ownership(site);
  return bucket(account.id, site.bucket.name, {
    region: site.bucket.region,
    encryption: encryption(site),
    ownership: objectOwnership,
    publicAccess: random.pick(['blocked', 'blocked', 'blocked', 'none', 'open']),
    payer: random.chance(0.04) ? 'Requester' : 'BucketOwner',
    abac: random.chance(0.1),
    tags: anyTags(site, 3),
    ...(objectOwnership !== 'BucketOwnerEnforced' && { grants: grants(site) }),
    ...(random.chance(0.4) && { versioning: random.chance(0.9) ? 'Enabled' : 'Suspended' }),
    ...(random.chance(0.03) && { objectLockDays: 30 }),
    ...(random.chance(0.65) && bucketPolicy(site)),
  });
}

/** An access point of the bucket; with a policy that names one of the account's principals, or none. */
function accessPointLine(site: BucketSite, index: number): SnapshotLine {
  const { account, random, plan } = site;
  const { region } = site.bucket;
  const name = `ap-${account.team}-${index}`;
  const objects = `${accessPointArn(account.id, region, name)}/object/*`;
  const grant = allow('s3:GetObject', objects, {
    Principal: { AWS: anyPrincipal(site, anyAccount(site)).arn },
  });
  return accessPoint(account.id, name, {
    bucket: site.bucket.name,
    region,
    ...(region === plan.options.regions[0] && random.chance(0.4) && { vpc: vpcName(region) }),
    ...(random.chance(0.8) && { policy: policy(grant) }),
  });
}

/** The buckets of an account, their access points, and the account's Block Public Access. */
export function* bucketLines(site: Site): Generator<SnapshotLine> {
  const { account, plan, random } = site;
  yield accountPublicAccessBlock(account.id, random.pick([true, true, false, undefined]));
  for (let index = 0; index < plan.options.bucketsPerAccount; index += 1) {
    const here: BucketSite = { ...site, bucket: bucketAt(plan, account, index) };
    yield bucketLine(here);
    if (random.chance(0.12)) yield accessPointLine(here, index);
  }
}
