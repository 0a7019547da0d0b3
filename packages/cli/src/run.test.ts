import { run } from './run.ts';
import { keptTerminal } from './terminal.fixture.ts';

async function denyscope(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const terminal = keptTerminal({ environment });
  const status = await run(args, terminal);
  return { status, ...terminal.said };
}

describe('wrong usage ends with 2, and says what was expected', () => {
  test.each([
    [['bogus'], "unknown command 'bogus'"],
    [['who-can'], "missing required argument 'bucket'"],
    [
      ['who-can', 'b', '--access', 'own'],
      'Allowed choices are list, read, write, delete, tagging, permissions',
    ],
    [
      ['who-can', 'b', '--access', 'read', '--action', 's3:GetObject'],
      "cannot be used with option '--action",
    ],
    [['who-can', 'b', '--limit', '0'], 'expected a number from 1'],
    [['who-can', 'b', '--scan', 'last'], 'expected a number from 1'],
    [['scans', 'prune', '--keep-days', 'all'], 'expected a number from 1 to 99999'],
    [['who-can', 'b', '--output', 'yaml'], 'Allowed choices are table, json'],
    [['who-can', 'b', '--bogus'], "unknown option '--bogus'"],
    [['who-can', 'b', '--as-of', '2026-02-30'], 'expected a day such as 2026-05-03, or a time'],
    [['who-can', 'b', '--as-of', '2026-05-03', '--scan', '1'], "cannot be used with option '--scan <id>'"],
    [['explain'], 'needs --principal, --action and --resource, or --file'],
    [['explain', '--file', 'x', '--action', 's3:GetObject'], '--file brings whole requests'],
    [['explain', '--file', 'x', '--as-of', '2026-05-03', '--context', 'a=b'], '--file brings whole requests'],
    [['changes', '--since', 'monday'], 'expected the id of a scan, a day (2026-05-03), a time'],
    [['changes', '--account', '1'], 'expected the twelve digits of an account id'],
    [['changes', '--kind', 'buckets'], 'Allowed choices are organization, root'],
    [['changes', '--bucket', 'b', '--kind', 'bucket'], "cannot be used with option '--kind <kind>'"],
    [['serve', '--port', '65536'], 'expected a number from 0 to 65535'],
    [['import'], "missing required argument 'file'"],
    [['lint', 'policy.json'], "required option '--type <type>' not specified"],
    [['lint', '-', '--type', 'acl'], 'Allowed choices are identity, resource, bucket, key, trust'],
  ])('denyscope %j', async (args, message) => {
    const { status, out, err } = await denyscope(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^denyscope: /);
    expect(err).toContain(message);
  });

  test('a wrong environment too, all of it at once', async () => {
    const environment = { DENYSCOPE_PORT: 'x', DATABASE_URL: 'hunter2' };
    const { status, err } = await denyscope(['scans'], environment);
    expect(status).toBe(2);
    expect(err).toContain('DENYSCOPE_PORT: expected a port');
    expect(err).toContain('DATABASE_URL: expected a URL');
    expect(err).not.toContain('hunter2');
  });

  test('no command at all: the help', async () => {
    const { status, err } = await denyscope([]);
    expect(status).toBe(2);
    expect(err).toContain('Usage: denyscope [options] [command]');
  });
});

describe('help goes to standard output, with examples', () => {
  test.each(['demo', 'import', 'export', 'who-can', 'explain', 'changes', 'lint', 'serve'])(
    'denyscope %s --help',
    async (command) => {
      const { status, out, err } = await denyscope([command, '--help']);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toContain(`Usage: denyscope ${command}`);
      expect(out).toMatch(/Examples?:/);
      expect(out).toContain('--data-dir');
    },
  );

  test('the version', async () => {
    expect(await denyscope(['--version'])).toEqual({ status: 0, out: '0.1.0\n', err: '' });
  });
});

describe('where there is no scan yet', () => {
  const nowhere = ['--data-dir', 'no-such-folder'];

  test.each([
    [['who-can', 'b']],
    [['who-can', 'b', '--as-of', '2026-05-03']],
    [['changes']],
    [['export']],
    [['explain', '--principal', 'anonymous', '--action', 's3:GetObject', '--resource', 'arn:aws:s3:::b/*']],
  ])('denyscope %j says what to do first, and makes no database', async (args) => {
    expect(await denyscope([...args, ...nowhere])).toEqual({
      status: 1,
      out: '',
      err: 'denyscope: there is no scan in `no-such-folder` yet: run `denyscope import FILE` or `denyscope demo` first\n',
    });
  });

  test('there are no scans to list, which is no failure', async () => {
    expect(await denyscope(['scans', '--output', 'json', ...nowhere])).toEqual({
      status: 0,
      out: '{"scans":[]}\n',
      err: '',
    });
  });
});

describe('a file that cannot be imported', () => {
  test('is named with the reason, before any database is made', async () => {
    expect(await denyscope(['import', 'no-such-file', '--data-dir', 'no-such-folder'])).toEqual({
      status: 1,
      out: '',
      err: 'denyscope: cannot read `no-such-file`: there is no such file\n',
    });
    const { status, err } = await denyscope(['import', '-', '--data-dir', 'no-such-folder']);
    expect(status).toBe(1);
    expect(err).toContain('standard input: line 1: expected a `snapshot` line, received nothing');
  });
});
