import { CALLERS, SOME_CALLERS, type Table } from './scene.ts';

const MAYBE = [false, true];

const GRANTEES = ['none', 'caller', 'AllUsers', 'AuthenticatedUsers'] as const;
const group = (name: string): string => `uri="http://acs.amazonaws.com/groups/${name}"`;

/** The gates of bucket and object, and whom ACLs and owners let in. */
export const GATES: readonly Table[] = [
  [
    'C.5: the ACL of a bucket gives its rights to accounts and groups, unless ACLs are disabled or ignored',
    {
      caller: CALLERS,
      action: ['s3:ListBucket', 's3:PutObject', 's3:GetBucketAcl', 's3:GetObject', 's3:DeleteObject'],
      identity: ['none', 'allow', 'deny'],
      ownership: ['BucketOwnerEnforced', 'ObjectWriter'],
      bucketGrantee: [...GRANTEES, 'LogDelivery'],
      bucketPermission: ['READ', 'WRITE', 'READ_ACP', 'FULL_CONTROL'],
      ignoreAcls: MAYBE,
    },
  ],
  [
    'C.3, C.4: an object of another account is for that account and the ACL of the object to grant',
    {
      caller: CALLERS,
      action: [
        's3:GetObject',
        's3:GetObjectAcl',
        's3:PutObjectAcl',
        's3:DeleteObject',
        's3:GetObjectTagging',
      ],
      identity: ['none', 'allow', 'deny'],
      ownership: ['BucketOwnerEnforced', 'ObjectWriter'],
      objectOwner: ['bucket owner', 'caller', 'third'],
      objectGrantee: GRANTEES,
      objectPermission: ['READ', 'FULL_CONTROL'],
      policy: ['none', 'everyone', 'deny'],
    },
  ],
  [
    'C.4, C.5: who may write and delete an object, by its owner, the policy and the ACL of the bucket',
    {
      caller: SOME_CALLERS,
      action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject'],
      identity: ['none', 'allow'],
      ownership: [undefined, 'BucketOwnerPreferred'],
      objectOwner: ['bucket owner', 'caller', 'third'],
      bucketGrantee: ['none', 'caller', 'AllUsers'],
      bucketPermission: ['READ', 'WRITE', 'FULL_CONTROL'],
      policy: ['none', 'account'],
    },
  ],
  [
    'B.4, B.5: what limits a caller limits what ACLs and object owners give it',
    {
      caller: CALLERS,
      identity: ['none', 'allow'],
      boundary: ['none', 'silent'],
      session: ['none', 'silent'],
      scp: ['none', 'silent'],
      bucketRcp: ['none', 'deny'],
      endpoint: ['none', 'silent'],
      ownership: ['ObjectWriter'],
      objectOwner: ['bucket owner', 'caller', 'third'],
      objectGrantee: ['none', 'caller', 'AllUsers'],
    },
  ],
  [
    'C.5, C.7, D.1: what S3 refuses to write: public ACLs, disabled ACLs, keys of the customer',
    {
      caller: ['role', 'anonymous'],
      identity: ['allow'],
      policy: ['everyone'],
      action: [
        's3:PutObject',
        's3:PutObjectAcl',
        's3:PutObjectVersionAcl',
        's3:PutBucketAcl',
        's3:GetObject',
      ],
      cannedAcl: [undefined, 'private', 'public-read', 'authenticated-read', 'bucket-owner-full-control'],
      grantHeader: [undefined, 'id="1"', group('global/AllUsers'), group('s3/LogDelivery')],
      blockAcls: MAYBE,
      ownership: [undefined, 'BucketOwnerEnforced', 'BucketOwnerPreferred'],
      sseCBlocked: MAYBE,
      customerKey: MAYBE,
    },
  ],
  [
    'C.7: RestrictPublicBuckets leaves a public policy to services and to its own account',
    {
      caller: CALLERS,
      action: ['s3:GetObject', 's3:ListBucket'],
      identity: ['none', 'allow'],
      policy: ['none', 'everyone', 'caller', 'account', 'organization', 'deny', 'everyone but another named'],
      policyStatus: [undefined, true, false],
      restrict: MAYBE,
      ownership: ['ObjectWriter'],
      bucketGrantee: ['none', 'AllUsers'],
      ignoreAcls: MAYBE,
    },
  ],
  [
    'C.9: who must agree to pay',
    {
      caller: CALLERS,
      action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
      identity: ['none', 'allow'],
      policy: ['none', 'everyone'],
      payer: ['BucketOwner', 'Requester'],
      pays: MAYBE,
      ownership: ['ObjectWriter'],
      objectOwner: ['bucket owner', 'caller'],
    },
  ],
  [
    'C.9: what holds a version, and who may bypass it',
    {
      caller: CALLERS,
      action: ['s3:DeleteObjectVersion', 's3:DeleteObject', 's3:PutObjectRetention'],
      identity: ['none', 'allow', 'deny'],
      bypass: ['none', 'allow', 'deny'],
      policy: ['none', 'everyone', 'caller'],
      lock: ['none', 'compliance', 'governance', 'legal hold', 'governance and hold'],
    },
  ],
];
