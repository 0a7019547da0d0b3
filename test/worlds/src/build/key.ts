import type { SnapshotData, SnapshotLine } from '@denyscope/model';
import { keyArn, rootArn } from './arn.ts';
import type { Tags } from './iam.ts';
import { hexOf, keyIdOf } from './ids.ts';
import {
  allow,
  indentedText,
  policy,
  type ConditionElement,
  type Document,
  type Statement,
} from './policy.ts';

/** A grant of a key: who, for which operations, under which encryption context. */
export interface KeyGrantSpec {
  readonly grantee: string;
  readonly operations: readonly string[];
  readonly constraints?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** How a key departs from a key that was made with the defaults. */
export interface KeySpec {
  readonly region?: string;
  /** The default policy delegates to the account. */
  readonly policy?: Document;
  readonly state?: string;
  readonly deletionDate?: string;
  readonly tags?: Tags;
  readonly grants?: readonly KeyGrantSpec[];
  readonly multiRegion?: boolean;
  /** `AWS` for an AWS managed key. */
  readonly manager?: 'AWS' | 'CUSTOMER';
  readonly unreadable?: NonNullable<SnapshotLine['unreadable']>;
}

/** The statement that leaves a key to the identity policies of its account. */
export function delegation(accountId: string): Statement {
  return allow('kms:*', '*', { Sid: 'Enable IAM User Permissions', Principal: { AWS: rootArn(accountId) } });
}

/** The policy of `aws/s3`: every principal of the account that S3 lets in, through S3 only. */
export function awsManagedKeyPolicy(accountId: string, region: string): Document {
  const throughS3: ConditionElement = {
    StringEquals: { 'kms:CallerAccount': accountId, 'kms:ViaService': `s3.${region}.amazonaws.com` },
  };
  const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const look = ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'];
  return {
    Version: '2012-10-17',
    Id: 'auto-s3-2',
    Statement: [
      allow(use, '*', { Sid: 'AllowThroughS3', Principal: { AWS: '*' }, Condition: throughS3 }),
      allow(look, '*', { Sid: 'AllowMetadata', Principal: { AWS: rootArn(accountId) } }),
    ],
  };
}

/** The ARN of the key that `key()` makes under this alias. */
export function keyArnOf(accountId: string, alias: string, spec: KeySpec = {}): string {
  const region = spec.region ?? 'eu-west-1';
  return keyArn(accountId, region, keyIdOf(`${accountId} ${region} ${alias}`, spec.multiRegion));
}

/** A symmetric key, known by its alias (without `alias/`). */
export function key(accountId: string, alias: string, spec: KeySpec = {}): SnapshotLine {
  const region = spec.region ?? 'eu-west-1';
  const arn = keyArnOf(accountId, alias, spec);
  const data: SnapshotData<'kms-key'> = {
    KeyMetadata: metadata(arn, accountId, spec),
    Policy: indentedText(spec.policy ?? policy(delegation(accountId))),
    Grants: (spec.grants ?? []).map((grant) => keyGrant(arn, grant)),
    Aliases: [
      {
        AliasName: `alias/${alias}`,
        AliasArn: `arn:aws:kms:${region}:${accountId}:alias/${alias}`,
        TargetKeyId: keyIdFrom(arn),
      },
    ],
    Tags: Object.entries(spec.tags ?? {}).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
  };
  const unreadable = spec.unreadable && { unreadable: spec.unreadable };
  return { kind: 'kms-key', accountId, region, data, ...unreadable };
}

/** `aws/s3` of an account and Region. */
export function awsManagedKey(accountId: string, region: string): SnapshotLine {
  return key(accountId, 'aws/s3', { region, manager: 'AWS', policy: awsManagedKeyPolicy(accountId, region) });
}

function keyIdFrom(arn: string): string {
  return arn.slice(arn.indexOf('/') + 1);
}

function metadata(arn: string, accountId: string, spec: KeySpec): SnapshotData<'kms-key'>['KeyMetadata'] {
  const state = spec.state ?? 'Enabled';
  return {
    AWSAccountId: accountId,
    KeyId: keyIdFrom(arn),
    Arn: arn,
    CreationDate: '2022-05-17T08:00:00Z',
    Enabled: state === 'Enabled',
    KeyState: state,
    KeyManager: spec.manager ?? 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyUsage: 'ENCRYPT_DECRYPT',
    Origin: 'AWS_KMS',
    MultiRegion: spec.multiRegion ?? false,
    ...(spec.deletionDate !== undefined && { DeletionDate: spec.deletionDate }),
    ...(spec.multiRegion === true && {
      MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', PrimaryKey: { Arn: arn }, ReplicaKeys: [] },
    }),
  };
}

function keyGrant(arn: string, grant: KeyGrantSpec): NonNullable<SnapshotData<'kms-key'>['Grants']>[number] {
  const name = `${arn} ${grant.grantee} ${grant.operations.join()}`;
  return {
    KeyId: arn,
    GrantId: hexOf(`grant ${name}`, 64),
    GranteePrincipal: grant.grantee,
    Operations: [...grant.operations],
    ...(grant.constraints && { Constraints: grant.constraints }),
  };
}
