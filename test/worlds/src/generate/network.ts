import type { SnapshotLine } from '@denyscope/model';
import { bucketAllowList, endpoint, vpc } from '../build/network.ts';
import { allow, policy, type Document } from '../build/policy.ts';
import { anyBucket, when, type Site } from './site.ts';

/** The name of the S3 endpoint that an account has in a Region. */
export function endpointName(region: string): string {
  return `s3-${region}`;
}

/** The name of the VPC that an account has in a Region. */
export function vpcName(region: string): string {
  return `main-${region}`;
}

/** The VPCs and S3 endpoints of an account: always in the first Region, sometimes in others. */
export function networkLines(site: Site): readonly SnapshotLine[] {
  const { plan, account, random } = site;
  const regions = plan.options.regions.filter((_, place) => place === 0 || random.chance(0.3));
  return regions.flatMap((region) => [
    vpc(account.id, vpcName(region), { region, natGateway: random.chance(0.5) }),
    endpoint(account.id, endpointName(region), {
      vpc: vpcName(region),
      region,
      type: random.chance(0.7) ? 'Gateway' : 'Interface',
      ...endpointPolicy(site),
    }),
  ]);
}

function endpointPolicy(site: Site): { readonly policy?: Document } {
  const { plan, account, random } = site;
  const everything = { Principal: '*' } as const;
  const choice = random.below(10);
  if (choice < 5) return {};
  if (choice < 7) return { policy: bucketAllowList([anyBucket(site).name, anyBucket(site).name]) };
  if (choice < 8) {
    const Condition = when('StringEquals', 'aws:PrincipalOrgID', plan.organization.id);
    return { policy: policy(allow('s3:*', '*', { ...everything, Condition })) };
  }
  if (choice < 9) {
    const Condition = when('StringEquals', 'aws:ResourceAccount', account.id);
    return { policy: policy(allow('*', '*', { ...everything, Condition })) };
  }
  const Condition = when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account.id}:role/*`);
  return { policy: policy(allow(['s3:Get*', 's3:List*'], '*', { ...everything, Condition })) };
}
