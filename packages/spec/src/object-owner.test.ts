import {
  document,
  grants,
  OTHER,
  OWN,
  policies,
  ROLE,
  SILENT,
  verdictS3,
  YES,
  type Facts,
} from './case.fixture.ts';
import type { Gates } from './index.ts';

const FAR = { as: `arn:aws:iam::${OTHER}:role/r`, identityPolicies: YES };
const ALL = 'http://acs.amazonaws.com/groups/global/AllUsers';
const SIGNED = 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers';
const LOGS = 'http://acs.amazonaws.com/groups/s3/LogDelivery';
const list = { action: 's3:ListBucket', resource: 'arn:aws:s3:::b' };
const bucketAcl = (grantee: string, permission: string): Gates => ({ bucketAcl: [{ grantee, permission }] });
const objectAcl = (grantee: string, permission: string): Gates => ({ objectAcl: [{ grantee, permission }] });
const SILENT_BUCKET = 'ImplicitlyDenied: bucket-policy';

describe('C.5: ACLs grant on the side of the resource', () => {
  test.each<readonly [string, Facts, Gates, string]>([
    ['an account may list', { ...FAR, ...list }, bucketAcl(OTHER, 'READ'), 'Allowed'],
    [
      'its principals need their own policies',
      { ...FAR, ...list, identityPolicies: [] },
      bucketAcl(OTHER, 'READ'),
      'ImplicitlyDenied: identity',
    ],
    ['READ on the bucket reads no object', FAR, bucketAcl(OTHER, 'READ'), SILENT_BUCKET],
    ['WRITE lets write', { ...FAR, action: 's3:PutObject' }, bucketAcl(OTHER, 'WRITE'), 'Allowed'],
    [
      'WRITE deletes nothing',
      { ...FAR, action: 's3:DeleteObject' },
      bucketAcl(OTHER, 'WRITE'),
      SILENT_BUCKET,
    ],
    [
      'FULL_CONTROL is all four',
      { ...FAR, ...list, action: 's3:PutBucketAcl' },
      bucketAcl(OTHER, 'FULL_CONTROL'),
      'Allowed',
    ],
    ['another account', { ...FAR, ...list }, bucketAcl('333333333333', 'READ'), SILENT_BUCKET],
    ['everyone, anonymous too', { as: 'anonymous', ...list }, bucketAcl(ALL, 'READ'), 'Allowed'],
    ['signed callers only', { as: 'anonymous', ...list }, bucketAcl(SIGNED, 'READ'), SILENT_BUCKET],
    ['a signed caller', { ...FAR, ...list }, bucketAcl(SIGNED, 'READ'), 'Allowed'],
    ['log delivery is not everyone', { ...FAR, ...list }, bucketAcl(LOGS, 'READ'), SILENT_BUCKET],
    [
      'ACLs are disabled',
      { ...FAR, ...list },
      { ...bucketAcl(OTHER, 'READ'), ownership: 'BucketOwnerEnforced' },
      SILENT_BUCKET,
    ],
    [
      'C.7: public grants are ignored',
      { ...FAR, ...list },
      { ...bucketAcl(ALL, 'READ'), blocks: [{ IgnorePublicAcls: true }] },
      SILENT_BUCKET,
    ],
    [
      'C.7: grants to an account are not',
      { ...FAR, ...list },
      { ...bucketAcl(OTHER, 'READ'), blocks: [{ IgnorePublicAcls: true }] },
      'Allowed',
    ],
    ['the ACL of an object', FAR, objectAcl(OTHER, 'READ'), 'Allowed'],
    [
      'its permissions are read',
      { ...FAR, action: 's3:GetObjectAcl' },
      objectAcl(OTHER, 'READ'),
      SILENT_BUCKET,
    ],
    ['READ_ACP', { ...FAR, action: 's3:GetObjectAcl' }, objectAcl(OTHER, 'READ_ACP'), 'Allowed'],
    ['WRITE_ACP', { ...FAR, action: 's3:PutObjectVersionAcl' }, objectAcl(OTHER, 'WRITE_ACP'), 'Allowed'],
  ])('%s', (_what, facts, gates, expected) => {
    expect(verdictS3(facts, { gates })).toBe(expected);
  });
});

describe('C.3, C.4: an object of another account', () => {
  const foreign = { objectOwner: OTHER };
  const toRole = { resourcePolicy: grants({ AWS: ROLE }), identityPolicies: YES };
  const NOT_OURS = 'ImplicitlyDenied: ownership';
  test.each<readonly [string, Facts, Gates, string]>([
    ['B.7 20: the bucket policy grants nothing', toRole, foreign, NOT_OURS],
    ['its owner reads it by its own policies', FAR, foreign, 'Allowed'],
    [
      'the root user of its owner',
      { ...FAR, as: `arn:aws:iam::${OTHER}:root`, identityPolicies: [] },
      foreign,
      'Allowed',
    ],
    [
      'its owner within its boundary',
      { ...FAR, permissionBoundaries: SILENT },
      foreign,
      'ImplicitlyDenied: boundary',
    ],
    [
      'the bucket policy still denies',
      { ...FAR, resourcePolicy: document({ Effect: 'Deny', Principal: '*' }) },
      foreign,
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      'its ACL gives it to the bucket owner',
      { identityPolicies: YES },
      { ...foreign, ...objectAcl(OWN, 'READ') },
      'Allowed',
    ],
    [
      'whose principals need their own policies',
      {},
      { ...foreign, ...objectAcl(OWN, 'READ') },
      'ImplicitlyDenied: identity',
    ],
    [
      'its ACL gives it to everyone',
      { as: 'anonymous' },
      { ...foreign, ...objectAcl(ALL, 'READ') },
      'Allowed',
    ],
    [
      'C.4: the bucket owner deletes it',
      { action: 's3:DeleteObject', identityPolicies: policies({}) },
      foreign,
      'Allowed',
    ],
    ['a write makes a new object', { action: 's3:PutObject', identityPolicies: YES }, foreign, 'Allowed'],
    [
      'C.5: with BucketOwnerEnforced it is the bucket owner’s',
      toRole,
      { ...foreign, ownership: 'BucketOwnerEnforced' },
      'Allowed',
    ],
  ])('%s', (_what, facts, gates, expected) => {
    expect(verdictS3(facts, { gates })).toBe(expected);
  });
});
