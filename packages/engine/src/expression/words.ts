import { WHOLE_TYPE } from '../condition/whole-type.ts';

/** AWS's own spelling of keys that atoms hold in lower case. */
const KEY_NAMES: ReadonlyMap<string, string> = new Map(
  [
    'aws:CalledVia',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:CurrentTime',
    'aws:EpochTime',
    'aws:FederatedProvider',
    'aws:MultiFactorAuthAge',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalOrgID',
    'aws:PrincipalOrgPaths',
    'aws:PrincipalServiceName',
    'aws:PrincipalServiceNamesList',
    'aws:PrincipalType',
    'aws:Referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:ResourceOrgPaths',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'aws:SourceIdentity',
    'aws:SourceIp',
    'aws:SourceOrgID',
    'aws:SourceOrgPaths',
    'aws:SourceVpc',
    'aws:SourceVpcArn',
    'aws:SourceVpce',
    'aws:TagKeys',
    'aws:TokenIssueTime',
    'aws:UserAgent',
    'aws:ViaAWSService',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'aws:VpceOrgPaths',
    'aws:VpcSourceIp',
    'kms:CallerAccount',
    'kms:EncryptionContextKeys',
    'kms:GrantIsForAWSResource',
    'kms:KeyOrigin',
    'kms:KeySpec',
    'kms:KeyUsage',
    'kms:MultiRegion',
    'kms:RequestAlias',
    'kms:ResourceAliases',
    'kms:ViaService',
    's3:AccessGrantsInstanceArn',
    's3:AccessPointNetworkOrigin',
    's3:DataAccessPointAccount',
    's3:DataAccessPointArn',
    's3:ObjectCreationOperation',
    's3:RequestObjectTagKeys',
    's3:ResourceAccount',
    's3:TlsVersion',
    's3:authType',
    's3:signatureAge',
  ].map((name) => [name.toLowerCase(), name]),
);

/** Keys that end in a name of their own, such as a tag's. */
const KEY_FAMILIES = [
  'aws:PrincipalTag/',
  'aws:RequestTag/',
  'aws:ResourceTag/',
  'kms:EncryptionContext:',
  's3:AccessPointTag/',
  's3:BucketTag/',
  's3:ExistingObjectTag/',
  's3:RequestObjectTag/',
] as const;

/** A condition key in AWS's own spelling, where it is known. */
export function keyName(key: string): string {
  const name = KEY_NAMES.get(key);
  if (name !== undefined) return name;
  const family = KEY_FAMILIES.find((start) => key.startsWith(start.toLowerCase()));
  return family === undefined ? key : family + key.slice(family.length);
}

/**
 * What is said where a test holds, and where it does not, which may be for want of the key; and, where that reads
 * better, of a key that is there. `{}` stands for the values, `{name}` for the end of the key's name.
 */
export type Words = readonly [positive: string, negative: string, other?: string];

/** What is said of a value that is of a type, or is not, by test and value. */
export const TYPE_WORDS: ReadonlyMap<string, readonly [positive: string, negative: string]> = new Map([
  [`${WHOLE_TYPE.arn.test} ${WHOLE_TYPE.arn.value.text}`, ['is an ARN', 'is not an ARN']],
  [`${WHOLE_TYPE.number.test} ${WHOLE_TYPE.number.value.text}`, ['is a number', 'is not a number']],
  [`${WHOLE_TYPE.date.test} ${WHOLE_TYPE.date.value.text}`, ['is a date', 'is not a date']],
]);
