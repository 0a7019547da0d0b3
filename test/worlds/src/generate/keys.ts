import type { SnapshotLine } from '@denyscope/model';
import { rootArn } from '../build/arn.ts';
import { awsManagedKey, delegation, key, type KeyGrantSpec, type KeySpec } from '../build/key.ts';
import { allow, policy, type Document, type Statement } from '../build/policy.ts';
import { keyAt, KEYS_PER_REGION, type PlannedKey } from './plan.ts';
import { anyAccount, anyBucket, anyPrincipal, anyTags, when, type Shape, type Site } from './site.ts';

interface KeySite extends Site {
  readonly key: PlannedKey;
}

const USE = ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/** The account administers the key and does not delegate its use. */
function administration(site: KeySite): Statement {
  const Principal = { AWS: rootArn(site.account.id) };
  return allow(['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:Put*'], '*', {
    Sid: 'Administration',
    Principal,
  });
}

const SHAPES: readonly [Shape<KeySite>, ...Shape<KeySite>[]] = [
  { name: 'the default', weight: 30, make: ({ account }) => [delegation(account.id)] },
  {
    name: 'named users only',
    weight: 8,
    make: (site) => [
      administration(site),
      allow(USE, '*', { Principal: { AWS: [anyPrincipal(site).arn, anyPrincipal(site).arn] } }),
    ],
  },
  {
    name: 'another account too',
    weight: 10,
    make: (site) => [
      delegation(site.account.id),
      allow(USE, '*', { Sid: 'AllowOtherAccount', Principal: { AWS: rootArn(anyAccount(site).id) } }),
    ],
  },
  {
    name: 'everyone of the account through S3',
    weight: 6,
    make: (site) => [
      administration(site),
      allow(USE, '*', {
        Principal: { AWS: '*' },
        Condition: {
          StringEquals: {
            'kms:CallerAccount': site.account.id,
            'kms:ViaService': `s3.${site.random.pick([site.key.region, 'us-east-1'])}.amazonaws.com`,
          },
        },
      }),
    ],
  },
  {
    name: 'by encryption context',
    weight: 5,
    make: (site) => [
      administration(site),
      allow('kms:Decrypt', '*', {
        Principal: { AWS: rootArn(site.account.id) },
        Condition: when('StringLike', 'kms:EncryptionContext:aws:s3:arn', contextOf(site)),
      }),
    ],
  },
  {
    name: 'the organization',
    weight: 4,
    make: (site) => [
      delegation(site.account.id),
      allow(USE, '*', {
        Principal: '*',
        Condition: when('StringEquals', 'aws:PrincipalOrgID', site.plan.organization.id),
      }),
    ],
  },
  {
    name: 'a service',
    weight: 3,
    make: (site) => [
      delegation(site.account.id),
      allow(USE, '*', {
        Principal: { Service: ['cloudtrail.amazonaws.com', 'delivery.logs.amazonaws.com'] },
        Condition: when('StringEquals', 'aws:SourceAccount', site.account.id),
      }),
    ],
  },
  {
    name: 'S3 only',
    weight: 3,
    make: (site) => [
      delegation(site.account.id),
      {
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: when('StringNotEquals', 'kms:ViaService', `s3.${site.key.region}.amazonaws.com`),
      },
    ],
  },
];

/** Conditions on the encryption context name the bucket, or its objects, as they did before Bucket Keys. */
function contextOf(site: KeySite): string {
  const { arn } = anyBucket(site);
  return site.random.chance(0.5) ? arn : `${arn}/*`;
}

function keyPolicy(site: KeySite): Document {
  return policy(...site.random.weighted(SHAPES).make(site));
}

function grants(site: KeySite): readonly KeyGrantSpec[] {
  if (!site.random.chance(0.15)) return [];
  const grantee = anyPrincipal(site, anyAccount(site)).arn;
  const constraints = { EncryptionContextEquals: { 'aws:s3:arn': anyBucket(site).arn } };
  return [
    { grantee, operations: ['Decrypt', 'GenerateDataKey'], ...(site.random.chance(0.4) && { constraints }) },
  ];
}

function state({ random }: Site): Partial<KeySpec> {
  if (random.chance(0.03)) return { state: 'Disabled' };
  return random.chance(0.03) ? { state: 'PendingDeletion', deletionDate: '2026-12-15T00:00:00Z' } : {};
}

/** The keys of an account: `aws/s3` and some of its own in each Region. */
export function keyLines(site: Site): readonly SnapshotLine[] {
  return site.plan.options.regions.flatMap((region) => [
    awsManagedKey(site.account.id, region),
    ...Array.from({ length: KEYS_PER_REGION }, (_, index) =>
      keyLine({ ...site, key: keyAt(site.account, region, index) }),
    ),
  ]);
}

function keyLine(site: KeySite): SnapshotLine {
  return key(site.account.id, site.key.alias, {
    ...site.key.spec,
    ...state(site),
    policy: keyPolicy(site),
    tags: anyTags(site, 2),
    grants: grants(site),
  });
}
