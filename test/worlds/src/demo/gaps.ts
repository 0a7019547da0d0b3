/** What the scan could not read. These two gaps are the demo's only ones. */
import { roleArn } from '../build/arn.ts';
import { bucket } from '../build/bucket.ts';
import { role } from '../build/iam.ts';
import { policy } from '../build/policy.ts';
import { letsRead, reads } from './access.ts';
import { ACCOUNTS } from './organization.ts';
import { story, type Theme } from './story.ts';

const { development, northwind, partner } = ACCOUNTS;

const HANDOVER = 'example-northwind-handover';
const UNREADABLE = 'example-dev-unreadable-policy';

const loader = roleArn(northwind, 'migration-loader');

const scanner = roleArn(development, 'denyscope-reader');

export const GAPS: Theme = {
  lines: [
    {
      kind: 'coverage',
      accountId: northwind,
      data: {
        step: 'sts:AssumeRole',
        reason: 'AccessDenied',
        message: `User: arn:aws:sts::${ACCOUNTS.security}:assumed-role/denyscope-scanner/scan is not authorized to perform: sts:AssumeRole on resource: ${roleArn(northwind, 'denyscope-reader')}`,
      },
    },
    bucket(partner, HANDOVER, { policy: policy(letsRead(HANDOVER, loader)) }),
    bucket(development, UNREADABLE, {
      unreadable: ['Policy', 'PolicyStatus'].map((field) => ({
        field,
        reason: 'AccessDenied',
        message: `User: ${scanner} is not authorized to perform: s3:Get${field === 'Policy' ? 'BucketPolicy' : 'BucketPolicyStatus'} on resource: "arn:aws:s3:::${UNREADABLE}" with an explicit deny in a resource-based policy`,
      })),
    }),
    role(development, 'dev-support', { inline: reads(UNREADABLE) }),
  ],
  stories: [
    story({
      id: 'unscanned-account',
      title:
        'Northwind’s loader is let in; its account could not be scanned, so nobody knows what it may do.',
      bucket: HANDOVER,
      principal: loader,
      expected: 'unknown',
    }),
    story({
      id: 'unreadable-policy',
      title: 'Support has the permission; the bucket’s policy could not be read, and may deny it.',
      bucket: UNREADABLE,
      principal: roleArn(development, 'dev-support'),
      expected: 'unknown',
    }),
  ],
};
