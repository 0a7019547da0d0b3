import { redact } from './redact.ts';

describe('redact', () => {
  test.each([
    ['postgres://user:hunter2@host/db', 'postgres://user:[redacted]@host/db'],
    ['redis://:hunter2@host', 'redis://:[redacted]@host'],
    ['postgres://user@host/db', 'postgres://user@host/db'],
    ['http://127.0.0.1:8470/a', 'http://127.0.0.1:8470/a'],
    ['arn:aws:iam::111122223333:role/a@b', 'arn:aws:iam::111122223333:role/a@b'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer [redacted]'],
  ])('%s becomes %s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  test('takes out given secrets, and ignores an empty one', () => {
    expect(redact('a hunter2 b', ['hunter2', ''])).toBe('a [redacted] b');
  });
});
