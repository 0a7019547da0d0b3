import { run } from './run.ts';
import { keptTerminal } from './terminal.fixture.ts';

async function lint(text: string | Uint8Array, ...args: readonly string[]) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const terminal = keptTerminal({
    stdin: (async function* () {
      yield bytes.subarray(0, 7);
      yield bytes.subarray(7);
    })(),
  });
  const status = await run(['lint', '-', ...args], terminal);
  return { status, ...terminal.said };
}

const SOUND = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 's3:GetObject' };

function policy(statement: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...SOUND, ...statement }] }, undefined, 2);
}

test('a policy without issues says so, and ends with 0', async () => {
  expect(
    await lint(policy({ Resource: 'arn:aws:s3:::b/*' }), '--type', 'bucket', '--fail-on', 'warning'),
  ).toEqual({
    status: 0,
    out: 'nothing found\n',
    err: '',
  });
});

test('each issue has its line, its path, its severity and what is wrong', async () => {
  const { status, out } = await lint(policy({ Resource: 'arn:aws:s3:::b' }), '--type', 'bucket');
  expect(status).toBe(0);
  expect(out).toBe(
    [
      'standard input:9  error  action-resource  /Statement/0/Action',
      '    `s3:GetObject` is for the resource type accesspointobject or object, and no resource here is one (A.5)',
      '1 error, 0 warnings, 0 to know',
      '',
    ].join('\n'),
  );
});

test('as JSON it is one line, which programs can read', async () => {
  const { out } = await lint(policy({ Resource: 'arn:aws:s3:::b' }), '--type', 'bucket', '--output', 'json');
  expect(JSON.parse(out)).toMatchObject({
    file: 'standard input',
    type: 'bucket',
    issues: [
      { path: '/Statement/0/Action', severity: 'error', rule: 'action-resource', source: 'A.5', line: 9 },
    ],
  });
});

test.each([
  ['error', 'an error', policy({ Resource: 'arn:aws:s3:::b' }), 3],
  ['warning', 'an error', policy({ Resource: 'arn:aws:s3:::b' }), 3],
  ['warning', 'a warning', policy({ Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:sqs:*:*:q'] }), 3],
  ['error', 'a warning', policy({ Action: 's3:*', Resource: ['arn:aws:s3:::b', 'arn:aws:sqs:*:*:q'] }), 0],
])('with --fail-on %s, %s ends with the status', async (severity, _, text, expected) => {
  expect((await lint(text, '--type', 'bucket', '--fail-on', severity)).status).toBe(expected);
});

test('percent-encoding and a byte order mark are read', async () => {
  const encoded = encodeURIComponent(policy({ Resource: 'arn:aws:s3:::b/*' }));
  expect((await lint(encoded, '--type', 'bucket')).out).toBe('nothing found\n');
  const marked = `\uFEFF${policy({ Resource: 'arn:aws:s3:::b/*' })}`;
  expect((await lint(marked, '--type', 'bucket')).out).toBe('nothing found\n');
});

test('what is no JSON is an issue of the policy, and what is no text a failure', async () => {
  const { status, out } = await lint('{"Version"', '--type', 'scp', '--fail-on', 'error');
  expect(status).toBe(3);
  expect(out).toContain('error  grammar  /');
  const failed = await lint(Uint8Array.from([0xff, 0xfe, 0x00]), '--type', 'scp');
  expect(failed).toEqual({ status: 1, out: '', err: 'denyscope: after line 0: expected text in UTF-8\n' });
});

test('a file that is not there is a failure', async () => {
  const terminal = keptTerminal();
  expect(await run(['lint', 'no-such-file', '--type', 'scp'], terminal)).toBe(1);
  expect(terminal.said.err).toBe('denyscope: cannot read `no-such-file`: there is no such file\n');
});
