import type { BucketEncryption, GrantFacts, KeyFacts } from '@denyscope/engine';
import { gapAt, type Bucket, type DefaultEncryption, type KeyGrant, type KmsKey } from '@denyscope/inventory';
import {
  absent,
  mapObserved,
  NOT_COLLECTED,
  parseArn,
  seen,
  unreadable,
  type Arn,
  type CoverageGap,
  type Observed,
} from '@denyscope/model';
import type { CompiledEstate } from '../compiled-estate.ts';
import { accountFacts, rcpsOf } from './organization.ts';

/** A KMS key with all that guards it. */
export function keyFacts(compiled: CompiledEstate, key: KmsKey): KeyFacts {
  return {
    arn: key.arn,
    account: accountFacts(compiled, key.accountId),
    region: key.region,
    state: key.state === undefined ? unreadable(NOT_COLLECTED) : seen(key.state),
    deletionDate: key.deletionDate,
    spec: key.spec,
    policy: compiled.policySource(`${key.arn}#policy`, key.arn, key.policy, 'key'),
    grants: mapObserved(key.grants, (grants) => grants.map(grantFacts)),
    tags: key.tags,
    aliases: key.aliases,
    // AWS (B.3): RCPs do not reach AWS managed keys.
    rcps: key.manager === 'AWS' ? undefined : rcpsOf(compiled, key.accountId),
  };
}

function grantFacts({ id, grantee, operations, constraints }: KeyGrant): GrantFacts {
  const { EncryptionContextSubset, EncryptionContextEquals, ...others } = constraints ?? {};
  return {
    id,
    grantee,
    operations,
    contextSubset: pairsOf(EncryptionContextSubset),
    contextEquals: pairsOf(EncryptionContextEquals),
    unknownConstraint: Object.keys(others).find((name) => others[name] !== undefined),
  };
}

function pairsOf(constraint: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof constraint !== 'object' || constraint === null) return undefined;
  return Object.fromEntries(Object.entries(constraint).map(([name, value]) => [name, String(value)]));
}

/** How the bucket encrypts what names no encryption, as its owner's account writes it: semantics.md D.1. */
export function bucketEncryption(compiled: CompiledEstate, bucket: Bucket): Observed<BucketEncryption> {
  return mapObserved(bucket.encryption, (encryption) =>
    encryptionBy(compiled, bucket, bucket.accountId, encryption),
  );
}

/** What an encryption setting comes to for an account that writes under it. */
export function encryptionBy(
  compiled: CompiledEstate,
  bucket: Bucket,
  accountId: string,
  { algorithm, kmsKey, bucketKeyEnabled }: Omit<DefaultEncryption, 'sseCBlocked'>,
): BucketEncryption {
  if (!algorithm.startsWith('aws:kms')) return { kind: 'sse-s3' };
  // AWS (D.1): double encryption uses no Bucket Keys.
  const bucketKey = bucketKeyEnabled && algorithm !== 'aws:kms:dsse';
  const arn = parseArn(kmsKey ?? '');
  const named = arn
    ? keyByArn(compiled, arn)
    : keyByName(compiled, { ...placeOf(bucket), name: kmsKey ?? AWS_MANAGED, accountId });
  return 'kind' in named ? named : { kind: 'kms', key: named, bucketKey };
}

/** Does the setting leave the key to the requester's account? AWS (D.1): an id, an alias, or aws/s3. */
export function isRequestersKey({ algorithm, kmsKey }: DefaultEncryption): boolean {
  return algorithm.startsWith('aws:kms') && parseArn(kmsKey ?? '') === undefined;
}

const AWS_MANAGED = 'alias/aws/s3';

/** Where a key or an alias is looked for. */
interface KeyPlace {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string | undefined;
}

interface KeyName extends KeyPlace {
  /** `key/<id>`, a bare id, or `alias/…`. */
  readonly name: string;
}

function placeOf({ arn, region }: Bucket): Omit<KeyPlace, 'accountId'> {
  return { partition: parseArn(arn)?.partition ?? 'aws', region };
}

type Named = KeyFacts | Extract<BucketEncryption, { kind: 'unknown-key' | 'no-key' }>;

/** A key or alias whose account and Region the ARN names. */
function keyByArn(compiled: CompiledEstate, arn: Arn): Named {
  const key = compiled.estate.keys.get(arn.text) ?? keyOfAlias(compiled, arn);
  if (key) return keyFacts(compiled, key);
  if (arn.resource === AWS_MANAGED) return awsManagedKey(compiled, arn);
  const reason = whyUnseen('the key is not in the scan', keysGap(compiled, arn));
  if (arn.resource.startsWith('key/')) return unseenKey(compiled, arn, reason);
  return { kind: 'unknown-key', name: arn.text, reason };
}

/** A bare key id, or an alias, of one account. */
function keyByName(compiled: CompiledEstate, named: KeyName): Named {
  const { name, accountId, region, partition } = named;
  const key = findKey(compiled, named);
  if (key) return keyFacts(compiled, key);
  if (name === AWS_MANAGED) return awsManagedKey(compiled, named);
  const gap = keysGap(compiled, named, name.startsWith('alias/'));
  if (gap === undefined && knowsAllKeys(compiled, named)) {
    return {
      kind: 'no-key',
      note: `account ${accountId} has no key \`${name}\` in ${region ?? 'its Region'}`,
    };
  }
  const reason = whyUnseen(`the keys of account ${accountId} are not in the scan`, gap);
  const place = `arn:${partition}:kms:${region ?? '*'}:${accountId}`;
  const arn = parseArn(`${place}:key/${name.replace(/^key\//, '')}`);
  if (arn && !name.startsWith('alias/')) return unseenKey(compiled, arn, reason);
  return { kind: 'unknown-key', name: `${place}:${name}`, reason };
}

/** By key ARN, key id, alias ARN or alias name. */
function findKey(
  { estate }: CompiledEstate,
  { name, accountId, region }: Omit<KeyName, 'partition'>,
): KmsKey | undefined {
  return [...estate.keys.values()].find(
    (key) =>
      key.accountId === accountId &&
      key.region === region &&
      (key.id === name || `key/${key.id}` === name || hasAlias(key, name)),
  );
}

/** The key that an alias ARN names. */
export function keyOfAlias(compiled: CompiledEstate, arn: Arn): KmsKey | undefined {
  const { resource: name, accountId, region } = arn;
  return findKey(compiled, { name, accountId, region });
}

function hasAlias(key: KmsKey, alias: string): boolean {
  return key.aliases.kind === 'seen' && key.aliases.value.includes(alias);
}

/** What kept the scan from listing the keys of the account and Region, or the aliases where one is looked for. */
function keysGap(
  { estate }: CompiledEstate,
  place: { readonly accountId: string; readonly region: string | undefined },
  isAlias = false,
): CoverageGap | undefined {
  return gapAt(estate.gaps, place, ['kms:ListKeys', ...(isAlias ? ['kms:ListAliases'] : [])]);
}

function whyUnseen(what: string, gap: CoverageGap | undefined): string {
  return gap === undefined ? what : `${what}: ${gap.step} ${gap.reason}`;
}

/** Would the scan have seen this key of the account and Region, if there were one? */
function knowsAllKeys(compiled: CompiledEstate, { accountId, region }: KeyPlace): boolean {
  const { estate } = compiled;
  const keys = [...estate.keys.values()].filter((key) => key.accountId === accountId);
  const here = keys.filter((key) => key.region === region);
  const isHidden = here.some((key) => key.aliases.kind === 'unreadable');
  // Where nobody told which Regions are enabled, only a key shows that this one was looked into.
  const isUnvisited = here.length === 0 && gapAt(estate.gaps, { accountId }, REGION_STEPS) !== undefined;
  const wasScanned = keys.length > 0 || compiled.principalsOf(accountId).length > 0;
  return estate.collectedKinds.has('kms-key') && wasScanned && !isUnvisited && !isHidden;
}

const REGION_STEPS = ['ec2:DescribeRegions', 'account:ListRegions'];

/** A key of which only its name is known. */
function unseenKey(compiled: CompiledEstate, { text, accountId, region }: Arn, reason: string): KeyFacts {
  const why = unreadable(reason);
  return {
    arn: text,
    account: accountFacts(compiled, accountId),
    region,
    state: why,
    deletionDate: undefined,
    policy: { document: `${text}#policy`, attachedTo: text, policy: why },
    grants: why,
    tags: why,
    aliases: why,
    rcps: rcpsOf(compiled, accountId),
  };
}

/**
 * AWS (D.1, D.4): the aws/s3 key admits every identity of its own account through S3, and nobody else. Where the scan
 * has no line for it, its policy, which AWS fixes, is supplied.
 */
function awsManagedKey(compiled: CompiledEstate, { partition, accountId, region }: KeyPlace): KeyFacts {
  // Policies name keys by `key/…`, never by an alias; the id of this one is AWS's.
  const arn = `arn:${partition}:kms:${region ?? '*'}:${accountId}:key/aws/s3`;
  const condition = {
    StringEquals: { 'kms:CallerAccount': accountId },
    StringLike: { 'kms:ViaService': `s3.${region ?? '*'}.amazonaws.com` },
  };
  const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Action: actions,
    Resource: '*',
    Condition: condition,
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    arn,
    account: accountFacts(compiled, accountId),
    region,
    state: seen('Enabled'),
    deletionDate: undefined,
    policy: compiled.policySource(
      `${arn}#policy`,
      arn,
      seen({ hash: `aws/s3 ${accountId} ${region ?? '*'}`, text }),
      'key',
    ),
    grants: absent(),
    tags: absent(),
    aliases: seen([AWS_MANAGED]),
    rcps: undefined,
  };
}
