/** Bucket policies that do something else than they seem to, or that few people write. */
import { rootArn } from '../build/arn.ts';
import { allow, deny } from '../build/policy.ts';
import type { BucketShape } from './bucket-shape.ts';
import { anyAccount, anyBucket, anyPrincipal, anyTag, when } from './site.ts';

const EVERYONE = { Principal: '*' } as const;

export const ODD_BUCKET_SHAPES: readonly BucketShape[] = [
  {
    name: 'Deny with NotPrincipal',
    weight: 2,
    make: (site) => [
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: [rootArn(site.account.id), anyPrincipal(site).arn] },
        Action: 's3:DeleteObject',
        Resource: `${site.bucket.arn}/*`,
      },
    ],
  },
  {
    name: 'office addresses',
    weight: 3,
    make: (site) => [
      deny('s3:GetObject', `${site.bucket.arn}/*`, {
        ...EVERYONE,
        Condition: when('NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24', '192.0.2.0/24']),
      }),
    ],
  },
  {
    name: 'encryption header demanded',
    weight: 4,
    make: (site) => [
      deny('s3:PutObject', `${site.bucket.arn}/*`, {
        ...EVERYONE,
        Condition: site.random.pick([
          when('StringNotEquals', 's3:x-amz-server-side-encryption', 'aws:kms'),
          when('StringNotEqualsIfExists', 's3:x-amz-server-side-encryption', ['aws:kms', 'AES256']),
          when('Null', 's3:x-amz-server-side-encryption', 'true'),
        ]),
      }),
    ],
  },
  {
    name: 'MFA for deletion',
    weight: 2,
    make: (site) => [
      deny(['s3:DeleteObject', 's3:DeleteObjectVersion'], `${site.bucket.arn}/*`, {
        ...EVERYONE,
        Condition: when('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'),
      }),
    ],
  },
  {
    name: 'home folders',
    weight: 2,
    isPublic: true,
    make: (site) => [allow('s3:*Object', `${site.bucket.arn}/home/\${aws:username}/*`, EVERYONE)],
  },
  {
    name: 'by object tag',
    weight: 2,
    make: (site) => {
      const [key, value] = anyTag(site);
      return [
        allow('s3:GetObject', `${site.bucket.arn}/*`, {
          Principal: { AWS: rootArn(anyAccount(site).id) },
          Condition: when('StringEquals', `s3:ExistingObjectTag/${key}`, value),
        }),
      ];
    },
  },
  {
    name: 'by bucket tag',
    weight: 1,
    make: (site) => {
      const [key, value] = anyTag(site);
      return [
        deny('s3:*', [site.bucket.arn, `${site.bucket.arn}/*`], {
          ...EVERYONE,
          Condition: when('StringNotEquals', `aws:ResourceTag/${key}`, value),
        }),
      ];
    },
  },
  {
    name: 'another bucket’s ARN',
    weight: 1,
    make: (site) => [
      allow('s3:GetObject', `${anyBucket(site, anyAccount(site)).arn}/*`, {
        Principal: { AWS: anyPrincipal(site).arn },
      }),
    ],
  },
  {
    name: 'wildcard in a principal',
    weight: 1,
    make: (site) => [
      allow('s3:GetObject', `${site.bucket.arn}/*`, {
        Principal: { AWS: `arn:aws:iam::${anyAccount(site).id}:role/*` },
      }),
    ],
  },
  {
    name: 'until a date',
    weight: 1,
    make: (site) => [
      allow('s3:GetObject', `${site.bucket.arn}/*`, {
        Principal: { AWS: anyPrincipal(site, anyAccount(site)).arn },
        Condition: when(
          'DateLessThan',
          'aws:CurrentTime',
          site.random.pick(['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z']),
        ),
      }),
    ],
  },
];
