import { coverageEffect, COVERAGE_STEPS, isLostWith } from './coverage-step.ts';

test.each([
  ['kms:ListKeys', 'kms:ListKeys', true],
  ['kms:ListKeys', 'kms:ListKeysOfTomorrow', true],
  ['kms:ListKeys', 'kms:ListAliases', false],
  ['kms:ListKeys', 'sts:AssumeRole', true],
  ['kms:ListKeys', 'scan:Region', true],
  ['s3:ListAccessPoints', 'scan:Region', true],
  ['cloudtrail:DescribeTrails', 'scan:Region', true],
  ['s3:ListBuckets', 'scan:Region', false],
  ['s3:ListMultiRegionAccessPoints', 'scan:Region', false],
  ['iam:GetAccountAuthorizationDetails', 'scan:Region', false],
])('what %s tells is lost with %s: %s', (step, failed, isLost) => {
  expect(isLostWith(step, failed)).toBe(isLost);
});

test('every step says what is unknown without it, and so does one that nobody knows', () => {
  for (const [step, effect] of Object.entries(COVERAGE_STEPS)) expect(coverageEffect(step)).toBe(effect);
  expect(coverageEffect('organizations:ListNew')).toBe('a part of the organization is unknown');
  expect(coverageEffect('glue:GetTables')).toBe('what glue:GetTables answers is unknown');
});
