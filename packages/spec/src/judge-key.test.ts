import { OTHER, OWN, ROLE, ROOT, policies, verdict, type Facts, type Json } from './case.fixture.ts';

describe('D.4: keys and roles must take part', () => {
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:eu-west-1:${OWN}:key/k` };
  const may = policies({ Action: '*' });
  const keyPolicy = (principal: unknown): Json => ({
    Statement: { Effect: 'Allow', Action: 'kms:*', Principal: principal },
  });
  test.each<readonly [string, Facts, string]>([
    ['identity alone', { ...key, identityPolicies: may }, 'ImplicitlyDenied: kms-key-policy'],
    [
      'account and identity, the resource implied',
      { ...key, identityPolicies: may, resourcePolicy: keyPolicy({ AWS: ROOT }) },
      'Allowed',
    ],
    [
      'account without identity',
      { ...key, resourcePolicy: keyPolicy({ AWS: OWN }) },
      'ImplicitlyDenied: identity',
    ],
    ['the role itself', { ...key, resourcePolicy: keyPolicy({ AWS: ROLE }) }, 'Allowed'],
    ['root through the account', { ...key, as: ROOT, resourcePolicy: keyPolicy({ AWS: OWN }) }, 'Allowed'],
    [
      'root without the account',
      { ...key, as: ROOT, resourcePolicy: keyPolicy({ AWS: ROLE }) },
      'ImplicitlyDenied: kms-key-policy identity',
    ],
    [
      'two accounts, both sides',
      { ...key, to: OTHER, identityPolicies: may, resourcePolicy: keyPolicy({ AWS: OWN }) },
      'Allowed',
    ],
    [
      'two accounts, an operation that cannot cross',
      {
        ...key,
        to: OTHER,
        action: 'kms:GetKeyPolicy',
        identityPolicies: may,
        resourcePolicy: keyPolicy({ AWS: OWN }),
      },
      'ImplicitlyDenied: kms-key-policy',
    ],
    [
      'a role trusts nobody by itself',
      { action: 'sts:AssumeRole', resource: `arn:aws:iam::${OWN}:role/x`, identityPolicies: may },
      'ImplicitlyDenied: role-trust',
    ],
    [
      'a role that trusts the account',
      {
        action: 'sts:AssumeRole',
        resource: `arn:aws:iam::${OWN}:role/x`,
        identityPolicies: may,
        resourcePolicy: { Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OWN } } },
      },
      'Allowed',
    ],
  ])('%s', (_what, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });
});
