import { JOBS } from './jobs.ts';

const WHOLE = { runId: 7, accountId: '111122223333' };
const SECRETS = ['secretAccessKey', 'sessionToken', 'password', 'token', 'externalId', 'credentials'];

describe.each(Object.entries(JOBS))('%s', (_, { payload, retry, concurrency }) => {
  const taken = [WHOLE, { runId: 7 }, {}].find((candidate) => payload.safeParse(candidate).success);

  test('takes a run, an account of it, or nothing', () => {
    expect(taken).toBeDefined();
  });

  test.each(SECRETS)('has no place for a field `%s`', (field) => {
    expect(payload.safeParse({ ...taken, [field]: 'x' }).success).toBe(false);
  });

  test('is tried more than once, with delays that spread out', () => {
    expect(retry.attempts).toBeGreaterThan(1);
    expect(retry.firstDelayMs).toBeGreaterThan(0);
    expect(retry.jitter).toBeGreaterThan(0);
    expect(retry.jitter).toBeLessThanOrEqual(1);
    expect(concurrency).toBeGreaterThan(0);
  });
});
