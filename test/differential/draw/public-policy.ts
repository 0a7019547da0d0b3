import fc from 'fast-check';
import { AWS_NAMES } from './names.ts';

const ROLE_SESSIONS = 'AROAEXAMPLEEXAMPLE01:*';

/** Keys of semantics.md C.7 and some that do not count, with values that are fixed and values that are not. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'aws:PrincipalOrgID': ['o-x', 'o-*', '${aws:PrincipalOrgID}'],
  'aws:PrincipalOrgPaths': ['o-x/r-y/ou-z/', 'o-x/*', 'o-*/r-y/'],
  'aws:PrincipalAccount': ['111111111111', '1111*'],
  'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/*', 'arn:aws:iam::*:role/app', '*'],
  'aws:SourceIp': [
    '203.0.113.0/24',
    '10.0.0.0/8',
    '64.0.0.0/7',
    '192.168.0.0/16',
    '2001:db8::/32',
    '2000::/3',
    'x',
  ],
  'aws:SourceArn': ['arn:aws:s3:::data', 'arn:aws:sns:eu-west-1:111111111111:*'],
  'aws:SourceAccount': ['111111111111', '*'],
  'aws:SourceOwner': ['111111111111'],
  'aws:SourceOrgID': ['o-x'],
  'aws:SourceVpc': ['vpc-1', 'vpc-*'],
  'aws:SourceVpce': ['vpce-1', 'vpce-?', '${aws:SourceVpce}'],
  'aws:userid': ['AIDAEXAMPLEEXAMPLE01', ROLE_SESSIONS, '*:session'],
  's3:DataAccessPointArn': [
    'arn:aws:s3:eu-west-1:111111111111:accesspoint/*',
    'arn:aws:s3:eu-west-1:*:accesspoint/one',
    'arn:aws:s3:*:111111111111:accesspoint/one',
  ],
  's3:DataAccessPointAccount': ['111111111111', '*'],
  'aws:PrincipalIsAWSService': ['true', 'false'],
  'aws:PrincipalServiceName': ['*.amazonaws.com'],
  'aws:VpceAccount': ['111111111111'],
  'aws:SecureTransport': ['true'],
  's3:prefix': ['home/'],
  'aws:PrincipalTag/team': ['raw'],
  'aws:Referer': ['https://example.com'],
};

const OPERATORS = [
  'StringEquals',
  'StringEquals',
  'StringLike',
  'StringEqualsIgnoreCase',
  'StringNotEquals',
  'StringEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringEquals',
  'ArnLike',
  'ArnNotLike',
  'IpAddress',
  'NotIpAddress',
  'Bool',
  'NumericEquals',
  'NumericLessThan',
  'Null',
] as const;

const condition = fc.constantFrom(...Object.entries(VALUES)).chain(([key, values]) =>
  fc.record({
    operator: fc.constantFrom(...OPERATORS),
    key: fc.constantFrom(key, key.toLowerCase()),
    values: fc.array(fc.constantFrom(...values), { maxLength: 2 }),
  }),
);

/** Operators without variables: AWS refuses them with one. */
function isRefused(operator: string, value: string): boolean {
  return /Ip|Numeric|Null/.test(operator) && value.includes('${');
}

const statement = fc.record({
  effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
  principal: fc.oneof(
    fc.constant({ Principal: '*' }),
    fc.constant({ Principal: '*' }),
    fc.constantFrom(...AWS_NAMES).map((name) => ({ Principal: { AWS: [name] } })),
    fc.constant({ Principal: { Service: 'cloudtrail.amazonaws.com' } }),
    fc.constant({ NotPrincipal: { AWS: '111111111111' } }),
    fc.constant({}),
  ),
  conditions: fc.array(condition, { maxLength: 2 }),
});

/** Bucket policies whose Allow statements are open to everyone, or held to values that are fixed or not. */
export const publicPolicy: fc.Arbitrary<object> = fc
  .record({
    version: fc.constantFrom('2012-10-17', '2008-10-17'),
    statements: fc.array(statement, { maxLength: 2 }),
  })
  .map(({ version, statements }) => ({
    Version: version,
    Statement: statements.map(({ effect, principal, conditions }) => ({
      Effect: effect,
      Action: 's3:GetObject',
      Resource: '*',
      ...principal,
      Condition: Object.fromEntries(
        conditions.map(({ operator, key, values }) => [
          operator,
          { [key]: values.filter((value) => !isRefused(operator, value)) },
        ]),
      ),
    })),
  }));
