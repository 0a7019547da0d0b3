import { checkReadiness } from './health.ts';

const check = (name: string, run: () => Promise<void>) => ({ name, run });

describe('checkReadiness', () => {
  test('is ready when every check passes', async () => {
    const checks = [check('database', async () => {}), check('scan', async () => {})];
    expect(await checkReadiness(checks, { timeoutMs: 100 })).toEqual({
      ready: true,
      checks: { database: 'ok', scan: 'ok' },
    });
  });

  test('is not ready when one fails, and tells why to the log only', async () => {
    const heard: unknown[] = [];
    const checks = [
      check('database', () => Promise.reject(new Error('driver text'))),
      check('scan', async () => {}),
    ];
    const onFailure = (name: string, error: unknown) => void heard.push(name, error);
    expect(await checkReadiness(checks, { timeoutMs: 100, onFailure })).toEqual({
      ready: false,
      checks: { database: 'failed', scan: 'ok' },
    });
    expect(heard).toEqual(['database', new Error('driver text')]);
  });

  test('does not wait for a check that hangs', async () => {
    const checks = [check('database', () => new Promise(() => {}))];
    expect(await checkReadiness(checks, { timeoutMs: 10 })).toEqual({
      ready: false,
      checks: { database: 'timeout' },
    });
  });
});
