/** Condition keys with values of a request and values of a policy that hit them or just miss. */
export interface KeyPool {
  readonly name: string;
  readonly multiValued?: true;
  readonly given: readonly string[];
  readonly wanted: readonly string[];
  /** Operators that fit the key, without quantifier and IfExists. */
  readonly operators: readonly string[];
}

const STRINGS = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
] as const;
const NUMBERS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map(
  (end) => `Numeric${end}`,
);
const DATES = NUMBERS.map((name) => name.replace('Numeric', 'Date'));
const ARNS = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'] as const;

export const OPERATORS: readonly string[] = [
  ...STRINGS,
  ...NUMBERS,
  ...DATES,
  ...ARNS,
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
];

const VARIABLES = [
  '${aws:username}',
  '${AWS:Username}',
  '${aws:PrincipalTag/team}',
  "${aws:PrincipalTag/none, 'raw'}",
  '${aws:PrincipalTag/none}',
  '${aws:TagKeys}',
  '${*}',
] as const;

export const KEYS: readonly KeyPool[] = [
  {
    name: 'aws:SourceIp',
    given: ['203.0.113.9', '10.1.2.3', '2001:db8::1', 'somewhere'],
    wanted: ['203.0.113.0/24', '203.0.113.9', '10.0.0.0/8', '2001:db8::/32', '0.0.0.0/0', 'nowhere'],
    operators: ['IpAddress', 'NotIpAddress'],
  },
  {
    name: 'aws:SecureTransport',
    given: ['true', 'false'],
    wanted: ['true', 'false', 'TRUE'],
    operators: ['Bool'],
  },
  {
    name: 'aws:username',
    given: ['ann', 'Ann', '*'],
    wanted: ['ann', 'ANN', 'a?n', '*', 'bob', '${*}'],
    operators: STRINGS,
  },
  {
    name: 'aws:PrincipalTag/team',
    given: ['raw', 'home', '*', 'ann'],
    wanted: ['raw', 'r*', 'home', ...VARIABLES],
    operators: STRINGS,
  },
  {
    name: 's3:prefix',
    given: ['home/ann', 'home/*', 'raw/', ''],
    wanted: ['home/*', 'home/${aws:username}', 'home/${aws:username}*', '${aws:userid}/*', 'raw/', '', '*'],
    operators: STRINGS,
  },
  {
    name: 's3:max-keys',
    given: ['10', '5', '10.0', 'many'],
    wanted: ['10', '5', '-1', '9.5', 'few'],
    operators: NUMBERS,
  },
  {
    name: 'aws:CurrentTime',
    given: ['2026-11-22T02:00:00Z', '1795312800', 'now'],
    wanted: ['2026-11-22T02:00:00Z', '2026-11-22', '1795312800', '2027-01-01T00:00:00+01:00', 'soon'],
    operators: DATES,
  },
  {
    name: 'aws:PrincipalArn',
    given: ['arn:aws:iam::111111111111:role/team/app', 'arn:aws:iam::222222222222:role/app', 'nobody'],
    wanted: [
      'arn:aws:iam::111111111111:role/team/app',
      'arn:aws:iam::*:role/app',
      'arn:aws:iam::111111111111:*',
      'arn:aws:*:role/team/app',
      'arn:aws:iam::111111111111:role/${aws:PrincipalTag/team}/*',
      'app',
    ],
    operators: [...ARNS, 'StringLike', 'StringNotLike', 'StringEquals'],
  },
  {
    name: 's3:digest',
    given: ['QUJD', 'QUJE'],
    wanted: ['QUJD', 'QUJE', 'QUJD=', '?'],
    operators: ['BinaryEquals'],
  },
  {
    name: 'aws:TagKeys',
    multiValued: true,
    given: ['cost', 'team', 'Team'],
    wanted: ['cost', 'team', 't*', 'owner'],
    operators: STRINGS,
  },
  {
    name: 'kms:Counts',
    multiValued: true,
    given: ['1', '5', 'x'],
    wanted: ['1', '3', 'y'],
    operators: NUMBERS,
  },
  {
    name: 'aws:CalledVia',
    multiValued: true,
    given: ['athena.amazonaws.com', 'kms.amazonaws.com'],
    wanted: ['athena.amazonaws.com', '*.amazonaws.com', '${aws:username}'],
    operators: STRINGS,
  },
  {
    name: 'aws:ResourceTag/team',
    given: ['raw', 'home'],
    wanted: ['raw', '${aws:PrincipalTag/team}'],
    operators: STRINGS,
  },
  {
    name: 'aws:SourceVpce',
    given: ['vpce-0a', 'vpce-0b'],
    wanted: ['vpce-0a', 'vpce-0*', '*'],
    operators: STRINGS,
  },
  {
    name: 'aws:MultiFactorAuthPresent',
    given: ['true', 'false'],
    wanted: ['true', 'false'],
    operators: ['Bool'],
  },
  {
    name: 'aws:userid',
    given: ['AROAEXAMPLEAPP0000001:run', 'AIDAEXAMPLEANN0000001'],
    wanted: [
      'AROAEXAMPLEAPP0000001:*',
      'AROAEXAMPLEAPP0000001:run',
      '*:r?n',
      'AIDAEXAMPLEANN0000001',
      '${aws:userid}',
    ],
    operators: STRINGS,
  },
  { name: 'aws:PrincipalOrgID', given: ['o-x', 'o-y'], wanted: ['o-x', 'o-*'], operators: STRINGS },
];

const NETWORK = KEYS.filter(({ name }) => /:(SourceIp|SourceVpce)$/.test(name));

/** Keys that a scan leaves open for calls to S3, those of the network twice, and some that it knows. */
export const OPEN_KEYS: readonly KeyPool[] = [
  ...KEYS.filter(({ name }) =>
    /:(SecureTransport|MultiFactorAuthPresent|CalledVia|userid|prefix|max-keys|username|PrincipalArn)$/.test(
      name,
    ),
  ),
  ...NETWORK,
  ...NETWORK,
  {
    name: 's3:DataAccessPointAccount',
    given: ['111111111111'],
    wanted: ['111111111111', '222222222222', '1*'],
    operators: STRINGS,
  },
  {
    name: 's3:DataAccessPointArn',
    given: ['arn:aws:s3:eu-west-1:111111111111:accesspoint/door'],
    wanted: ['arn:aws:s3:eu-west-1:111111111111:accesspoint/*', 'arn:aws:s3:*:222222222222:accesspoint/door'],
    operators: [...ARNS, 'StringLike'],
  },
  {
    name: 'aws:SourceVpc',
    given: ['vpc-0a', 'vpc-0b'],
    wanted: ['vpc-0a', 'vpc-0*'],
    operators: STRINGS,
  },
];

/** What a key's policy asks of the call that S3 makes for the caller. */
export const KMS_KEYS: readonly KeyPool[] = [
  ...KEYS.filter(({ name }) => /:(MultiFactorAuthPresent|userid|SourceIp|PrincipalArn)$/.test(name)),
  { name: 'aws:ViaAWSService', given: ['true'], wanted: ['true', 'false'], operators: ['Bool'] },
  {
    name: 'kms:ViaService',
    given: ['s3.eu-west-1.amazonaws.com'],
    wanted: ['s3.eu-west-1.amazonaws.com', 's3.*.amazonaws.com', 'ec2.eu-west-1.amazonaws.com'],
    operators: STRINGS,
  },
  { name: 'kms:CallerAccount', given: ['111111111111'], wanted: ['111111111111', '2*'], operators: STRINGS },
  {
    name: 'kms:EncryptionContext:aws:s3:arn',
    given: ['arn:aws:s3:::data'],
    wanted: ['arn:aws:s3:::data', 'arn:aws:s3:::data/*', 'arn:aws:s3:::data/raw/?', 'arn:aws:s3:::*/a'],
    operators: [...STRINGS, ...ARNS],
  },
];
