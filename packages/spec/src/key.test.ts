import {
  document,
  grants,
  KEY,
  OTHER,
  OWN,
  policies,
  request,
  ROLE,
  ROOT,
  USER,
  verdictS3,
  YES,
  type Facts,
  type Json,
} from './case.fixture.ts';
import type { KeyCall, KeyGrant } from './index.ts';

const trusting = (principal: unknown, more: Json = {}): Json =>
  document({ Action: 'kms:*', Principal: principal, ...more });
const DELEGATES = trusting({ AWS: OWN });
const may = policies({ Action: ['s3:*', 'kms:*'] });

/** The call to KMS for the caller of `facts`, on a key of OWN that delegates to its account. */
function key(facts: Facts, more: Partial<KeyCall> = {}): KeyCall {
  const { action: _, ...call } = request({ ...facts, resource: KEY, resourcePolicy: DELEGATES }).request;
  return {
    ...request({ ...facts, resourcePolicy: DELEGATES }),
    request: { ...call, resourceAccount: OWN },
    ...more,
  };
}

function verdict(facts: Facts, more: Partial<KeyCall> = {}): string {
  return verdictS3(facts, { kms: key(facts, more) });
}

const READ: Facts = { identityPolicies: may };
const FAR: Facts = { as: `arn:aws:iam::${OTHER}:role/r`, identityPolicies: may, resourcePolicy: grants('*') };

describe('D.4: who may use the key', () => {
  test.each<readonly [string, Facts, Partial<KeyCall>, string]>([
    ['delegation and identity', READ, {}, 'Allowed'],
    ['delegation without identity', { identityPolicies: YES }, {}, 'ImplicitlyDenied: identity'],
    ['identity without delegation', READ, { resourcePolicy: null }, 'ImplicitlyDenied: kms-key-policy'],
    [
      'the key policy names the role',
      { identityPolicies: YES },
      { resourcePolicy: trusting({ AWS: ROLE }) },
      'Allowed',
    ],
    ['another account, both sides', FAR, { resourcePolicy: trusting({ AWS: OTHER }) }, 'Allowed'],
    [
      'another account, everyone is named, no identity',
      { ...FAR, identityPolicies: YES },
      { resourcePolicy: trusting('*') },
      'ImplicitlyDenied: identity',
    ],
    ['another account, not named', FAR, {}, 'ImplicitlyDenied: kms-key-policy'],
    [
      'kms:ResourceAliases is no key of key policies',
      { identityPolicies: YES },
      {
        resourcePolicy: trusting(
          { AWS: ROLE },
          { Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } } },
        ),
      },
      'ImplicitlyDenied: kms-key-policy identity',
    ],
    [
      'endpoint policies do not see the call',
      READ,
      { vpcEndpointPolicies: policies({ Action: 's3:*' }) },
      'Allowed',
    ],
    ['RCPs of its account do', READ, { rcps: [{ target: 'r', policies: [] }] }, 'ImplicitlyDenied: rcp'],
    [
      'but not on the keys of AWS',
      READ,
      { rcps: [{ target: 'r', policies: [] }], managedByAws: true },
      'Allowed',
    ],
    ['B.4: the root user through delegation', { as: ROOT }, {}, 'Allowed'],
    [
      'a service by name',
      { as: 'cloudtrail.amazonaws.com', resourcePolicy: grants('*') },
      { resourcePolicy: trusting({ Service: 'cloudtrail.amazonaws.com' }) },
      'Allowed',
    ],
    [
      'a service that is not named',
      { as: 'cloudtrail.amazonaws.com', resourcePolicy: grants('*') },
      {},
      'ImplicitlyDenied: kms-key-policy',
    ],
  ])('%s', (_what, facts, more, expected) => {
    expect(verdict(facts, more)).toBe(expected);
  });
});

describe('D.4: grants', () => {
  const grant = (more: Partial<KeyGrant> = {}): KeyGrant => ({
    grantee: ROLE,
    operations: ['Decrypt'],
    ...more,
  });
  const context = (arn: string): Partial<KeyCall> => {
    const call = key({});
    const values = { 'kms:EncryptionContextKeys': ['aws:s3:arn'], 'kms:EncryptionContext:aws:s3:arn': [arn] };
    return { request: { ...call.request, context: values }, resourcePolicy: null };
  };
  const SILENT_KEY = 'ImplicitlyDenied: kms-key-policy identity';
  test.each<readonly [string, Facts, Partial<KeyCall>, string]>([
    ['to the role', {}, { resourcePolicy: null, grants: [grant()] }, 'Allowed'],
    ['to another', {}, { resourcePolicy: null, grants: [grant({ grantee: USER })] }, SILENT_KEY],
    [
      'for another operation',
      {},
      { resourcePolicy: null, grants: [grant({ operations: ['GenerateDataKey'] })] },
      SILENT_KEY,
    ],
    [
      'to a service',
      { as: 'a.amazonaws.com', resourcePolicy: grants('*') },
      { resourcePolicy: null, grants: [grant({ grantee: 'a.amazonaws.com' })] },
      'Allowed',
    ],
    [
      'a Deny still wins',
      {},
      { resourcePolicy: document({ Effect: 'Deny', Action: 'kms:*', Principal: '*' }), grants: [grant()] },
      'ExplicitlyDenied: kms-key-policy',
    ],
    [
      'its context is held',
      {},
      { ...context('x'), grants: [grant({ contextSubset: { 'aws:s3:arn': 'x' } })] },
      'Allowed',
    ],
    [
      'its context is not',
      {},
      { ...context('y'), grants: [grant({ contextSubset: { 'aws:s3:arn': 'x' } })] },
      SILENT_KEY,
    ],
    [
      'the same context',
      {},
      { ...context('x'), grants: [grant({ contextEquals: { 'aws:s3:arn': 'x' } })] },
      'Allowed',
    ],
    [
      'no context, where there is one',
      {},
      { ...context('x'), grants: [grant({ contextEquals: {} })] },
      SILENT_KEY,
    ],
    [
      'across accounts the caller needs its own',
      { ...FAR, identityPolicies: YES },
      { grants: [grant({ grantee: `arn:aws:iam::${OTHER}:role/r` })] },
      'ImplicitlyDenied: identity',
    ],
  ])('%s', (_what, facts, more, expected) => {
    expect(
      verdict(
        { identityPolicies: YES, ...facts },
        { identityPolicies: facts.identityPolicies ?? [], ...more },
      ),
    ).toBe(expected);
  });
});

test.each<readonly [action: string, kms: string, multipart: boolean]>([
  ['s3:GetObject', 'kms:Decrypt', false],
  ['s3:GetObjectVersion', 'kms:Decrypt', false],
  ['s3:GetObjectAttributes', 'kms:Decrypt', false],
  ['s3:ListMultipartUploadParts', 'kms:Decrypt', false],
  ['s3:PutObject', 'kms:GenerateDataKey', false],
  ['s3:PutObject', 'kms:Decrypt', true],
  ['s3:PutObject', 'kms:GenerateDataKey', true],
])('D.3: %s needs %s (multipart: %s)', (action, kms, multipart) => {
  const without = policies({ Action: ['s3:*', 'kms:*'] }, { Effect: 'Deny', Action: kms });
  expect(verdict({ action, identityPolicies: may }, { multipart })).toBe('Allowed');
  expect(verdict({ action, identityPolicies: without }, { multipart })).toBe('ExplicitlyDenied: identity');
});

test('D.3: other actions need no key', () => {
  for (const action of ['s3:DeleteObject', 's3:GetObjectTagging', 's3:PutObjectAcl'])
    expect(verdict({ action, identityPolicies: YES }, { state: 'Disabled' })).toBe('Allowed');
});

describe('D.1, D.5: the key itself', () => {
  const BROKEN = 'ImplicitlyDenied: kms-key-state';
  test.each<readonly [string, Facts, Partial<KeyCall>, string]>([
    ['disabled', READ, { state: 'Disabled' }, BROKEN],
    ['in deletion', READ, { state: 'PendingDeletion' }, BROKEN],
    ['not symmetric', READ, { spec: 'RSA_2048' }, BROKEN],
    ['in another Region', READ, { bucketRegion: 'us-east-1' }, BROKEN],
    ['in the Region of the bucket', READ, { bucketRegion: 'eu-west-1' }, 'Allowed'],
    ['aws/s3 of another account', FAR, { managedByAws: true, resourcePolicy: trusting('*') }, BROKEN],
    [
      'an unsigned request',
      { as: 'anonymous', resourcePolicy: grants('*') },
      { resourcePolicy: trusting('*') },
      BROKEN,
    ],
    ['plain HTTP', { ...READ, context: { 'aws:SecureTransport': ['false'] } }, {}, BROKEN],
  ])('%s', (_what, facts, more, expected) => {
    expect(verdict(facts, more)).toBe(expected);
  });
});
