/** ARNs of the things that worlds hold. */

/** Splits `/ops/deployer` into its IAM path and name; a bare name stands at the root path. */
export function pathAndName(name: string): { readonly path: string; readonly name: string } {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? { path: '/', name } : { path: name.slice(0, slash + 1), name: name.slice(slash + 1) };
}

function iamArn(accountId: string, type: string, name: string): string {
  return `arn:aws:iam::${accountId}:${type}${name.startsWith('/') ? '' : '/'}${name}`;
}

/** `name` may begin with a path: `/ops/deployer`. */
export function roleArn(accountId: string, name: string): string {
  return iamArn(accountId, 'role', name);
}

export function userArn(accountId: string, name: string): string {
  return iamArn(accountId, 'user', name);
}

export function groupArn(accountId: string, name: string): string {
  return iamArn(accountId, 'group', name);
}

/** A customer managed policy. */
export function policyArn(accountId: string, name: string): string {
  return iamArn(accountId, 'policy', name);
}

/** The account as a whole, in a policy's principal element. */
export function rootArn(accountId: string): string {
  return `arn:aws:iam::${accountId}:root`;
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

/** The objects of a bucket, or those below a prefix. */
export function objectsArn(bucket: string, keys = '*'): string {
  return `arn:aws:s3:::${bucket}/${keys}`;
}

/** A bucket and all its objects, for statements about both. */
export function bucketAndObjects(bucket: string): readonly [string, string] {
  return [bucketArn(bucket), objectsArn(bucket)];
}

export function keyArn(accountId: string, region: string, keyId: string): string {
  return `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
}

export function accessPointArn(accountId: string, region: string, name: string): string {
  return `arn:aws:s3:${region}:${accountId}:accesspoint/${name}`;
}
