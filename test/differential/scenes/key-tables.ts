import { CALLERS, SOME_CALLERS, type Table } from './scene.ts';

const MAYBE = [false, true];

const ACCOUNTS = ['bucket owner', 'caller', 'third'] as const;
const S3_ALLOWS = { identity: ['allow'], policy: ['everyone'] } as const;

/** The call that S3 makes to KMS, joined with the request. */
export const KEYS: readonly Table[] = [
  [
    'D.3, D.4: key policy, identity and grants, within an account and across',
    {
      ...S3_ALLOWS,
      caller: CALLERS,
      action: ['s3:GetObject', 's3:PutObject'],
      key: ['none', 'direct', 'account', 'everyone', 'deny'],
      keyAccount: ACCOUNTS,
      keyIdentity: ['none', 'allow', 'deny'],
      keyGrant: ['none', 'caller', 'other operation', 'context', 'other context', 'account'],
      multipart: MAYBE,
    },
  ],
  [
    'B.4, B.5, D.4: what limits the caller and the account of the key limits the call to KMS',
    {
      ...S3_ALLOWS,
      caller: SOME_CALLERS,
      key: ['direct', 'account', 'everyone'],
      keyAccount: ACCOUNTS,
      keyIdentity: ['none', 'allow'],
      keyGrant: ['none', 'caller'],
      boundary: ['none', 'silent', 'allow'],
      session: ['none', 'silent'],
      scp: ['none', 'silent'],
      keyRcp: ['none', 'deny'],
      endpoint: ['none', 'allow bucket'],
    },
  ],
  [
    'D.1, D.5: state and Region of the key, TLS and signatures',
    {
      ...S3_ALLOWS,
      caller: CALLERS,
      action: [
        's3:GetObject',
        's3:GetObjectVersion',
        's3:GetObjectAttributes',
        's3:PutObject',
        's3:ListMultipartUploadParts',
        's3:ListBucket',
        's3:DeleteObject',
      ],
      key: ['everyone'],
      keyIdentity: ['allow'],
      keyAccount: ['bucket owner', 'caller'],
      keyState: ['Enabled', 'Disabled', 'PendingDeletion', 'Unavailable'],
      keyRegion: ['eu-west-1', 'us-east-1'],
      tls: MAYBE,
      multipart: MAYBE,
    },
  ],
  [
    "D.1: AWS's own key serves its account, in S3 and in its Region, whatever the organization of the key says",
    {
      ...S3_ALLOWS,
      caller: CALLERS,
      action: ['s3:GetObject', 's3:PutObject'],
      key: ['via S3'],
      managedKey: [true],
      keyIdentity: ['none', 'allow', 'deny'],
      keyAccount: ACCOUNTS,
      keyRcp: ['none', 'deny'],
      scp: ['none', 'silent'],
      keyRegion: ['eu-west-1', 'us-east-1'],
      boundary: ['none', 'silent'],
    },
  ],
  [
    'D.2: a key behind an access point asks the same of the caller',
    {
      caller: CALLERS,
      identity: ['allow point', 'allow'],
      policy: ['points of the account'],
      point: ['Internet'],
      pointAccount: ['bucket owner', 'caller'],
      pointPolicy: ['everyone'],
      key: ['none', 'everyone', 'account'],
      keyIdentity: ['none', 'allow'],
      keyGrant: ['none', 'caller'],
    },
  ],
];
