import { CALLERS, SOME_CALLERS, type Table } from './scene.ts';

const MAYBE = [false, true];

const ACCOUNTS = ['bucket owner', 'caller', 'third'] as const;

/** Access points and multi-Region access points. */
export const ACCESS_POINTS: readonly Table[] = [
  [
    'C.8: where an access point can be reached from, and that its callers pay as others do',
    {
      caller: CALLERS,
      identity: ['allow'],
      policy: ['everyone', 'points of the account'],
      point: ['none', 'Internet', 'VPC', 'multi-Region'],
      pointAccount: ['bucket owner', 'caller'],
      pointPolicy: ['everyone'],
      sourceVpc: [undefined, 'vpc-0a', 'vpc-0b'],
      tls: MAYBE,
      endpoint: ['none', 'allow'],
      payer: ['BucketOwner', 'Requester'],
      pays: MAYBE,
    },
  ],
  [
    'C.8: through an access point its policy, the caller and the bucket must agree',
    {
      caller: SOME_CALLERS,
      identity: ['none', 'allow', 'allow bucket', 'allow point', 'deny bucket', 'deny point'],
      policy: ['none', 'everyone', 'caller', 'account', 'points of the account', 'deny'],
      point: ['Internet', 'multi-Region'],
      pointAccount: ACCOUNTS,
      pointPolicy: ['none', 'everyone', 'caller', 'account', 'deny'],
      boundary: ['none', 'silent', 'allow point'],
    },
  ],
  [
    'C.8, B.3, E: organization policies and endpoints must allow both the access point and the bucket',
    {
      caller: SOME_CALLERS,
      identity: ['allow'],
      policy: ['none', 'points of the account'],
      point: ['Internet'],
      pointAccount: ACCOUNTS,
      pointPolicy: ['everyone'],
      scp: ['none', 'allow point', 'allow bucket', 'deny bucket', 'deny point'],
      bucketRcp: ['none', 'deny point', 'deny bucket'],
      pointRcp: ['none', 'deny point', 'deny bucket'],
      endpoint: ['none', 'allow point', 'allow bucket', 'allow', 'deny point'],
    },
  ],
  [
    'C.7: Block Public Access of the access point and of the bucket, with the policies of both',
    {
      caller: CALLERS,
      identity: ['allow'],
      policy: ['everyone', 'points of the account', 'caller'],
      point: ['Internet', 'VPC'],
      sourceVpc: ['vpc-0a'],
      pointAccount: ACCOUNTS,
      pointPolicy: ['none', 'everyone', 'caller', 'organization', 'points of the account'],
      restrict: MAYBE,
      pointRestricts: MAYBE,
    },
  ],
  [
    'C.5, C.8: ACLs and object owners behind an access point',
    {
      caller: SOME_CALLERS,
      action: ['s3:GetObject', 's3:ListBucket', 's3:DeleteObject'],
      identity: ['none', 'allow', 'allow point'],
      policy: ['none', 'points of the account'],
      point: ['Internet'],
      pointAccount: ['bucket owner', 'caller'],
      pointPolicy: ['none', 'everyone'],
      ownership: ['ObjectWriter'],
      objectOwner: ['bucket owner', 'caller'],
      bucketGrantee: ['none', 'AllUsers', 'caller'],
      bucketPermission: ['FULL_CONTROL'],
      objectGrantee: ['none', 'caller'],
    },
  ],
];
