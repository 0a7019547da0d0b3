import { budgetOf, rateOf, type PacedCall } from './rates.ts';

const call = (service: PacedCall['service'], operation: string, region = 'eu-west-1'): PacedCall => ({
  service,
  operation,
  region,
  accountId: '111122223333',
});

test.each([
  ['organizations', 'DescribePolicy', 1.8, 1],
  ['organizations', 'ListTargetsForPolicy', 4.5, 7],
  ['organizations', 'ListTagsForResource', 9, 14],
  ['organizations', 'ListRoots', 0.9, 1],
  ['organizations', 'DescribeEffectivePolicy', 0.9, 1],
] as const)('%s:%s comes at most %d times a second, %d at once, each of them asked for', (...row) => {
  const [service, operation, perSecond, burst] = row;
  const rate = rateOf(call(service, operation), 1);
  expect(rate.perSecond).toBeCloseTo(perSecond);
  expect(rate).toEqual({ perSecond: rate.perSecond, burst, free: 0, block: 1 });
});

test.each([
  ['ListGrants', 100],
  ['DescribeKey', 2000],
  ['ListKeys', 500],
  ['ListRetirableGrants', 100],
])('kms:%s stays under a twentieth of its quota', (operation, quota) => {
  const { perSecond } = rateOf(call('kms', operation), 1);
  expect(perSecond).toBeLessThan(quota / 20);
  expect(perSecond).toBeGreaterThan(quota / 25);
});

test('four keys a Region never wait', () => {
  const { free, burst, block } = rateOf(call('kms', 'ListGrants'), 1);
  expect(free).toBeGreaterThanOrEqual(4);
  expect(burst).toBeGreaterThanOrEqual(block);
});

test.each([0.001, 0.1, 3, 999])('with the factor %d every block fits into its burst', (factor) => {
  for (const service of ['organizations', 'kms', 's3', 'iam', 'cloudtrail'] as const) {
    const { perSecond, burst, block } = rateOf(call(service, 'ListRoots'), factor);
    expect(block).toBeLessThanOrEqual(burst);
    expect(perSecond).toBeCloseTo(rateOf(call(service, 'ListRoots'), 1).perSecond * factor);
  }
});

test('budgets are kept by operation where AWS counts so, and by Region where there are Regions', () => {
  expect(budgetOf(call('kms', 'ListGrants'))).toBe('kms/ListGrants/eu-west-1/111122223333');
  expect(budgetOf(call('s3', 'GetBucketAcl'))).toBe(budgetOf(call('s3', 'GetBucketPolicy')));
  expect(budgetOf(call('s3', 'GetBucketAcl'))).not.toBe(budgetOf(call('s3', 'GetBucketAcl', 'us-east-1')));
  expect(budgetOf(call('organizations', 'ListRoots'))).toBe('organizations/ListRoots//111122223333');
});
