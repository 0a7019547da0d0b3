import { StoreError, codeOf, toStoreError } from './error.ts';

const withCode = (code: string): Error => Object.assign(new Error('secret detail'), { code });

describe('an error of the driver', () => {
  test.each([
    ['ECONNREFUSED', 'unreachable', true],
    ['57P01', 'unreachable', true],
    ['53300', 'busy', true],
    ['40001', 'busy', true],
    ['53100', 'disk-full', true],
    ['28P01', 'refused', false],
    ['3D000', 'refused', false],
    ['42601', 'failed', false],
  ])('%s is %s', (code, expected, retryable) => {
    const cause = withCode(code);
    const error = toStoreError(cause);
    expect(error).toMatchObject({ code: expected, retryable, cause });
    expect(error.message).toContain(code);
    expect(error.message).not.toContain('secret');
  });

  test('without a code is a lost connection where the driver says so, else unknown', () => {
    expect(toStoreError(new Error('Connection terminated unexpectedly')).code).toBe('unreachable');
    expect(toStoreError(new Error('what?')).code).toBe('failed');
  });

  test('stays what it is when it already is ours', () => {
    const error = new StoreError('closed', 'the store is closed');
    expect(toStoreError(error)).toBe(error);
  });
});

test('a code is read only where it is text', () => {
  expect(codeOf(withCode('EACCES'))).toBe('EACCES');
  expect(codeOf({ code: 5 })).toBeUndefined();
  expect(codeOf(undefined)).toBeUndefined();
});
