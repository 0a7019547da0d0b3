import type { Bucket, Estate, KmsKey } from '@denyscope/inventory';
import { parsePrincipal, type ExplainRequest } from '@denyscope/model';
import type { KeyGrant } from '@denyscope/spec';
import { Inexpressible, required } from './observed.ts';

/** The key that the object is or will be under, and whether the bucket's key stands in for the object's. */
export interface ObjectKey {
  readonly key: KmsKey;
  readonly isBucketKey: boolean;
}

interface Encryption {
  readonly algorithm: string;
  readonly kmsKey: string | undefined;
  readonly isBucketKey: boolean;
}

/** D.1: undefined where the object is under none. */
export function objectKeyOf(estate: Estate, bucket: Bucket, request: ExplainRequest): ObjectKey | undefined {
  const isWrite = request.action.endsWith(':PutObject');
  const encryption = isWrite ? encryptionOfWrite(bucket, request) : encryptionOfObject(bucket, request);
  if (encryption?.algorithm.startsWith('aws:kms') !== true) return undefined;
  const { kmsKey } = encryption;
  const key = kmsKey === undefined ? awsKey(estate, bucket, request) : estate.keys.get(kmsKey);
  if (!key || key.state === undefined) throw new Inexpressible();
  // D.1: no Bucket Keys with DSSE-KMS.
  return { key, isBucketKey: encryption.isBucketKey && encryption.algorithm === 'aws:kms' };
}

/** D.1: what the request names, and only else what the asker says of the object, or the bucket's default. */
function encryptionOfWrite(bucket: Bucket, request: ExplainRequest): Encryption | undefined {
  const { context = {} } = request;
  const header = (name: string): string | undefined => context[`s3:x-amz-server-side-encryption${name}`]?.[0];
  if (header('-customer-algorithm') !== undefined) return undefined;
  const algorithm = header('');
  if (algorithm === undefined) return encryptionOfObject(bucket, request);
  // An asker who names the encryption twice contradicts himself.
  if (request.object?.encryption) throw new Inexpressible();
  const byDefault = defaultOf(bucket);
  const isBucketKey = byDefault?.isBucketKey === true;
  return { algorithm, kmsKey: header('-aws-kms-key-id') ?? byDefault?.kmsKey, isBucketKey };
}

function encryptionOfObject(bucket: Bucket, { object }: ExplainRequest): Encryption | undefined {
  if (!object?.encryption) return defaultOf(bucket);
  const { SSEAlgorithm, KMSMasterKeyID, BucketKeyEnabled } = object.encryption;
  return { algorithm: SSEAlgorithm, kmsKey: KMSMasterKeyID, isBucketKey: BucketKeyEnabled === true };
}

function defaultOf(bucket: Bucket): Encryption | undefined {
  const encryption = required(bucket.encryption);
  return encryption && { ...encryption, isBucketKey: encryption.bucketKeyEnabled };
}

/** D.1: `aws/s3` of whoever wrote the object: the caller of a write, and else the owner of the object. */
function awsKey(estate: Estate, bucket: Bucket, request: ExplainRequest): KmsKey | undefined {
  const { action, principal, object } = request;
  const caller = parsePrincipal(principal);
  const writer = caller && 'accountId' in caller ? caller.accountId : undefined;
  const owner = action.endsWith(':PutObject') ? writer : (object?.owner ?? bucket.accountId);
  return [...estate.keys.values()].find((key) => {
    const isIts = key.accountId === owner && key.region === bucket.region;
    return isIts && (required(key.aliases) ?? []).includes('alias/aws/s3');
  });
}

export function grantsOf(key: KmsKey): readonly KeyGrant[] {
  return (required(key.grants) ?? []).flatMap(({ grantee, operations, constraints = {} }) => {
    if (grantee === undefined) return [];
    const pairs = (name: string): Record<string, string> | undefined => {
      const given = constraints[name];
      if (typeof given !== 'object' || given === null) return undefined;
      return Object.fromEntries(Object.entries(given).map(([key_, value]) => [key_, String(value)]));
    };
    const [contextSubset, contextEquals] = ['EncryptionContextSubset', 'EncryptionContextEquals'].map(pairs);
    return [
      {
        grantee,
        operations,
        ...(contextSubset ? { contextSubset } : {}),
        ...(contextEquals ? { contextEquals } : {}),
      },
    ];
  });
}
