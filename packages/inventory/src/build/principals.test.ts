import { ACCOUNT, allow, estateOf, given, OTHER_ACCOUNT } from '../given.fixture.ts';

const IAM = `arn:aws:iam::${ACCOUNT}`;
const AWS_MANAGED = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const role = (data: object, more: object = {}) =>
  given('iam-role', { RoleName: 'app', Arn: `${IAM}:role/app`, ...data }, more);
const user = (data: object) => given('iam-user', { UserName: 'ana', Arn: `${IAM}:user/ana`, ...data });
const policy = (arn: string, data: object, more: object = {}) =>
  given('iam-policy', { Arn: arn, ...data }, more);
const versions = (document: string) => ({
  PolicyVersionList: [
    { VersionId: 'v1', IsDefaultVersion: false, Document: allow('s3:Old') },
    { VersionId: 'v2', IsDefaultVersion: true, Document: document },
  ],
});

const documentsOf = (lines: readonly object[], arn: string, collected?: object) =>
  estateOf(lines, collected)
    .principals.get(arn)
    ?.identity.map(({ document, attachedTo, policy: text }) => ({
      document,
      attachedTo,
      text: text.kind === 'seen' ? text.value.text : text,
    }));

test('a role speaks through its inline policies and the default version of its managed ones', () => {
  const lines = [
    role({
      RolePolicyList: [{ PolicyName: 'own', PolicyDocument: allow('s3:A') }],
      AttachedManagedPolicies: [{ PolicyArn: `${IAM}:policy/shared` }],
    }),
    policy(`${IAM}:policy/shared`, versions(allow('s3:B'))),
  ];
  expect(documentsOf(lines, `${IAM}:role/app`)).toEqual([
    { document: `${IAM}:role/app#inline/own`, attachedTo: `${IAM}:role/app`, text: allow('s3:A') },
    { document: `${IAM}:policy/shared`, attachedTo: `${IAM}:role/app`, text: allow('s3:B') },
  ]);
});

test('a user speaks through the policies of its groups too, which stay attached to the group', () => {
  const group = { GroupName: 'Readers', Arn: `${IAM}:group/team/Readers` };
  const lines = [
    user({ GroupList: ['Readers'] }),
    given('iam-group', {
      ...group,
      GroupPolicyList: [{ PolicyName: 'own', PolicyDocument: allow('s3:A') }],
      AttachedManagedPolicies: [{ PolicyArn: AWS_MANAGED }],
    }),
    policy(AWS_MANAGED, versions(allow('s3:B'))),
  ];
  expect(documentsOf(lines, `${IAM}:user/ana`)).toEqual([
    { document: `${group.Arn}#inline/own`, attachedTo: group.Arn, text: allow('s3:A') },
    { document: AWS_MANAGED, attachedTo: group.Arn, text: allow('s3:B') },
  ]);
});

test("the account's own copy of a policy that AWS manages comes first, any other account's will do", () => {
  const lines = [
    role({ AttachedManagedPolicies: [{ PolicyArn: AWS_MANAGED }] }),
    policy(AWS_MANAGED, versions(allow('s3:Other')), { accountId: OTHER_ACCOUNT }),
  ];
  const own = policy(AWS_MANAGED, versions(allow('s3:Own')));
  expect(documentsOf(lines, `${IAM}:role/app`)).toMatchObject([{ text: allow('s3:Other') }]);
  expect(documentsOf([...lines, own], `${IAM}:role/app`)).toMatchObject([{ text: allow('s3:Own') }]);
});

test.each([
  ['the version marked as default', versions(allow('s3:X')), allow('s3:X')],
  [
    'the version that the policy names',
    { DefaultVersionId: 'v9', PolicyVersionList: [{ VersionId: 'v9', Document: '{}' }] },
    '{}',
  ],
  ['an only version of which nothing is said', { PolicyVersionList: [{ Document: '{}' }] }, '{}'],
  ['no version', {}, { kind: 'unreadable', reason: 'NotCollected' }],
  [
    'no default version',
    { PolicyVersionList: [{ IsDefaultVersion: false, Document: '{}' }] },
    { kind: 'unreadable', reason: 'NotCollected' },
  ],
])('a managed policy with %s', (_, data, text) => {
  const lines = [role({ AttachedManagedPolicies: [{ PolicyArn: 'p' }] }), policy('p', data)];
  expect(documentsOf(lines, `${IAM}:role/app`)).toMatchObject([{ document: 'p', text }]);
});

describe('what the snapshot lacks is an unreadable document, never an ignored one', () => {
  const unknown = { kind: 'unreadable', reason: 'NotCollected' };

  test('a managed policy', () => {
    expect(documentsOf([role({ AttachedManagedPolicies: [{ PolicyArn: 'p' }] })], `${IAM}:role/app`)).toEqual(
      [{ document: 'p', attachedTo: `${IAM}:role/app`, text: unknown }],
    );
  });

  test('a group', () => {
    expect(documentsOf([user({ GroupList: ['gone'] })], `${IAM}:user/ana`)).toEqual([
      { document: `${IAM}:group/gone`, attachedTo: `${IAM}:group/gone`, text: unknown },
    ]);
  });

  test('a permissions boundary', () => {
    const estate = estateOf([role({ PermissionsBoundary: { PermissionsBoundaryArn: 'b' } })]);
    expect(estate.principals.get(`${IAM}:role/app`)?.boundary).toEqual({
      kind: 'seen',
      value: { document: 'b', attachedTo: `${IAM}:role/app`, policy: unknown },
    });
  });

  test('an inline list that could not be read', () => {
    const line = role({}, { unreadable: [{ field: 'RolePolicyList', reason: 'Throttling' }] });
    expect(documentsOf([line], `${IAM}:role/app`)).toMatchObject([
      { document: `${IAM}:role/app#inline/*`, text: { kind: 'unreadable', reason: 'Throttling' } },
    ]);
  });

  test('lists of which the first line says that nobody asked for them', () => {
    expect(
      documentsOf([user({})], `${IAM}:user/ana`, { 'iam-user': [] })?.map(({ document }) => document),
    ).toEqual([`${IAM}:user/ana#inline/*`, `${IAM}:user/ana#managed/*`, `${IAM}:user/ana#groups/*`]);
  });

  test('with the reason of the gap where the scan gives one', () => {
    const lines = [
      role({ AttachedManagedPolicies: [{ PolicyArn: 'p' }] }),
      given('coverage', { step: 'iam:GetAccountAuthorizationDetails', reason: 'AccessDenied' }),
    ];
    expect(documentsOf(lines, `${IAM}:role/app`)).toMatchObject([{ text: { reason: 'AccessDenied' } }]);
  });
});

test('only what lives under the path of AWS is service-linked', () => {
  const linked = (data: object) =>
    estateOf([role(data)])
      .principals.values()
      .next().value?.isServiceLinked;
  const service = `${IAM}:role/aws-service-role/ops.amazonaws.com/AWSServiceRoleForOps`;
  expect(linked({ Arn: service })).toBe(true);
  expect(linked({ Arn: service, Path: '/aws-service-role/ops.amazonaws.com/' })).toBe(true);
  expect(linked({ Path: '/' })).toBe(false);
  expect(linked({ Arn: `${IAM}:role/my/aws-service-role/x` })).toBe(false);
});

test('percent-encoded documents stay as received, and equal texts share one document', () => {
  const encoded = encodeURIComponent(allow('s3:A'));
  const inline = (name: string) => ({ PolicyName: name, PolicyDocument: encoded });
  const estate = estateOf([
    role({ RolePolicyList: [inline('a'), inline('b')], AssumeRolePolicyDocument: encoded }),
  ]);
  const facts = estate.principals.get(`${IAM}:role/app`);
  const [a, b] = (facts?.identity ?? []).map(({ policy: text }) =>
    text.kind === 'seen' ? text.value : undefined,
  );
  expect(a?.text).toBe(encoded);
  expect(a).toBe(b);
  expect(facts?.trust).toEqual({ kind: 'seen', value: a });
});

test('a document given as an object has the same text whatever the order of its keys', () => {
  const inline = (document: object) =>
    role({ RolePolicyList: [{ PolicyName: 'a', PolicyDocument: document }] });
  const one = documentsOf([inline({ Version: '2012-10-17', Statement: [] })], `${IAM}:role/app`);
  const other = documentsOf([inline({ Statement: [], Version: '2012-10-17' })], `${IAM}:role/app`);
  expect(one).toEqual(other);
});

test.each([
  'sts:AssumeRole',
  'iam:GetAccountAuthorizationDetails',
  'iam:GetAccountAuthorizationDetails:page-2',
])('an account where %s failed has unknown principals', (step) => {
  const estate = estateOf([
    role({}),
    given('coverage', { step, reason: 'AccessDenied' }, { accountId: OTHER_ACCOUNT }),
  ]);
  expect([...estate.accountsWithoutPrincipals]).toEqual([OTHER_ACCOUNT]);
});
