import { type SnapshotLine } from '@denyscope/model';
import { exclusions, expectedAccounts } from './accounts.ts';

const account = (accountId: string, data: SnapshotLine['data']): SnapshotLine => ({
  kind: 'account',
  accountId,
  data: { Id: accountId, ...data },
});
const [ONE, TWO, THREE] = ['111122223333', '222233334444', '333344445555'] as const;
const ORGANIZATION = [
  { kind: 'organization', data: { Id: 'o-1' } },
  account(ONE, { State: 'ACTIVE', Status: 'ACTIVE' }),
  account(TWO, { Status: 'SUSPENDED' }),
  account(THREE, {}),
];

describe('the accounts of a scan', () => {
  test('are those that the organization lists; nobody can enter one that is suspended', () => {
    expect(expectedAccounts(ORGANIZATION, {})).toEqual([
      { accountId: ONE, skipped: undefined },
      { accountId: TWO, skipped: 'suspended' },
      { accountId: THREE, skipped: undefined },
    ]);
  });

  test('are those that were asked for, listed or not; the others are left out', () => {
    const accounts = expectedAccounts(ORGANIZATION, { accounts: [THREE, '999900001111'] });
    expect(accounts).toEqual([
      { accountId: ONE, skipped: 'excluded' },
      { accountId: TWO, skipped: 'suspended' },
      { accountId: THREE, skipped: undefined },
      { accountId: '999900001111' },
    ]);
    expect(exclusions(accounts)).toMatchObject([
      { kind: 'coverage', accountId: ONE, data: { step: 'sts:AssumeRole', reason: 'Excluded' } },
    ]);
  });
});
