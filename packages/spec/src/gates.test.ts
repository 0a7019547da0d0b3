import { document, grants, OTHER, ROLE, verdictS3, YES, type Facts } from './case.fixture.ts';
import type { Gates } from './index.ts';

const FAR = { as: `arn:aws:iam::${OTHER}:role/r`, identityPolicies: YES };
const put = (context: Readonly<Record<string, string[]>>): Facts => ({
  action: 's3:PutObject',
  identityPolicies: YES,
  context,
});
const ALL_USERS = 'uri="http://acs.amazonaws.com/groups/global/AllUsers"';

describe('C.7: Block Public Access', () => {
  const open = { resourcePolicy: grants('*') };
  const named = {
    resourcePolicy: document({ Action: 's3:List*', Principal: '*' }, { Principal: { AWS: OTHER } }),
  };
  const restrict = { blocks: [{}, { RestrictPublicBuckets: true }] };
  const blockAcls = { blocks: [{ BlockPublicAcls: true }, {}] };
  const REFUSED = 'ExplicitlyDenied: block-public-access';
  test.each<readonly [string, Facts, Gates, string]>([
    ['one public statement taints the policy', { ...FAR, ...named }, restrict, REFUSED],
    ['anonymous', { as: 'anonymous', ...open }, restrict, REFUSED],
    ['a principal of the owner', open, restrict, 'Allowed'],
    ['a service', { as: 'logs.amazonaws.com', ...open }, restrict, 'Allowed'],
    ['the flag is off', { ...FAR, ...named }, {}, 'Allowed'],
    ["AWS's own answer: not public", { ...FAR, ...named }, { ...restrict, policyIsPublic: false }, 'Allowed'],
    [
      "AWS's own answer: public",
      { ...FAR, resourcePolicy: grants({ AWS: OTHER }) },
      { ...restrict, policyIsPublic: true },
      REFUSED,
    ],
    ['a public canned ACL', put({ 's3:x-amz-acl': ['public-read'] }), blockAcls, REFUSED],
    ['a public grant', put({ 's3:x-amz-grant-read': [ALL_USERS] }), blockAcls, REFUSED],
    ['a private ACL', put({ 's3:x-amz-acl': ['private'] }), blockAcls, 'Allowed'],
    ['a public ACL, the flag off', put({ 's3:x-amz-acl': ['public-read'] }), {}, 'Allowed'],
  ])('%s', (_what, facts, gates, expected) => {
    expect(verdictS3(facts, { gates })).toBe(expected);
  });
});

describe('C.5: with BucketOwnerEnforced no other ACL is written', () => {
  const gates = { ownership: 'BucketOwnerEnforced' };
  const REFUSED = 'ImplicitlyDenied: ownership';
  const acl = (action: string): Facts => ({ action, identityPolicies: YES });
  test.each<readonly [string, Facts, string]>([
    ['no ACL', put({}), 'Allowed'],
    ['the one that says the same', put({ 's3:x-amz-acl': ['bucket-owner-full-control'] }), 'Allowed'],
    ['private', put({ 's3:x-amz-acl': ['private'] }), REFUSED],
    ['a grant', put({ 's3:x-amz-grant-read': ['id="1"'] }), REFUSED],
    ['the ACL of an object', acl('s3:PutObjectAcl'), REFUSED],
    ['the ACL of a version', acl('s3:PutObjectVersionAcl'), REFUSED],
    ['the ACL of the bucket', { ...acl('s3:PutBucketAcl'), resource: 'arn:aws:s3:::b' }, REFUSED],
    ['an ACL is still read', acl('s3:GetObjectAcl'), 'Allowed'],
  ])('%s', (_what, facts, expected) => {
    expect(verdictS3(facts, { gates })).toBe(expected);
  });
});

test.each<readonly [string, Facts, Gates, string]>([
  ['an outsider who does not pay', FAR, {}, 'ImplicitlyDenied: requester-pays'],
  ['an outsider who pays', FAR, { requestPayer: true }, 'Allowed'],
  ['the owner', { as: ROLE, identityPolicies: YES }, {}, 'Allowed'],
  ['anonymous', { as: 'anonymous' }, { requestPayer: true }, 'ImplicitlyDenied: requester-pays'],
])('C.9: %s', (_what, facts, gates, expected) => {
  const asked = { ...facts, resourcePolicy: grants('*') };
  expect(verdictS3(asked, { gates: { ...gates, requesterPays: true } })).toBe(expected);
});

describe('C.9: Object Lock', () => {
  const may = (...Action: readonly string[]): Facts => ({
    action: 's3:DeleteObjectVersion',
    identityPolicies: [{ name: 'p', policy: document({ Action }) }],
  });
  const HELD = 'ImplicitlyDenied: object-lock';
  const both = may('s3:DeleteObjectVersion', 's3:BypassGovernanceRetention');
  test.each<readonly [string, Facts, Gates['locks'], string]>([
    ['nothing holds it', may('s3:DeleteObjectVersion'), [], 'Allowed'],
    ['compliance, whoever asks', both, ['compliance'], HELD],
    ['governance', may('s3:DeleteObjectVersion'), ['governance'], HELD],
    ['governance, bypassed', both, ['governance'], 'Allowed'],
    ['a legal hold', both, ['governance', 'legal-hold'], HELD],
    ['a delete marker', { ...may('s3:DeleteObject'), action: 's3:DeleteObject' }, ['compliance'], 'Allowed'],
  ])('%s', (_what, facts, locks = [], expected) => {
    expect(verdictS3(facts, { gates: { locks } })).toBe(expected);
  });
});

test('D.1: a write with a key of the customer is refused where the bucket blocks it', () => {
  const asks = put({ 's3:x-amz-server-side-encryption-customer-algorithm': ['AES256'] });
  expect(verdictS3(asks, { gates: { blockedEncryption: ['SSE-C'] } })).toBe('ImplicitlyDenied: sse-c-block');
  expect(verdictS3(asks, { gates: { blockedEncryption: ['NONE'] } })).toBe('Allowed');
  expect(verdictS3(put({}), { gates: { blockedEncryption: ['SSE-C'] } })).toBe('Allowed');
});
