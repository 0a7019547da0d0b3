import { renderPruned } from './pruned.ts';

test.each([
  [{ dryRun: false, scans: [], facts: 0, documents: 0 }, 'no scan is old enough to go'],
  [
    { dryRun: false, scans: ['3'], facts: 1, documents: 0 },
    'pruned scan 3; with 1 resource version and 0 policy documents that no other scan has',
  ],
  [
    { dryRun: true, scans: ['3', '4'], facts: 20, documents: 1 },
    'would go: scans 3, 4; with 20 resource versions and 1 policy document that no other scan has',
  ],
])('%j is told as `%s`', (pruned, said) => {
  expect(renderPruned(pruned)).toBe(said);
});
