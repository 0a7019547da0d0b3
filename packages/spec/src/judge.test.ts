import {
  OTHER,
  OWN,
  ROLE,
  SILENT,
  USER,
  YES,
  document,
  grants,
  policies,
  request,
  verdict,
  type Facts,
  type Named,
} from './case.fixture.ts';
import { judge } from './index.ts';

describe('B.7: the vectors that this form carries (20 needs object ownership)', () => {
  const full = (target: string): { target: string; policies: Named } => ({
    target,
    policies: policies({ Action: '*' }),
  });
  const ou = { target: 'ou-1', policies: policies({}) };
  const path = [full('r-1'), ou, full(OWN)];
  const kms = {
    action: 'kms:Decrypt',
    resource: `arn:aws:kms:eu-west-1:${OWN}:key/k`,
    identityPolicies: policies({ Action: 'kms:*' }),
    resourcePolicy: document({ Action: 'kms:*', Principal: { AWS: OWN } }),
  };
  const perimeter = {
    Effect: 'Deny',
    Principal: '*',
    Condition: {
      StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-x' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    },
  };
  const rcps = [
    { target: 'r-1', policies: [...policies({ Action: '*', Principal: '*' }), ...policies(perimeter)] },
  ];
  const open = { resourcePolicy: grants('*'), rcps, identityPolicies: YES };
  const notIp = document({
    Effect: 'Deny',
    Principal: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  });
  const noMfa = (operator: string): Named =>
    policies({}, { Effect: 'Deny', Condition: { [operator]: { 'aws:MultiFactorAuthPresent': 'false' } } });
  const prefix = (value: string): Facts => ({
    action: 's3:ListBucket',
    resource: 'arn:aws:s3:::b',
    context: { 's3:prefix': [value] },
    identityPolicies: policies({ Condition: { StringEquals: { 's3:prefix': 'home/*' } } }),
  });
  const restricted = {
    resourcePolicy: document(
      { Principal: '*', Action: 's3:ListBucket' },
      { Principal: { AWS: [OTHER, ROLE] } },
    ),
    settings: { s3: { blockPublicAccess: true } },
  };
  test.each<readonly [string, Facts, string]>([
    [
      '1',
      { identityPolicies: policies({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/*' }) },
      'Allowed',
    ],
    ['2', { identityPolicies: YES, to: OTHER }, 'ImplicitlyDenied: bucket-policy'],
    ['3', { resourcePolicy: grants({ AWS: ROLE }) }, 'Allowed'],
    ['4', { resourcePolicy: grants({ AWS: ROLE }), to: OTHER }, 'ImplicitlyDenied: identity'],
    ['5', { resourcePolicy: grants({ AWS: OWN }) }, 'ImplicitlyDenied: identity'],
    ['6', { resourcePolicy: grants('*') }, 'Allowed'],
    ['6, with a boundary', { resourcePolicy: grants('*'), permissionBoundaries: SILENT }, 'Allowed'],
    [
      '7',
      { resourcePolicy: grants({ AWS: ROLE }), permissionBoundaries: SILENT },
      'ImplicitlyDenied: boundary',
    ],
    ['8, s3', { identityPolicies: YES, scps: path }, 'Allowed'],
    ['8, kms', { ...kms, scps: path }, 'ImplicitlyDenied: scp'],
    ['9', { ...kms, scps: path, more: { principalInManagementAccount: true } }, 'Allowed'],
    [
      '10, role of the organization',
      { ...open, context: { 'aws:PrincipalOrgID': ['o-x'], 'aws:PrincipalIsAWSService': ['false'] } },
      'Allowed',
    ],
    [
      '10, outsider',
      {
        ...open,
        to: OTHER,
        context: { 'aws:PrincipalOrgID': ['o-y'], 'aws:PrincipalIsAWSService': ['false'] },
      },
      'ExplicitlyDenied: rcp',
    ],
    [
      '10, service',
      { ...open, as: 'cloudtrail.amazonaws.com', context: { 'aws:PrincipalIsAWSService': ['true'] } },
      'Allowed',
    ],
    [
      '10, service-linked role',
      {
        ...open,
        as: `arn:aws:iam::${OWN}:role/aws-service-role/x/SLR`,
        context: { 'aws:PrincipalOrgID': ['o-y'] },
      },
      'Allowed',
    ],
    ['10, anonymous', { ...open, as: 'anonymous' }, 'ExplicitlyDenied: rcp'],
    [
      '11',
      { identityPolicies: YES, resourcePolicy: notIp, context: { 'aws:SourceVpce': ['vpce-1'] } },
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      '12',
      { identityPolicies: policies({ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }) },
      'ImplicitlyDenied: identity',
    ],
    ['13, long-term key', { identityPolicies: noMfa('Bool') }, 'Allowed'],
    [
      '13, session without MFA',
      { identityPolicies: noMfa('Bool'), context: { 'aws:MultiFactorAuthPresent': ['false'] } },
      'ExplicitlyDenied: identity',
    ],
    ['14', { identityPolicies: noMfa('BoolIfExists') }, 'ExplicitlyDenied: identity'],
    ['15, literal', prefix('home/*'), 'Allowed'],
    ['15, not a pattern', prefix('home/x'), 'ImplicitlyDenied: identity'],
    [
      '16',
      {
        action: 's3:PutObject',
        identityPolicies: policies(
          {},
          {
            Effect: 'Deny',
            Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
          },
        ),
      },
      'ExplicitlyDenied: identity',
    ],
    ['17', { resourcePolicy: grants({ AWS: 'AROAEXAMPLEID' }) }, 'ImplicitlyDenied: identity'],
    [
      '18',
      {
        as: USER,
        resource: 'arn:aws:s3:::b/ann/x',
        context: { 'aws:username': ['ann'] },
        identityPolicies: [
          {
            name: 'old',
            policy: { ...document({ Resource: 'arn:aws:s3:::b/${aws:username}/*' }), Version: '2008-10-17' },
          },
        ],
      },
      'ImplicitlyDenied: identity',
    ],
    [
      '19, named account',
      { ...restricted, as: `arn:aws:iam::${OTHER}:role/r`, identityPolicies: YES },
      'ExplicitlyDenied: block-public-access',
    ],
    ['19, own role', restricted, 'Allowed'],
  ])('%s', (_vector, facts, expected) => {
    expect(verdict(facts)).toBe(expected);
  });

  test('8: the silent node is named', () => {
    expect(judge(request({ ...kms, scps: path })).because).toEqual([
      { layer: 'scp', outcome: 'implicitly-denied', source: 'ou-1' },
    ]);
  });

  test('B.3: a node without policies denies, and RCPs leave other services alone', () => {
    expect(verdict({ identityPolicies: YES, scps: [full('r-1'), { target: 'ou', policies: [] }] })).toBe(
      'ImplicitlyDenied: scp',
    );
    const other = {
      action: 'ec2:RunInstances',
      resource: `arn:aws:ec2:r:${OWN}:instance/i`,
      identityPolicies: policies({ Action: 'ec2:*' }),
    };
    expect(verdict({ ...other, rcps: [{ target: 'r-1', policies: [] }] })).toBe('Allowed');
  });
});
