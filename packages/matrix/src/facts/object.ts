import {
  writesObject,
  type AclGrantFacts,
  type BucketEncryption,
  type CallerFacts,
  type ObjectFacts,
} from '@denyscope/engine';
import type { AclGrant, Bucket } from '@denyscope/inventory';
import type { AskedObject, ExplainRequest } from '@denyscope/model';
import { answered, invalid, type Answered } from '../answered.ts';
import type { CompiledEstate } from '../compiled-estate.ts';
import { encryptionBy, isRequestersKey } from './key.ts';

/** Who asks to do what to an object of which bucket, as far as that tells what becomes of it. */
interface AskedUse {
  readonly bucket: Bucket;
  readonly caller: Pick<CallerFacts, 'account'>;
  readonly action: string;
  readonly context: NonNullable<ExplainRequest['context']>;
}

/** What the asker says of the object, with its owner and its key found in the scan. */
export function objectFacts(
  compiled: CompiledEstate,
  use: AskedUse,
  asked: AskedObject | undefined,
): Answered<ObjectFacts | undefined> {
  if (asked === undefined) return answered(undefined);
  const owner = ownerOf(compiled, use.bucket, asked.owner);
  if (!owner.ok) return owner;
  const grants = grantsOf(compiled, asked.grants);
  if (!grants.ok) return grants;
  const writer = writerOf(use, owner.answer);
  return answered({
    owner: owner.answer,
    grants: grants.answer,
    encryption: asked.encryption && saidEncryption(compiled, use.bucket, writer, asked.encryption),
    defaultEncryption: defaultOf(compiled, use.bucket, writer),
    lock: asked.lock,
  });
}

function saidEncryption(
  compiled: CompiledEstate,
  bucket: Bucket,
  writer: string,
  said: NonNullable<AskedObject['encryption']>,
): BucketEncryption {
  return encryptionBy(compiled, bucket, writer, {
    algorithm: said.SSEAlgorithm,
    kmsKey: said.KMSMasterKeyID,
    bucketKeyEnabled: said.BucketKeyEnabled ?? false,
  });
}

/** AWS (D.1): an id, an alias or aws/s3 as the default was a key of the account that wrote the object. */
function defaultOf(compiled: CompiledEstate, bucket: Bucket, writer: string): BucketEncryption | undefined {
  const byDefault = bucket.encryption.kind === 'seen' ? bucket.encryption.value : undefined;
  if (writer === bucket.accountId || !byDefault || !isRequestersKey(byDefault)) return undefined;
  return encryptionBy(compiled, bucket, writer, byDefault);
}

/** The grants of an ACL, each with the account behind its canonical user id where the scan knows it. */
export function aclGrants({ estate }: CompiledEstate, grants: readonly AclGrant[]): readonly AclGrantFacts[] {
  return grants.map(({ grantee, permission }) => ({
    grantee,
    permission,
    accountId: estate.canonicalUsers.get(grantee),
  }));
}

function grantsOf(
  compiled: CompiledEstate,
  asked: AskedObject['grants'],
): Answered<readonly AclGrantFacts[] | undefined> {
  if (asked === undefined) return answered(undefined);
  const listed: AclGrant[] = [];
  for (const [at, { Grantee, Permission }] of asked.entries()) {
    const grantee = Grantee.ID ?? Grantee.URI;
    if (grantee === undefined) return invalid('object', `/grants/${at}/Grantee: expected ID or URI`);
    listed.push({ grantee, permission: Permission });
  }
  return answered(aclGrants(compiled, listed));
}

/** The owner by account id where that is known; a canonical user id of another account may stay what it is. */
function ownerOf(
  { estate }: CompiledEstate,
  bucket: Bucket,
  owner: AskedObject['owner'],
): Answered<string | undefined> {
  if (owner === undefined) return answered(undefined);
  const accountId = estate.canonicalUsers.get(owner);
  if (accountId !== undefined) return answered(accountId);
  const isCanonical = !/^\d{12}$/.test(owner);
  if (isCanonical && estate.accounts.get(bucket.accountId)?.canonicalUserId === undefined) {
    return invalid(
      'object',
      `/owner: whose canonical user id \`${owner}\` is, this scan does not know: give the account's id`,
    );
  }
  return answered(owner);
}

/** The account whose key an object is under, where the key is not named by its ARN. */
function writerOf({ bucket, caller, action }: AskedUse, owner: string | undefined): string {
  if (writesObject(action)) return caller.account?.accountId ?? bucket.accountId;
  return owner ?? bucket.accountId;
}

/**
 * AWS (D.1): how what this caller writes is encrypted, where that is not the bucket's default as its owner sees it:
 * the request names its encryption, or the default names a key that each requester's account resolves.
 */
export function encryptionOfWrites(compiled: CompiledEstate, use: AskedUse): BucketEncryption | undefined {
  const { bucket, caller, action, context } = use;
  if (!writesObject(action)) return undefined;
  const accountId = caller.account?.accountId ?? bucket.accountId;
  const algorithm = headerOf(context, 's3:x-amz-server-side-encryption');
  if (algorithm !== undefined) {
    const byDefault = bucket.encryption.kind === 'seen' ? bucket.encryption.value : undefined;
    const kmsKey = headerOf(context, 's3:x-amz-server-side-encryption-aws-kms-key-id') ?? byDefault?.kmsKey;
    const bucketKeyEnabled = byDefault?.bucketKeyEnabled ?? false;
    return encryptionBy(compiled, bucket, accountId, { algorithm, kmsKey, bucketKeyEnabled });
  }
  return defaultOf(compiled, bucket, accountId);
}

/** The value of a header that the asker closed. */
function headerOf(context: AskedUse['context'], name: string): string | undefined {
  return Object.entries(context).find(([key]) => key.toLowerCase() === name)?.[1]?.[0];
}
