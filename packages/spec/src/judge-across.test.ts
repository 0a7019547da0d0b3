import {
  OTHER,
  OWN,
  ROOT,
  SESSION,
  SILENT,
  USER,
  YES,
  document,
  grants,
  policies,
  verdict,
  type Facts,
} from './case.fixture.ts';

describe('B.5: across accounts', () => {
  const both = { to: OTHER, identityPolicies: YES, resourcePolicy: grants({ AWS: ROOT }) };
  test.each<readonly [string, Facts, string]>([
    ['both sides allow', both, 'Allowed'],
    [
      'everyone still needs the caller side',
      { to: OTHER, resourcePolicy: grants('*') },
      'ImplicitlyDenied: identity',
    ],
    [
      'the boundary limits whatever the resource names',
      { ...both, resourcePolicy: grants('*'), permissionBoundaries: SILENT },
      'ImplicitlyDenied: boundary',
    ],
    [
      'the session ARN waives nothing',
      { ...both, as: SESSION, resourcePolicy: grants({ AWS: SESSION }), sessionPolicies: SILENT },
      'ImplicitlyDenied: session',
    ],
    [
      'a root user needs no identity policy',
      { to: OTHER, as: ROOT, resourcePolicy: grants({ AWS: OWN }) },
      'Allowed',
    ],
    [
      'bucket policy calls end in 405',
      { ...both, action: 's3:GetBucketPolicy', resource: 'arn:aws:s3:::b' },
      'ImplicitlyDenied: bucket-policy',
    ],
    ['anonymous needs everyone', { as: 'anonymous', resourcePolicy: grants({ AWS: '*' }) }, 'Allowed'],
    [
      'an account is not anonymous',
      { as: 'anonymous', resourcePolicy: grants({ AWS: OWN }) },
      'ImplicitlyDenied: bucket-policy',
    ],
    [
      'a service is named',
      {
        as: 'logs.amazonaws.com',
        resourcePolicy: grants({ Service: ['a.amazonaws.com', 'logs.amazonaws.com'] }),
      },
      'Allowed',
    ],
    [
      'another service is not',
      { as: 'logs.amazonaws.com', resourcePolicy: grants({ Service: 'sns.amazonaws.com' }) },
      'ImplicitlyDenied: bucket-policy',
    ],
    [
      'B.6: the owner root mends the bucket policy',
      {
        as: ROOT,
        action: 's3:PutBucketPolicy',
        resource: 'arn:aws:s3:::b',
        resourcePolicy: document({ Effect: 'Deny', Principal: '*' }),
      },
      'Allowed',
    ],
  ])('%s', (_what, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });
});

describe('other layers', () => {
  const tagged = {
    context: { 'aws:ResourceTag/team': ['a'] },
    identityPolicies: policies({ Condition: { StringEquals: { 'aws:ResourceTag/Team': 'a' } } }),
  };
  test.each<readonly [string, Facts, string]>([
    [
      'E: the endpoint must allow',
      { identityPolicies: YES, vpcEndpointPolicies: [{ name: 'e', policy: grants({ AWS: USER }) }] },
      'ImplicitlyDenied: vpc-endpoint',
    ],
    [
      'E: endpoint policies are a union',
      {
        identityPolicies: YES,
        vpcEndpointPolicies: [
          { name: 'e', policy: grants('*') },
          { name: 'f', policy: grants({ AWS: USER }) },
        ],
      },
      'Allowed',
    ],
    ['C.11: tags of a bucket are absent', tagged, 'ImplicitlyDenied: identity'],
    [
      'C.11: with ABAC they are there',
      { ...tagged, settings: { s3: { bucketAbacEnabled: true } } },
      'Allowed',
    ],
    [
      'C.7: anonymous on a restricted bucket',
      { as: 'anonymous', resourcePolicy: grants('*'), settings: { s3: { blockPublicAccess: true } } },
      'ExplicitlyDenied: block-public-access',
    ],
    [
      'a caller that is none',
      { as: `arn:aws:iam::${OWN}:group/g`, identityPolicies: YES },
      'ImplicitlyDenied: identity',
    ],
  ])('%s', (_what, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });
});
