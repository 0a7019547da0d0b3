import { ACCOUNT, estateOf, given } from '../given.fixture.ts';

const line = (kind: string, data: object) => ({ kind, data });
const organization = line('organization', {
  Id: 'o-1',
  MasterAccountId: '999900001111',
  EnabledPolicyTypes: [],
});
const unit = (id: string, parent: string) => line('organizational-unit', { Id: id, ParentId: parent });
const account = (data: object) => line('account', { Id: ACCOUNT, ...data });

test('the path of an account begins at the root and ends above the account', () => {
  const estate = estateOf([
    organization,
    line('root', { Id: 'r-1', Name: 'Root' }),
    unit('ou-b', 'ou-a'),
    unit('ou-a', 'r-1'),
    account({
      ParentId: 'ou-b',
      Name: 'data',
      State: 'ACTIVE',
      Status: 'SUSPENDED',
      Tags: [{ Key: 'k', Value: 'v' }],
    }),
  ]);
  expect(estate.accounts.get(ACCOUNT)).toEqual({
    id: ACCOUNT,
    name: 'data',
    state: 'ACTIVE',
    path: ['r-1', 'ou-a', 'ou-b'],
    isManagementAccount: false,
    inOrganization: true,
    tags: new Map([['k', 'v']]),
    canonicalUserId: undefined,
  });
  expect(estate.gaps).toEqual([]);
});

test.each([
  ['a parent that is not in the snapshot', [unit('ou-a', 'ou-gone')], 'ou-a', ['MissingParent', 'ou-gone']],
  ['a cycle', [unit('ou-a', 'ou-b'), unit('ou-b', 'ou-a')], 'ou-b', ['ParentCycle', 'ou-a']],
  ['a unit that is its own parent', [unit('ou-a', 'ou-a')], 'ou-a', ['ParentCycle', 'ou-a']],
  ['no parent', [], undefined, ['MissingParent', ACCOUNT]],
])('a tree broken by %s is a gap, and the path is unknown', (_, units, parent, [reason, at]) => {
  const estate = estateOf([organization, ...units, account({ ParentId: parent })]);
  expect(estate.accounts.get(ACCOUNT)?.path).toEqual([]);
  expect(estate.gaps).toEqual([
    { step: 'organizations:ListRoots', reason, effect: `the organization tree above \`${at}\` is unknown` },
  ]);
});

test('a root is known by its id even where its own line is lacking', () => {
  expect(estateOf([organization, account({ ParentId: 'r-1' })]).accounts.get(ACCOUNT)?.path).toEqual(['r-1']);
});

test('the management account is in the organization, with a line of its own or without', () => {
  expect(estateOf([organization]).accounts.get('999900001111')).toMatchObject({
    isManagementAccount: true,
    inOrganization: true,
  });
});

test('an account that only owns resources is known, and not as a part of the organization', () => {
  const estate = estateOf([organization, given('bucket', { Name: 'logs', Owner: { ID: 'canonical' } })]);
  expect(estate.accounts.get(ACCOUNT)).toMatchObject({
    inOrganization: false,
    path: [],
    canonicalUserId: 'canonical',
  });
  expect(estate.gaps).toEqual([]);
});

test('what the scan could not read is a gap that says what it leaves unknown', () => {
  const coverage = given(
    'coverage',
    { step: 'kms:ListKeys', reason: 'AccessDenied' },
    { region: 'eu-west-1' },
  );
  expect(estateOf([coverage]).gaps).toEqual([
    {
      step: 'kms:ListKeys',
      accountId: ACCOUNT,
      region: 'eu-west-1',
      reason: 'AccessDenied',
      effect: 'every key of the Region is unknown',
    },
  ]);
});
