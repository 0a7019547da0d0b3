import type { CallerName, Scene } from './scene.ts';

export const OWN = '111111111111';
const IN_ORGANIZATION = '222222222222';
const OUTSIDE = '333333333333';
const THIRD = '444444444444';
export const ORGANIZATION = 'o-x';
export const BUCKET = 'arn:aws:s3:::data';
export const REGION = 'eu-west-1';
export const VPC = 'vpc-0a';

const CALLER_TEXTS: Readonly<Record<CallerName, string>> = {
  user: `arn:aws:iam::${OWN}:user/ann`,
  role: `arn:aws:iam::${OWN}:role/app`,
  session: `arn:aws:sts::${OWN}:assumed-role/app/run`,
  root: `arn:aws:iam::${OWN}:root`,
  'linked role': `arn:aws:iam::${OWN}:role/aws-service-role/x.amazonaws.com/Linked`,
  'role of the organization': `arn:aws:iam::${IN_ORGANIZATION}:role/app`,
  'outside role': `arn:aws:iam::${OUTSIDE}:role/app`,
  'outside root': `arn:aws:iam::${OUTSIDE}:root`,
  service: 'cloudtrail.amazonaws.com',
  anonymous: 'anonymous',
};

export function callerText({ caller }: Pick<Scene, 'caller'>): string {
  return CALLER_TEXTS[caller];
}

/** Of a caller without an account, `caller` as an owner means the third account. */
export function callerAccount(scene: Pick<Scene, 'caller'>): string | undefined {
  return /:(\d{12}):/.exec(callerText(scene))?.[1];
}

export function accountOf(scene: Scene, owner: 'bucket owner' | 'caller' | 'third'): string {
  if (owner === 'bucket owner') return OWN;
  return owner === 'caller' ? (callerAccount(scene) ?? THIRD) : THIRD;
}

export function isInOrganization(account: string): boolean {
  return account === OWN || account === IN_ORGANIZATION;
}

export function canonicalId(account: string): string {
  return account.repeat(6).slice(0, 64);
}

export function pointArn(scene: Scene): string {
  const account = accountOf(scene, scene.pointAccount);
  const base = scene.point === 'multi-Region' ? 'arn:aws:s3:' : `arn:aws:s3:${REGION}`;
  return `${base}:${account}:accesspoint/${scene.point === 'multi-Region' ? 'alias.mrap' : 'door'}`;
}

export function keyArn(scene: Scene): string {
  return `arn:aws:kms:${scene.keyRegion}:${accountOf(scene, scene.keyAccount)}:key/1a2b`;
}

/** The VPC that the request comes from; an endpoint is always in one. */
export function vpcOf({ sourceVpc, endpoint }: Scene): string | undefined {
  return sourceVpc ?? (endpoint === 'none' ? undefined : 'vpc-0c');
}

/** The key of the object that the action is about; undefined where it is about the bucket. */
export function objectKey({ action }: Scene): string | undefined {
  return /Bucket/.test(action) ? undefined : 'raw/a';
}

/** The grantee of an ACL as AWS writes it: a canonical user id or the URI of a group. */
export function granteeOf(scene: Scene, grantee: Scene['bucketGrantee']): string {
  switch (grantee) {
    case 'none':
    case 'bucket owner':
      return canonicalId(OWN);
    case 'caller':
      return canonicalId(callerAccount(scene) ?? THIRD);
    case 'AllUsers':
    case 'AuthenticatedUsers':
      return `http://acs.amazonaws.com/groups/global/${grantee}`;
    case 'LogDelivery':
      return 'http://acs.amazonaws.com/groups/s3/LogDelivery';
  }
}
