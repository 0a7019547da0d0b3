import { grants, KEY, OTHER, OWN, policies, request, ROLE, YES, type Facts } from './case.fixture.ts';
import { judgeS3, type Gates } from './index.ts';

const READ: Facts = { identityPolicies: YES };
const trusting = { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: OWN } } };
const DECRYPT: Facts = {
  action: 'kms:Decrypt',
  resource: KEY,
  identityPolicies: policies({ Action: 'kms:Decrypt' }),
  resourcePolicy: trusting,
};

/** The verdict, with the layers that denied. */
function verdict(s3: Facts, kms: Facts | undefined, gates: Gates = {}): string {
  const legs = kms ? { s3: request(s3), kms: request(kms) } : { s3: request(s3) };
  const { verdict: word, because } = judgeS3({ ...legs, gates });
  return word === 'Allowed' ? word : `${word}: ${because.map(({ layer }) => layer).join(' ')}`;
}

describe('B.1: every leg must pass, and every gate', () => {
  const outsider = { as: `arn:aws:iam::${OTHER}:role/r`, identityPolicies: YES, resourcePolicy: grants('*') };
  const anonymous = { as: 'anonymous', resourcePolicy: grants('*') };
  const anyKey = { Statement: { ...trusting.Statement, Principal: '*' } };
  test.each<readonly [string, Facts, Facts | undefined, Gates, string]>([
    ['no key', READ, undefined, {}, 'Allowed'],
    ['both legs', READ, DECRYPT, {}, 'Allowed'],
    [
      'the key policy is silent',
      READ,
      { ...DECRYPT, resourcePolicy: null },
      {},
      'ImplicitlyDenied: kms-key-policy',
    ],
    [
      'the identity may not use the key',
      READ,
      { ...DECRYPT, identityPolicies: YES },
      {},
      'ImplicitlyDenied: identity',
    ],
    ['S3 is silent', { identityPolicies: [] }, DECRYPT, {}, 'ImplicitlyDenied: identity'],
    ['a foreign key', READ, { ...DECRYPT, to: OTHER }, {}, 'Allowed'],
    [
      'a foreign key that names the role only',
      READ,
      {
        ...DECRYPT,
        to: OTHER,
        identityPolicies: [],
        resourcePolicy: { Statement: { ...trusting.Statement, Principal: { AWS: ROLE } } },
      },
      {},
      'ImplicitlyDenied: identity',
    ],
    [
      'D.4: endpoint policies do not see the KMS call',
      READ,
      { ...DECRYPT, vpcEndpointPolicies: YES },
      {},
      'Allowed',
    ],
    ['D.5: a disabled key', READ, DECRYPT, { keyState: 'Disabled' }, 'ImplicitlyDenied: kms-key-state'],
    [
      'D.5: a key in deletion',
      READ,
      DECRYPT,
      { keyState: 'PendingDeletion' },
      'ImplicitlyDenied: kms-key-state',
    ],
    ['D.1: another Region', READ, DECRYPT, { bucketRegion: 'us-east-1' }, 'ImplicitlyDenied: kms-key-state'],
    [
      'D.1: unsigned',
      anonymous,
      { ...DECRYPT, as: 'anonymous', resourcePolicy: anyKey },
      {},
      'ImplicitlyDenied: kms-key-state',
    ],
    [
      'C.9: an outsider who does not pay',
      outsider,
      undefined,
      { requesterPays: true },
      'ImplicitlyDenied: requester-pays',
    ],
    [
      'C.9: an outsider who pays',
      outsider,
      undefined,
      { requesterPays: true, requestPayer: true },
      'Allowed',
    ],
    ['C.9: the owner', READ, undefined, { requesterPays: true }, 'Allowed'],
    [
      'C.9: anonymous',
      anonymous,
      undefined,
      { requesterPays: true, requestPayer: true },
      'ImplicitlyDenied: requester-pays',
    ],
  ])('%s', (_what, s3, kms, ...[gates, expected]) => {
    expect(verdict(s3, kms, gates)).toBe(expected);
  });
});
