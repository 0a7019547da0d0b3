import {
  FEDERATED,
  OWN,
  ROLE,
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

describe('B.4: same account', () => {
  const federatedBare = { as: FEDERATED, permissionBoundaries: SILENT, sessionPolicies: SILENT };
  test.each<readonly [string, Facts, string]>([
    [
      'row 1: user ARN',
      { as: USER, resourcePolicy: grants({ AWS: USER }), permissionBoundaries: SILENT },
      'Allowed',
    ],
    ['row 1: everyone', { as: USER, resourcePolicy: grants('*'), permissionBoundaries: SILENT }, 'Allowed'],
    ['row 2', { as: USER, resourcePolicy: grants({ AWS: OWN }) }, 'ImplicitlyDenied: identity'],
    [
      'row 3',
      { as: USER, identityPolicies: YES, permissionBoundaries: SILENT },
      'ImplicitlyDenied: boundary',
    ],
    ['row 4: no limits', { as: SESSION, resourcePolicy: grants({ AWS: ROLE }) }, 'Allowed'],
    [
      'row 4: limits allow',
      { resourcePolicy: grants({ AWS: ROLE }), permissionBoundaries: YES, sessionPolicies: YES },
      'Allowed',
    ],
    [
      'row 5',
      { resourcePolicy: grants({ AWS: ROLE }), permissionBoundaries: SILENT },
      'ImplicitlyDenied: boundary',
    ],
    [
      'row 6',
      { resourcePolicy: grants({ AWS: ROLE }), sessionPolicies: SILENT },
      'ImplicitlyDenied: session',
    ],
    [
      'row 7',
      {
        as: SESSION,
        resourcePolicy: grants({ AWS: SESSION }),
        permissionBoundaries: SILENT,
        sessionPolicies: SILENT,
      },
      'Allowed',
    ],
    [
      'row 8',
      { as: SESSION, resourcePolicy: grants('*'), permissionBoundaries: SILENT, sessionPolicies: SILENT },
      'Allowed',
    ],
    [
      'row 9',
      {
        resourcePolicy: grants({ AWS: ROOT }),
        identityPolicies: YES,
        permissionBoundaries: YES,
        sessionPolicies: YES,
      },
      'Allowed',
    ],
    ['row 10', { as: SESSION, identityPolicies: YES, permissionBoundaries: YES }, 'Allowed'],
    ['row 11', { ...federatedBare, resourcePolicy: grants({ AWS: FEDERATED }) }, 'Allowed'],
    [
      'row 12',
      { ...federatedBare, resourcePolicy: grants({ AWS: USER }) },
      'ImplicitlyDenied: boundary session',
    ],
    ['row 13', { as: FEDERATED, identityPolicies: YES }, 'ImplicitlyDenied: session'],
    [
      'row 13, with a session policy',
      { as: FEDERATED, identityPolicies: YES, sessionPolicies: YES },
      'Allowed',
    ],
    ['row 14', { as: ROOT }, 'Allowed'],
    [
      'row 15',
      { as: ROOT, resourcePolicy: document({ Effect: 'Deny', Principal: { AWS: OWN } }) },
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      'row 15, identity',
      { identityPolicies: policies({}, { Effect: 'Deny' }), resourcePolicy: grants('*') },
      'ExplicitlyDenied: identity',
    ],
  ])('%s', (_row, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });

  test.each<readonly [string, Facts, string]>([
    [
      'a user is not limited by session policies that it cannot have',
      { as: USER, identityPolicies: YES, sessionPolicies: SILENT },
      'Allowed',
    ],
    [
      'a role that the session ARN names is not that session',
      { resourcePolicy: grants({ AWS: SESSION }) },
      'ImplicitlyDenied: identity',
    ],
    [
      'another path is another role',
      { resourcePolicy: grants({ AWS: `arn:aws:iam::${OWN}:role/app` }) },
      'ImplicitlyDenied: identity',
    ],
    [
      'a session drops the path, and its role is compared without case (I.15)',
      { as: SESSION, resourcePolicy: grants({ AWS: `arn:aws:iam::${OWN}:role/x/APP` }) },
      'Allowed',
    ],
    ['no principal is nobody', { resourcePolicy: document({}) }, 'ImplicitlyDenied: identity'],
    [
      'NotPrincipal exempts whom it lists',
      {
        identityPolicies: YES,
        resourcePolicy: document({ Effect: 'Deny', NotPrincipal: { AWS: [OWN, ROLE] } }),
      },
      'Allowed',
    ],
    [
      'NotPrincipal denies the others',
      { identityPolicies: YES, resourcePolicy: document({ Effect: 'Deny', NotPrincipal: { AWS: USER } }) },
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      'NotPrincipal always denies who has a boundary (A.3)',
      {
        identityPolicies: YES,
        permissionBoundaries: YES,
        resourcePolicy: document({ Effect: 'Deny', NotPrincipal: { AWS: [OWN, ROLE] } }),
      },
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      'Allow with NotPrincipal is a grant to everyone else (I.9)',
      { resourcePolicy: document({ NotPrincipal: { AWS: USER } }) },
      'Allowed',
    ],
  ])('A.2, A.3: %s', (_what, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });
});
