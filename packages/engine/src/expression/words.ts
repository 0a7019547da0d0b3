import type { ValueTest } from '../condition/compare.ts';
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
    'aws:PrincipalType',
    'aws:Referer',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
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
    'aws:TokenIssueTime',
    'aws:UserAgent',
    'aws:ViaAWSService',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    'aws:VpceOrgPaths',
    'aws:VpcSourceIp',
    'kms:CallerAccount',
    'kms:EncryptionContextKeys',
    'kms:ViaService',
    's3:DataAccessPointAccount',
    's3:DataAccessPointArn',
    's3:RequestObjectTagKeys',
    's3:ResourceAccount',
    's3:TlsVersion',
    's3:authType',
    's3:signatureAge',
  ].map((name) => [name.toLowerCase(), name]),
);

/** A condition key in AWS's own spelling, where it is known. */
export function keyName(key: string): string {
  return KEY_NAMES.get(key) ?? key;
}

/** What is said where a test holds, and where it does not; `{}` stands for the values. */
export type Words = readonly [positive: string, negative: string];

/** Phrases for what people meet most, by key and test. */
export const PHRASES: ReadonlyMap<string, Words> = new Map([
  ['aws:sourcevpce equals', ['through {}', 'not through {}']],
  ['aws:sourcevpc equals', ['from {}', 'not from {}']],
  ['aws:sourceip in', ['from {}', 'not from {}']],
  ['aws:vpcsourceip in', ['from {} in a VPC', 'not from {} in a VPC']],
  ['key like', ['objects {} only', 'not objects {}']],
  ['key equals', ['object {} only', 'not object {}']],
  ['s3:prefix equals', ['listing prefix {} only', 'not listing prefix {}']],
  ['s3:prefix like', ['listing prefix {} only', 'not listing prefix {}']],
  ['session-name equals', ['session {} only', 'not session {}']],
]);

/** Phrases by key and value, for keys that are true or false. What is not false may be absent, where it can be. */
export const BOOLEANS: ReadonlyMap<string, Words> = new Map([
  ['aws:securetransport true', ['over TLS', 'without TLS']],
  ['aws:securetransport false', ['without TLS', 'over TLS']],
  ['aws:multifactorauthpresent true', ['with MFA', 'without MFA']],
  [
    'aws:multifactorauthpresent false',
    ['with temporary credentials without MFA', 'with MFA or with long-term credentials'],
  ],
  ['aws:viaawsservice true', ['through an AWS service', 'not through an AWS service']],
  ['aws:viaawsservice false', ['not through an AWS service', 'through an AWS service']],
]);

/** The verb of each test. */
export const TEST_WORDS: Readonly<Record<ValueTest, Words>> = {
  equals: ['is', 'is not'],
  'equals-ignore-case': ['is', 'is not'],
  bool: ['is', 'is not'],
  like: ['is like', 'is not like'],
  'arn-like': ['is like', 'is not like'],
  in: ['is in', 'is not in'],
  'binary-equals': ['is', 'is not'],
  'numeric-equals': ['is', 'is not'],
  'numeric-less': ['is below', 'is not below'],
  'numeric-less-or-equal': ['is at most', 'is above'],
  'date-equals': ['is', 'is not'],
  'date-less': ['is before', 'is not before'],
  'date-less-or-equal': ['is not after', 'is after'],
};

/** What is said of a value that is of a type, or is not, by test and value. */
export const TYPE_WORDS: ReadonlyMap<string, Words> = new Map([
  [`${WHOLE_TYPE.arn.test} ${WHOLE_TYPE.arn.value.text}`, ['is an ARN', 'is not an ARN']],
  [`${WHOLE_TYPE.number.test} ${WHOLE_TYPE.number.value.text}`, ['is a number', 'is not a number']],
  [`${WHOLE_TYPE.date.test} ${WHOLE_TYPE.date.value.text}`, ['is a date', 'is not a date']],
]);

/** Phrases for keys that are there or not. */
export const PRESENCE: ReadonlyMap<string, Words> = new Map([
  ['aws:sourcevpce', ['through a VPC endpoint', 'not through a VPC endpoint']],
  ['aws:sourcevpc', ['from a VPC', 'not from a VPC']],
  ['aws:sourceip', ['from a public address', 'not from a public address']],
]);
