import { estateOf, given } from '../given.fixture.ts';

const SCP = 'SERVICE_CONTROL_POLICY';
const RCP = 'RESOURCE_CONTROL_POLICY';
const MANAGEMENT = '999900001111';
const MEMBER = '111122223333';

const line = (kind: string, data: object, more: object = {}) => ({ kind, data, ...more });
const organization = (data: object = {}) =>
  line('organization', { Id: 'o-1', MasterAccountId: MANAGEMENT, EnabledPolicyTypes: [SCP, RCP], ...data });
const member = (data: object = {}) =>
  line('account', { Id: MEMBER, ParentId: 'ou-a', Status: 'ACTIVE', ...data });
const tree = [
  line('root', { Id: 'r-1', Name: 'Root' }),
  line('organizational-unit', { Id: 'ou-a', Name: 'A', ParentId: 'r-1' }),
];
const policy = (id: string, type: string, data: object, more: object = {}) =>
  line('organization-policy', { Id: id, Type: type, ...data }, more);
const limit = policy('p-1', SCP, { Arn: 'arn:p-1', Content: '{}', TargetIds: ['ou-a'] });
const fullAccess = policy('p-FullAWSAccess', SCP, { AwsManaged: true, TargetIds: ['r-1', 'ou-a', MEMBER] });
const gap = (step: string, reason = 'AccessDenied') =>
  given('coverage', { step, reason }, { accountId: MANAGEMENT });

const organizationOf = (lines: readonly object[], collected?: object) =>
  estateOf(lines, collected).organization;
const scpsOf = (lines: readonly object[], collected?: object) => {
  const found = organizationOf(lines, collected);
  return found.kind === 'seen' ? found.value.scps : found;
};
const rcpsOf = (lines: readonly object[], collected?: object) => {
  const found = organizationOf(lines, collected);
  return found.kind === 'seen' ? found.value.rcps : found;
};
const idsAt = (policies: ReturnType<typeof scpsOf>, node: string) =>
  policies.kind === 'seen' && 'get' in policies.value
    ? (policies.value.get(node) ?? []).map(({ document }) => document)
    : policies;

describe('the policies at every node', () => {
  test('are those that name the node as a target, by policy id', () => {
    const scps = scpsOf([organization(), ...tree, member(), limit, fullAccess]);
    expect(idsAt(scps, 'ou-a')).toEqual(['arn:p-1', 'p-FullAWSAccess']);
    expect(idsAt(scps, 'r-1')).toEqual(['p-FullAWSAccess']);
    expect(idsAt(scps, 'ou-without')).toEqual([]);
  });

  test('have the known content of the policies that AWS manages', () => {
    const scps = scpsOf([organization(), fullAccess]);
    expect(
      JSON.stringify(scps.kind === 'seen' && 'get' in scps.value ? scps.value.get('r-1') : ''),
    ).toContain(String.raw`\"Effect\":\"Allow\",\"Action\":\"*\"`);
  });

  test('hold RCPFullAWSAccess everywhere, since AWS attaches it and nobody can detach it', () => {
    const rcps = rcpsOf([
      organization(),
      ...tree,
      member(),
      policy('p-2', RCP, { Content: '{}', TargetIds: ['r-1'] }),
    ]);
    const everywhere = 'arn:aws:organizations::aws:policy/resource_control_policy/p-RCPFullAWSAccess';
    expect(idsAt(rcps, 'r-1')).toEqual([everywhere, 'p-2']);
    for (const node of ['ou-a', MEMBER, MANAGEMENT]) expect(idsAt(rcps, node)).toEqual([everywhere]);
  });

  test('are unreadable documents where the content could not be read', () => {
    const bare = policy(
      'p-1',
      SCP,
      { TargetIds: ['r-1'] },
      { unreadable: [{ field: 'Content', reason: 'Denied' }] },
    );
    const scps = scpsOf([organization(), bare]);
    expect(scps.kind === 'seen' && 'get' in scps.value ? scps.value.get('r-1') : scps).toEqual([
      {
        document: 'p-1',
        attachedTo: 'r-1',
        policy: { kind: 'unreadable', reason: 'Denied', message: undefined },
      },
    ]);
  });
});

describe('a type of policy', () => {
  test('that is not enabled limits nothing', () => {
    expect(scpsOf([organization({ EnabledPolicyTypes: [RCP] }), limit])).toEqual({ kind: 'absent' });
  });

  test('that is enabled and has nothing attached leaves the nodes without policies, which denies', () => {
    expect(scpsOf([organization()], { 'organization-policy': ['TargetIds'] })).toEqual({
      kind: 'seen',
      value: new Map(),
    });
  });

  test('of which nothing was asked is unknown', () => {
    expect(scpsOf([organization()])).toMatchObject({ kind: 'unreadable', reason: 'NotCollected' });
    expect(scpsOf([organization({ EnabledPolicyTypes: undefined })])).toMatchObject({ kind: 'unreadable' });
  });

  test('of which it is not said whether it is enabled is enabled where a policy of it is attached', () => {
    const bare = organization({ EnabledPolicyTypes: undefined });
    expect(idsAt(scpsOf([bare, limit]), 'ou-a')).toEqual(['arn:p-1']);
    expect(scpsOf([bare, policy('p-1', SCP, { TargetIds: [] })])).toEqual({ kind: 'absent' });
    expect(scpsOf([bare], { 'organization-policy': [] })).toEqual({ kind: 'absent' });
  });

  test('is unknown as a whole where the targets of one policy are', () => {
    expect(scpsOf([organization(), limit, policy('p-9', SCP, { Content: '{}' })])).toMatchObject({
      kind: 'unreadable',
    });
  });

  test.each(['organizations:ListPolicies', 'organizations:ListTargetsForPolicy', 'organizations:*'])(
    'is unknown where %s failed',
    (step) => {
      expect(scpsOf([organization(), limit, gap(step)])).toMatchObject({
        kind: 'unreadable',
        reason: 'AccessDenied',
      });
    },
  );

  test('is readable where a step failed that does not hide policies', () => {
    expect(scpsOf([organization(), limit, gap('organizations:ListAccounts')])).toMatchObject({
      kind: 'seen',
    });
  });
});

describe('the organization', () => {
  test('is absent where the snapshot knows of none', () => {
    expect(organizationOf([given('bucket', { Name: 'logs' })])).toEqual({ kind: 'absent' });
  });

  test('is unreadable where the scan could not ask for it', () => {
    expect(organizationOf([gap('organizations:DescribeOrganization', 'Denied')])).toMatchObject({
      kind: 'unreadable',
      reason: 'Denied',
    });
  });

  test('is unreadable where parts of it are there and it is not', () => {
    expect(organizationOf([limit])).toMatchObject({ kind: 'unreadable', reason: 'NotCollected' });
    expect(organizationOf([member()])).toMatchObject({ kind: 'unreadable', reason: 'NotCollected' });
  });
});
