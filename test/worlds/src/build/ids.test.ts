import { canonicalUserIdOf, hexOf, keyIdOf, lowerIdOf, uniqueIdOf } from './ids.ts';

test.each([
  [uniqueIdOf('AROA', 'a role'), /^AROA[A-Z2-7]{17}$/],
  [keyIdOf('a key'), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/],
  [keyIdOf('a key', true), /^mrk-[0-9a-f]{32}$/],
  [hexOf('an endpoint', 17), /^[0-9a-f]{17}$/],
  [lowerIdOf('a unit', 8), /^[a-z0-9]{8}$/],
  [canonicalUserIdOf('111122223333'), /^[0-9a-f]{64}$/],
])('%s has its form', (id, form) => {
  expect(id).toMatch(form);
});

test('ids of a hundred thousand roles do not meet', () => {
  const ids = new Set(Array.from({ length: 100_000 }, (_, index) => uniqueIdOf('AROA', `role ${index}`)));
  expect(ids.size).toBe(100_000);
});
