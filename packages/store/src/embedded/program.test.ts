import { runProgram, serverEnvironment, whyItFailed } from './program.ts';

describe('a program that failed', () => {
  test.each([
    ['FATAL:  could not write to file "pg_wal/x": No space left on device', 'disk-full', true],
    [
      'FATAL:  could not extend file "base/1": wrote only 4096 of 8192\nHINT:  Check free disk space.',
      'disk-full',
      true,
    ],
    ['postgres: error while loading shared libraries: libz.so.1: cannot open', 'unsupported-platform', false],
    ['LOG:  starting\nFATAL:  lock file is empty\nHINT:  remove it', 'start-failed', false],
    ['', 'start-failed', false],
  ])('saying `%s` is %s', (output, code, retryable) => {
    expect(whyItFailed(output)).toMatchObject({ code, retryable });
  });

  test('is told by the line that matters, and where to read more', () => {
    const fault = whyItFailed('FATAL:  lock file is empty\nHINT:  remove it\n', ': see `x.log`');
    expect(fault.message).toBe(
      'the embedded PostgreSQL did not start: see `x.log`: `FATAL:  lock file is empty`',
    );
  });
});

test('a program that cannot run here is an unsupported platform', async () => {
  await expect(runProgram('/nowhere/initdb', [])).rejects.toMatchObject({ code: 'unsupported-platform' });
});

test('a program that ends badly gives its last words as the cause', async () => {
  const script = 'console.error("error: out of luck"); process.exit(3)';
  await expect(runProgram(process.execPath, ['-e', script])).rejects.toMatchObject({
    code: 'start-failed',
    cause: { message: 'error: out of luck' },
  });
});

test('the server inherits no setting and no secret of ours', () => {
  process.env['PGDATA'] = 'elsewhere';
  process.env['AWS_SECRET_ACCESS_KEY'] = 's3cret';
  try {
    expect(Object.keys(serverEnvironment()).toSorted()).toEqual(
      ['LC_ALL', 'PATH', 'SystemRoot', 'TEMP', 'TMP', 'TZ'].filter(
        (name) => process.env[name] !== undefined || ['LC_ALL', 'TZ'].includes(name),
      ),
    );
  } finally {
    delete process.env['PGDATA'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  }
});
