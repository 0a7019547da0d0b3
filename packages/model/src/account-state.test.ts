import { accountState } from './account-state.ts';

test.each([
  [{ State: 'ACTIVE' }, 'ACTIVE'],
  [{ Status: 'SUSPENDED' }, 'SUSPENDED'],
  [{ State: 'PENDING_CLOSURE', Status: 'ACTIVE' }, 'PENDING_CLOSURE'],
  [{}, undefined],
  [{ State: 7 }, undefined],
])('%j is %s', (data, state) => {
  expect(accountState(data)).toBe(state);
});
