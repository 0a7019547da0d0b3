/** The small pool of names that requests and policies share, so that hits and near misses are both common. */
export const OWN = '111111111111';
export const OTHER = '222222222222';

const ROLE = `arn:aws:iam::${OWN}:role/team/app`;
const SERVICE_LINKED = `arn:aws:iam::${OWN}:role/aws-service-role/scan.amazonaws.com/AWSServiceRoleForScan`;

/** Callers of every kind. */
export const CALLERS = [
  ROLE,
  `arn:aws:sts::${OWN}:assumed-role/app/run`,
  `arn:aws:iam::${OWN}:user/ann`,
  `arn:aws:iam::${OWN}:user/staff/bob`,
  `arn:aws:sts::${OWN}:federated-user/ann`,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:role/app`,
  `arn:aws:sts::${OTHER}:assumed-role/app/run`,
  `arn:aws:iam::${OTHER}:user/ann`,
  `arn:aws:iam::${OTHER}:root`,
  SERVICE_LINKED,
  'cloudtrail.amazonaws.com',
  'anonymous',
] as const;

/** What a Principal element may list, by type. */
export const AWS_NAMES = [
  '*',
  OWN,
  OTHER,
  `arn:aws:iam::${OWN}:root`,
  `arn:aws:iam::${OTHER}:root`,
  ROLE,
  `arn:aws:iam::${OWN}:role/app`,
  `arn:aws:iam::${OWN}:role/team/App`,
  `arn:aws:iam::${OTHER}:role/app`,
  `arn:aws:sts::${OWN}:assumed-role/app/run`,
  `arn:aws:sts::${OWN}:assumed-role/app/Run`,
  `arn:aws:sts::${OTHER}:assumed-role/app/run`,
  `arn:aws:iam::${OWN}:user/ann`,
  `arn:aws:iam::${OWN}:user/bob`,
  `arn:aws:iam::${OWN}:user/staff/bob`,
  `arn:aws:iam::${OTHER}:user/ann`,
  `arn:aws:sts::${OWN}:federated-user/ann`,
  SERVICE_LINKED,
  'AROAEXAMPLE00000000',
  `arn:aws:iam::${OWN}:role/team/*`,
] as const;

/** What is asked for: an action and what it is authorised against. */
export interface Target {
  readonly action: string;
  readonly resource: string;
  readonly wildcardOnly?: true;
}

const KEY = (account: string): string => `arn:aws:kms:eu-west-1:${account}:key/1a2b`;

export const TARGETS: readonly Target[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/a' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/home/ann/x' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::data/ann' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' },
  { action: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::data' },
  { action: 's3:ListAllMyBuckets', resource: '*', wildcardOnly: true },
  { action: 'kms:Decrypt', resource: KEY(OWN) },
  { action: 'kms:GenerateDataKey', resource: KEY(OTHER) },
  { action: 'kms:PutKeyPolicy', resource: KEY(OWN) },
  { action: 'kms:RetireGrant', resource: KEY(OWN) },
  { action: 'kms:ListKeys', resource: '*', wildcardOnly: true },
  { action: 'sts:AssumeRole', resource: ROLE },
  { action: 'sqs:SendMessage', resource: `arn:aws:sqs:eu-west-1:${OWN}:orders` },
  { action: 'dynamodb:GetItem', resource: `arn:aws:dynamodb:eu-west-1:${OWN}:table/data` },
  { action: 'ec2:DescribeInstances', resource: '*', wildcardOnly: true },
];

/** Resources that a case may name by a pattern, which the specification does not read: it asks for concrete ones. */
export const PATTERNS: readonly Target[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::data/raw/*' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::data/home/*/x' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::dat?' },
];

/** Some of the resources that the pattern names. */
export function namedBy(pattern: string): readonly string[] {
  const fillings = ['', 'a', 'ann', 'ann/x', 'raw/a', '*', 'x'];
  return fillings.map((filling) => pattern.replace('*', filling).replace('?', filling.slice(0, 1) || 'a'));
}

/** Actions as a policy writes them, for the action of a target. */
export const ACTION_FORMS: readonly ((action: string) => string)[] = [
  () => '*',
  (action) => action,
  (action) => action.toUpperCase(),
  (action) => `${serviceOf(action)}:*`,
  (action) => action.replace(/.$/, '?'),
  (action) => action.replace(/:(...).*$/, ':$1*'),
  (action) => `${action}s`,
  (action) => `${serviceOf(action)}:*Object`,
  () => 's3:Get*',
  () => 'kms:*',
  () => 's3:PutObject',
  () => 'sts:AssumeRole',
];

function serviceOf(action: string): string {
  return action.replace(/:.*$/, '');
}

/** Resources as a policy writes them, for the resource of a target. */
export const RESOURCE_FORMS: readonly ((resource: string) => string)[] = [
  () => '*',
  (resource) => resource,
  (resource) => `${resource}*`,
  (resource) => resource.replace(/.$/, '?'),
  (resource) => resource.replace(/[^/:]*$/, '*'),
  (resource) => `${resource}x`,
  (resource) => resource.split(':').slice(0, 3).join(':'),
  (resource) => `${resource.split(':').slice(0, 2).join(':')}:*`,
  (resource) => `${resource.split(':').slice(0, 2).join(':')}:s?`,
  (resource) => resource.replace(OWN, '*'),
  () => 'arn:aws:s3:::*',
  () => 'arn:aws:s3:::data/*',
  () => 'arn:aws:s3:::data/${aws:username}',
  () => 'arn:aws:s3:::data/home/${aws:username}/*',
  () => "arn:aws:s3:::data/${aws:PrincipalTag/team, 'raw'}/*",
  () => "arn:aws:s3:::data/${aws:PrincipalTag/none, 'raw'}/a",
  () => 'arn:aws:s3:::data/home/${aws:userid}/*',
  () => 'arn:aws:s3:::data/*/a',
  () => 'arn:aws:s3:::data/raw/${*}',
  () => 'arn:aws:s3:::data/${aws:TagKeys}/*',
  () => 'arn:*:s?:*:*:data/raw/a',
  () => 'arn:aws:kms:*:*:key/*',
];
