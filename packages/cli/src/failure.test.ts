import { ConfigurationError } from '@denyscope/ops';
import { CommandError, UsageError, failureOf } from './failure.ts';
import { OutputClosed } from './terminal.ts';

describe('failureOf', () => {
  test.each([
    ['a command that cannot', new CommandError('no such file'), 1, ['no such file']],
    ['a wrong call', new UsageError('expected a file'), 2, ['expected a file']],
    [
      'a wrong environment',
      new ConfigurationError([
        { variable: 'LOG_LEVEL', message: 'expected a level' },
        { variable: 'REDIS_URL', message: 'expected a URL' },
      ]),
      2,
      ['the environment is wrong', '  LOG_LEVEL: expected a level', '  REDIS_URL: expected a URL'],
    ],
    [
      'a password in a message',
      new CommandError('cannot reach postgres://user:hunter2@host/db'),
      1,
      ['cannot reach postgres://user:[redacted]@host/db'],
    ],
  ])('%s', (_, error, status, lines) => {
    expect(failureOf(error, {})).toEqual({ status, lines });
  });

  test('what was not foreseen is said without its stack, and with where to find it', () => {
    const lines = failureOf(new TypeError('x is not a function'), {})?.lines;
    expect(lines).toEqual([
      'x is not a function',
      'this was not foreseen: DENYSCOPE_DEBUG=1 shows where it comes from',
    ]);
  });

  test('stacks are for those who ask, causes included', () => {
    const error = new CommandError('cannot read', { cause: new Error('EACCES') });
    const text = failureOf(error, { DENYSCOPE_DEBUG: '1' })?.lines.join('\n');
    expect(text).toMatch(/cannot read\n[\s\S]*failure\.test\.ts[\s\S]*EACCES/);
  });

  test('a reader that has gone is no failure', () => {
    expect(failureOf(new OutputClosed(), {})).toBeUndefined();
  });
});
