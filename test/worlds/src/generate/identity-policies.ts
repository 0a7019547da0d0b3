/** What identity policies say, well and badly: each row is a shape that real accounts hold. */
import { endpointIdOf } from '../build/network.ts';
import { allow, deny, policy, type Document, type Statement } from '../build/policy.ts';
import { endpointName } from './network.ts';
import { anyAccount, anyBucket, anyKey, anyRegion, anyTag, when, type Shape, type Site } from './site.ts';

const READ = ['s3:GetObject', 's3:GetObjectVersion'];
const LIST = ['s3:ListBucket', 's3:GetBucketLocation'];
const KEY_USE = ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];

function readOf(bucket: string): readonly Statement[] {
  return [allow(LIST, bucket), allow(READ, `${bucket}/*`)];
}

function keyOf(site: Site, account = site.account): string {
  return anyKey(site, anyRegion(site), account).arn;
}

const GRANTS: readonly [Shape, ...Shape[]] = [
  { name: 'own bucket, read', weight: 12, make: (site) => readOf(anyBucket(site).arn) },
  {
    name: 'own bucket with its key',
    weight: 10,
    make: (site) => [
      ...readOf(anyBucket(site).arn),
      allow(['s3:PutObject', 's3:DeleteObject'], `${anyBucket(site).arn}/*`),
      allow(KEY_USE, keyOf(site)),
    ],
  },
  {
    name: 'everything of the team',
    weight: 5,
    make: ({ account }) => [
      allow('s3:*', [`arn:aws:s3:::${account.team}-*`, `arn:aws:s3:::${account.team}-*/*`]),
      allow('kms:*', `arn:aws:kms:*:${account.id}:key/*`),
    ],
  },
  {
    name: 'another account’s bucket',
    weight: 6,
    make: (site) => {
      const owner = anyAccount(site);
      return [...readOf(anyBucket(site, owner).arn), allow(KEY_USE, keyOf(site, owner))];
    },
  },
  {
    name: 'a prefix',
    weight: 4,
    make: (site) => {
      const bucket = anyBucket(site).arn;
      const prefix = site.random.pick(['raw', 'curated', 'exports/2026']);
      return [
        allow('s3:ListBucket', bucket, {
          Condition: when('StringLike', 's3:prefix', [`${prefix}/*`, prefix]),
        }),
        allow([...READ, 's3:PutObject'], `${bucket}/${prefix}/*`),
      ];
    },
  },
  {
    name: 'home folders',
    weight: 3,
    make: (site) => {
      const bucket = anyBucket(site).arn;
      const variable = site.random.pick(['${aws:username}', '${aws:userid}', '${aws:PrincipalTag/team}']);
      return [
        allow('s3:ListBucket', bucket, { Condition: when('StringLike', 's3:prefix', `home/${variable}/*`) }),
        allow('s3:*Object', `${bucket}/home/${variable}/*`),
      ];
    },
  },
  {
    name: 'by resource tag',
    weight: 3,
    make: (site) => {
      const [key, value] = anyTag(site);
      return [
        allow([...READ, ...KEY_USE], '*', {
          Condition: when('StringEquals', `aws:ResourceTag/${key}`, value),
        }),
      ];
    },
  },
  {
    name: 'keys by alias',
    weight: 2,
    make: (site) => [
      allow('kms:Decrypt', '*', {
        Condition: when('ForAnyValue:StringLike', 'kms:ResourceAliases', `alias/${site.account.team}-*`),
      }),
    ],
  },
  {
    name: 'keys through S3 only',
    weight: 3,
    make: () => [
      allow(KEY_USE, '*', { Condition: when('StringLike', 'kms:ViaService', 's3.*.amazonaws.com') }),
    ],
  },
  {
    name: 'all but administration',
    weight: 2,
    make: () => [{ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 's3:Delete*'], Resource: '*' }],
  },
  {
    name: 'all but one bucket',
    weight: 1,
    make: (site) => {
      const { arn } = anyBucket(site);
      return [{ Effect: 'Allow', Action: 's3:Get*', NotResource: [arn, `${arn}/*`] }];
    },
  },
  {
    name: 'from a known place',
    weight: 3,
    make: (site) => [
      allow(READ, `${anyBucket(site).arn}/*`, {
        Condition: site.random.pick([
          when('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32']),
          when(
            'StringEquals',
            'aws:SourceVpce',
            endpointIdOf(site.account.id, endpointName(anyRegion(site))),
          ),
          when('Bool', 'aws:MultiFactorAuthPresent', 'true'),
          when(
            'DateLessThan',
            'aws:CurrentTime',
            site.random.pick(['2026-06-30T00:00:00Z', '2027-06-30T00:00:00Z']),
          ),
        ]),
      }),
    ],
  },
  {
    name: 'other services',
    weight: 6,
    make: () => [allow(['dynamodb:*', 'sqs:SendMessage', 'logs:Put*'], '*')],
  },
];

const MISTAKES: readonly [Shape, ...Shape[]] = [
  { name: 'bucket action on objects', weight: 3, make: (site) => [allow(LIST, `${anyBucket(site).arn}/*`)] },
  { name: 'object action on bucket', weight: 3, make: (site) => [allow(READ, anyBucket(site).arn)] },
  {
    name: 'no such action',
    weight: 1,
    make: (site) => [allow(['s3:HeadObject', 's3:ListObjects'], `${anyBucket(site).arn}/*`)],
  },
  { name: 'white space', weight: 1, make: (site) => [allow(READ, ` ${anyBucket(site).arn}/* `)] },
  {
    name: 'wildcard under StringEquals',
    weight: 1,
    make: (site) => [
      allow('s3:ListBucket', anyBucket(site).arn, { Condition: when('StringEquals', 's3:prefix', 'raw/*') }),
    ],
  },
  {
    name: 'key by its alias',
    weight: 1,
    make: (site) => {
      const { alias, region } = anyKey(site, anyRegion(site));
      return [allow('kms:Decrypt', `arn:aws:kms:${region}:${site.account.id}:alias/${alias}`)];
    },
  },
];

const DENIES: readonly [Shape, ...Shape[]] = [
  {
    name: 'without MFA',
    weight: 2,
    make: () => [
      deny('s3:Delete*', '*', { Condition: when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false') }),
    ],
  },
  {
    name: 'outside the network',
    weight: 2,
    make: () => [
      deny('*', '*', {
        Condition: {
          NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24'] },
          Bool: { 'aws:ViaAWSService': 'false' },
        },
      }),
    ],
  },
  { name: 'too broad a name', weight: 1, make: () => [deny('s3:*', 'arn:aws:s3:::*logs*')] },
  {
    name: 'old sessions',
    weight: 1,
    make: () => [
      deny('*', '*', { Condition: when('DateLessThan', 'aws:TokenIssueTime', '2026-10-01T00:00:00Z') }),
    ],
  },
];

/** An identity policy of one to three shapes, now and then with a mistake or a Deny among them. */
export function identityPolicy(site: Site): Document {
  const { random } = site;
  const shapes = Array.from({ length: 1 + random.below(3) }, () => random.weighted(GRANTS));
  if (random.chance(0.12)) shapes.push(random.weighted(MISTAKES));
  if (random.chance(0.08)) shapes.push(random.weighted(DENIES));
  const statements = shapes.flatMap((shape) => shape.make(site));
  const [only] = statements;
  // AWS: a lone statement may stand without its array, and old policies lack the current version (A.1, A.6).
  if (only && statements.length === 1 && random.chance(0.3))
    return { Version: '2012-10-17', Statement: only };
  return random.chance(0.03) ? { Version: '2008-10-17', Statement: statements } : policy(...statements);
}

/** A permissions boundary: usually wide enough for S3, sometimes not. */
export function boundaryPolicy(site: Site): Document {
  const services = ['ec2:*', 'logs:*', 'lambda:*', 'sts:AssumeRole', 'dynamodb:*'];
  if (site.random.chance(0.3)) return policy(allow(services, '*'));
  if (site.random.chance(0.3)) return policy(allow([...services, 's3:*'], '*'));
  return policy(allow([...services, 's3:*', 'kms:*'], '*'), deny('s3:PutBucketPolicy', '*'));
}
