import { brand, type Branded } from './brand.ts';

/** Twelve digits. */
export type AccountId = Branded<string, 'AccountId'>;

/** A general purpose bucket's name, 3 to 63 characters, lower case (older names may hold `_` and capitals). */
export type BucketName = Branded<string, 'BucketName'>;

/** An ARN taken apart. `resource` is all that follows the fifth colon; `text` is the ARN as it was received. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  readonly resource: string;
  readonly text: string;
}

/** Reads an ARN of six parts; undefined for anything else. Wildcards are not looked at. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts = text.split(':');
  const [, partition, service, region, accountId] = parts;
  if (parts.length < 6 || !partition || !service || region === undefined || accountId === undefined)
    return undefined;
  return { partition, service, region, accountId, resource: parts.slice(5).join(':'), text };
}

/** Reads an account id; undefined unless it is twelve digits. */
export function parseAccountId(text: string): AccountId | undefined {
  return /^\d{12}$/.test(text) ? brand(text) : undefined;
}

/** Reads a bucket name; undefined where S3 never accepted such a name. */
export function parseBucketName(text: string): BucketName | undefined {
  return /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,253}[a-zA-Z0-9]$/.test(text) ? brand(text) : undefined;
}

/** What an S3 ARN names: a bucket, an object in it, or an access point (and an object through it). */
export type S3Resource =
  | { readonly kind: 'bucket'; readonly bucket: string }
  | { readonly kind: 'object'; readonly bucket: string; readonly key: string }
  | { readonly kind: 'access-point'; readonly arn: string; readonly key: string | undefined };

/** Reads an S3 resource ARN; undefined where it is not one. */
export function parseS3Resource(text: string): S3Resource | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 's3') return undefined;
  if (arn.resource.startsWith('accesspoint/')) {
    const [, name, objects, ...key] = arn.resource.split('/');
    const base = `arn:${arn.partition}:s3:${arn.region}:${arn.accountId}:accesspoint/${name ?? ''}`;
    return { kind: 'access-point', arn: base, key: objects === 'object' ? key.join('/') : undefined };
  }
  const slash = arn.resource.indexOf('/');
  if (slash < 0) return { kind: 'bucket', bucket: arn.resource };
  return { kind: 'object', bucket: arn.resource.slice(0, slash), key: arn.resource.slice(slash + 1) };
}
