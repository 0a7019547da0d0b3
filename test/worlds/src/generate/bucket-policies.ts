/** What bucket policies say: each row is a shape that real buckets hold. */
import { rootArn } from '../build/arn.ts';
import { uniqueIdOf } from '../build/ids.ts';
import { endpointIdOf, vpcIdOf } from '../build/network.ts';
import { allow, deny, policy, type Document, type Statement } from '../build/policy.ts';
import { ODD_BUCKET_SHAPES } from './bucket-policies-odd.ts';
import { endpointName, vpcName } from './network.ts';
import type { BucketShape, BucketSite } from './bucket-shape.ts';
import { anyAccount, anyPrincipal, organizationPath, outsider, when } from './site.ts';

const READ = ['s3:GetObject', 's3:ListBucket'];
const EVERYONE = { Principal: '*' } as const;

const both = ({ bucket }: BucketSite): readonly string[] => [bucket.arn, `${bucket.arn}/*`];
const objects = ({ bucket }: BucketSite): string => `${bucket.arn}/*`;

const COMMON_SHAPES: readonly [BucketShape, ...BucketShape[]] = [
  {
    name: 'TLS only',
    weight: 20,
    make: (site) => [
      deny('s3:*', both(site), {
        Sid: 'DenyInsecureTransport',
        ...EVERYONE,
        Condition: when('Bool', 'aws:SecureTransport', 'false'),
      }),
    ],
  },
  {
    name: 'one VPC endpoint only',
    weight: 5,
    make: (site) => [
      deny('s3:*', both(site), {
        ...EVERYONE,
        Condition: site.random.pick([
          when(
            'StringNotEquals',
            'aws:SourceVpce',
            endpointIdOf(site.account.id, endpointName(site.bucket.region)),
          ),
          when(
            'StringNotEqualsIfExists',
            'aws:SourceVpc',
            vpcIdOf(site.account.id, vpcName(site.bucket.region)),
          ),
        ]),
      }),
    ],
  },
  {
    name: 'the organization',
    weight: 6,
    make: (site) => [
      allow(READ, both(site), {
        ...EVERYONE,
        Condition: when('StringEquals', 'aws:PrincipalOrgID', site.plan.organization.id),
      }),
    ],
  },
  {
    name: 'outsiders denied',
    weight: 4,
    make: (site) => [
      deny('s3:*', both(site), {
        ...EVERYONE,
        Condition: {
          ...when('StringNotEqualsIfExists', 'aws:PrincipalOrgID', site.plan.organization.id),
          ...when('BoolIfExists', 'aws:PrincipalIsAWSService', 'false'),
        },
      }),
    ],
  },
  {
    name: 'part of the organization',
    weight: 3,
    make: (site) => [
      allow('s3:GetObject', objects(site), {
        ...EVERYONE,
        Condition: when(
          'ForAnyValue:StringLike',
          'aws:PrincipalOrgPaths',
          `${organizationPath(site.plan, anyAccount(site).parentId)}*`,
        ),
      }),
    ],
  },
  {
    name: 'roles of another account',
    weight: 10,
    make: (site) => {
      const account = anyAccount(site);
      return [allow(READ, both(site), { Principal: { AWS: [anyPrincipal(site, account).arn] } })];
    },
  },
  {
    name: 'own principals',
    weight: 8,
    make: (site) => [
      allow([...READ, 's3:PutObject'], both(site), {
        Principal: { AWS: [anyPrincipal(site).arn, anyPrincipal(site).arn] },
      }),
    ],
  },
  {
    name: 'another account as a whole',
    weight: 5,
    make: (site) => {
      const { id } = anyAccount(site);
      return [allow(READ, both(site), { Principal: { AWS: site.random.pick([id, rootArn(id)]) } })];
    },
  },
  {
    name: 'a supplier',
    weight: 2,
    make: (site) => [allow('s3:PutObject', objects(site), { Principal: { AWS: rootArn(outsider(site)) } })],
  },
  {
    name: 'roles by pattern',
    weight: 4,
    make: (site) => [
      allow('s3:GetObject', objects(site), {
        ...EVERYONE,
        Condition: when('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${anyAccount(site).id}:role/*reader*`),
      }),
    ],
  },
  {
    name: 'public',
    weight: 3,
    isPublic: true,
    make: (site) => [allow('s3:GetObject', objects(site), EVERYONE)],
  },
  {
    name: 'log delivery',
    weight: 3,
    make: (site) => [
      allow('s3:PutObject', `${site.bucket.arn}/AWSLogs/*`, {
        Principal: { Service: ['delivery.logs.amazonaws.com', 'logging.s3.amazonaws.com'] },
        Condition: when('StringEquals', 'aws:SourceAccount', site.account.id),
      }),
    ],
  },
  {
    name: 'CloudFront',
    weight: 3,
    make: (site) => [
      allow('s3:GetObject', objects(site), {
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: when('ArnLike', 'AWS:SourceArn', `arn:aws:cloudfront::${site.account.id}:distribution/E*`),
      }),
    ],
  },
  {
    name: 'access points',
    weight: 3,
    make: (site) => [
      allow('s3:*', both(site), {
        Principal: { AWS: '*' },
        Condition: when('StringEquals', 's3:DataAccessPointAccount', site.account.id),
      }),
    ],
  },
  {
    name: 'a principal that was deleted',
    weight: 2,
    make: (site) => {
      const gone = uniqueIdOf('AROA', `${site.bucket.name} ${site.random.below(1000)}`);
      return [allow(READ, both(site), { Principal: { AWS: gone } })];
    },
  },
];

const SHAPES: readonly [BucketShape, ...BucketShape[]] = [...COMMON_SHAPES, ...ODD_BUCKET_SHAPES];

/** A bucket policy of one to three shapes, and whether GetBucketPolicyStatus would call it public. */
export function bucketPolicy(site: BucketSite): {
  readonly policy: Document;
  readonly policyIsPublic: boolean;
} {
  const { random } = site;
  const shapes = Array.from({ length: random.pick([1, 1, 1, 2, 2, 3]) }, () => random.weighted(SHAPES));
  const statements: readonly Statement[] = shapes.flatMap((shape) => shape.make(site));
  const old = random.chance(0.08);
  return {
    policy: old ? { Version: '2008-10-17', Id: 'Policy1', Statement: statements } : policy(...statements),
    policyIsPublic: shapes.some((shape) => shape.isPublic === true),
  };
}
