import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, changesAnswerSchema } from '@denyscope/model';
import { demoWorld } from '@denyscope/worlds';
import { gunzipSync } from 'node:zlib';
import { type Folder, denyscope, makeFolder, serversOf, shell, start } from './denyscope.ts';

jest.setTimeout(60_000);

const { header, lines } = demoWorld();
const SNAPSHOT = [header, ...lines].map((line) => JSON.stringify(line)).join('\n');

let folder: Folder;
beforeAll(async () => {
  folder = await makeFolder();
  await writeFile(join(folder.path, 'demo.ndjson'), SNAPSHOT);
});
afterAll(() => folder.remove());

const textOf = (file: string): Promise<string> => readFile(join(folder.path, file), 'utf8');

describe('import and export', () => {
  test('an import tells what came in', async () => {
    const { status, out, err } = await denyscope(folder, ['import', 'demo.ndjson']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^scan 1: 229 resources from a snapshot \(demo\)/);
    expect(out).toContain('  60 bucket\n');
  });

  test('export, import elsewhere and export again give the same text, packed or not', async () => {
    const other = ['--data-dir', 'other'];
    expect((await denyscope(folder, ['export', 'one.ndjson.gz'])).status).toBe(0);
    expect((await denyscope(folder, [...other, 'import', 'one.ndjson.gz'])).status).toBe(0);
    expect((await denyscope(folder, ['export', 'two.ndjson', ...other])).status).toBe(0);
    const packed = gunzipSync(await readFile(join(folder.path, 'one.ndjson.gz'))).toString();
    expect(packed).toBe(await textOf('two.ndjson'));
    expect(packed.trimEnd().split('\n').toSorted()).toEqual([header, ...lines].map(canonicalJson).toSorted());
  });

  test('a damaged file is refused with line, place and reason, and changes nothing', async () => {
    const before = await denyscope(folder, ['scans', '--output', 'json']);
    const rows = SNAPSHOT.split('\n');
    const at = rows.findIndex((row) => row.startsWith('{"kind":"bucket"'));
    const damaged = rows.with(at, (rows[at] ?? '').replace(/"Name":"[^"]*"/, '"Name":7')).join('\n');
    expect(await denyscope(folder, ['import', '-'], damaged)).toEqual({
      status: 1,
      out: '',
      err: `denyscope: standard input: line ${at + 1}: /data/Name: expected string, received number: nothing was imported\n`,
    });
    const twice = await denyscope(folder, ['import', '-'], `${SNAPSHOT}\n${rows[at] ?? ''}`);
    expect(twice.status).toBe(1);
    expect(twice.err).toMatch(/line \d+: .*already in line \d+/);
    expect(await denyscope(folder, ['scans', '--output', 'json'])).toEqual(before);
  });

  test('an export that cannot be written leaves nothing behind', async () => {
    const { status, err } = await denyscope(folder, ['export', 'no/such/folder.ndjson']);
    expect({ status, err }).toEqual({
      status: 1,
      err: 'denyscope: cannot write `no/such/folder.ndjson`: there is no such folder\n',
    });
    expect((await denyscope(folder, ['export', '/dev/null'])).status).toBe(0);
    expect((await stat('/dev/null')).isFile()).toBe(false);
  });

  test('Ctrl-C in the middle of an import keeps nothing of it, and stops the server', async () => {
    const running = start(folder, ['import', '-', '--data-dir', 'cut']);
    running.child.stdin?.write(SNAPSHOT.slice(0, 20_000));
    while ((await serversOf(folder)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    running.interrupt();
    expect((await running.ended).status).toBe(130);
    expect(await serversOf(folder)).toEqual([]);
    const { out } = await denyscope(folder, ['scans', '--output', 'json', '--data-dir', 'cut']);
    expect(out).toBe('{"scans":[]}\n');
  });
});

describe('explain', () => {
  const asked = ['explain', '--principal', 'anonymous', '--action', 's3:GetObject', '--resource'];
  const ask = (bucket: string, ...more: readonly string[]) => [...asked, `arn:aws:s3:::${bucket}/*`, ...more];

  test.each([
    ['example-sandbox-open-to-the-world', 0],
    ['example-careers-site-public', 10],
    ['example-dev-unreadable-policy', 12],
  ])('tells its verdict by the exit status, where asked to: %s', async (bucket, status) => {
    expect((await denyscope(folder, ask(bucket, '--exit-code'))).status).toBe(status);
  });

  test('without being asked to, ends well whatever the verdict', async () => {
    const { status, out } = await denyscope(folder, ask('example-careers-site-public'));
    expect(status).toBe(0);
    expect(out).toMatch(
      /^denied {2}s3:GetObject on arn:aws:s3:::example-careers-site-public.*\nfor anonymous\n/,
    );
  });

  test('answers a file line by line until one that cannot be answered', async () => {
    const good = {
      principal: 'anonymous',
      action: 's3:GetObject',
      resource: 'arn:aws:s3:::example-careers-site-public/*',
    };
    const requests = [{ ...good, id: 'a' }, { ...good, context: { 'aws:SourceIp': '1.2.3.4' } }, good];
    const input = requests.map((request) => JSON.stringify(request)).join('\n');
    const { status, out, err } = await denyscope(folder, ['explain', '--file', '-'], input);
    expect(status).toBe(1);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toBe(
      'denyscope: standard input: line 2: /context/aws:SourceIp: expected array, received string\n',
    );
  });

  test('what is not in the scan is said, and fails', async () => {
    const { status, err } = await denyscope(folder, ask('no-such-bucket'));
    expect({ status, err }).toEqual({
      status: 1,
      err: 'denyscope: bucket `no-such-bucket` is not in this scan\n',
    });
  });
});

describe('changes', () => {
  const drift = ['--data-dir', 'drift'];
  const later = { ...header, takenAt: '2026-11-28T02:00:00Z' };
  const changed = lines.filter(({ data }) => data['Name'] !== 'example-careers-site-public');

  test('are told between two scans, as a table and as JSON, and are a status where asked to', async () => {
    const snapshot = [later, ...changed].map((line) => JSON.stringify(line)).join('\n');
    expect((await denyscope(folder, ['import', 'demo.ndjson', ...drift])).status).toBe(0);
    expect((await denyscope(folder, ['import', '-', ...drift], snapshot)).status).toBe(0);
    const { status, out } = await denyscope(folder, [
      'changes',
      '--since',
      '7d',
      '--fail-on-change',
      ...drift,
    ]);
    expect(status).toBe(3);
    expect(out).toMatch(/^from scan 1 of 2026-11-21 02:00 UTC to scan 2 of 2026-11-28 02:00 UTC\n/);
    expect(out).toContain('\n- bucket example-careers-site-public (eu-west-1)\n    - Policy\n');
    expect(out).toMatch(/\n1 resource: 1 removed\n$/);
    const json = await denyscope(folder, ['changes', '--output', 'json', ...drift]);
    const answer = changesAnswerSchema.parse(JSON.parse(json.out));
    expect(answer.changes).toMatchObject([{ change: 'removed', id: 'example-careers-site-public' }]);
  });

  test('as of a day, the scan of then answers; before the first there is none', async () => {
    const asked = ['who-can', 'example-careers-site-public', ...drift, '--as-of'];
    expect((await denyscope(folder, [...asked, '2026-11-27'])).out).toContain(', scan 1 of ');
    expect(await denyscope(folder, [...asked, '2026-11-20'])).toEqual({
      status: 1,
      out: '',
      err: 'denyscope: no complete scan was taken up to 2026-11-20T23:59:59.999Z: the earliest is scan 1 of 2026-11-21T02:00:00.000Z\n',
    });
  });
});

describe('serve', () => {
  test('asks for the token that it keeps in the data directory, and never prints it', async () => {
    const running = start(folder, ['serve', '--port', '0']);
    await running.says('serving');
    const [, url = ''] =
      /serving (\S+), for those with the token in \.denyscope\/api-token/.exec(running.said.out) ?? [];
    const token = (await textOf('.denyscope/api-token')).trim();
    expect((await stat(join(folder.path, '.denyscope/api-token'))).mode & 0o777).toBe(0o600);
    const address = `${url}/v1/buckets/example-web-tls-only/access`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    running.interrupt('SIGTERM');
    const { status, out, err } = await running.ended;
    expect(status).toBe(0);
    expect(out + err).not.toContain(token);
    expect(await serversOf(folder)).toEqual([]);
  });

  test('is not open to others, and not where somebody else listens', async () => {
    const open = await denyscope(folder, ['serve', '--open', '--host', '0.0.0.0']);
    expect(open.status).toBe(2);
    const running = start(folder, ['serve', '--port', '0', '--output', 'json']);
    await running.says('url');
    const port = /:(\d+)"/.exec(running.said.out)?.[1] ?? '';
    const second = await denyscope(folder, ['serve', '--port', port]);
    expect(second.status).toBe(1);
    expect(second.err).toContain(`cannot listen on 127.0.0.1:${port}: something else listens there`);
    running.interrupt();
    expect((await running.ended).status).toBe(0);
  });
});

test('a reader that has enough is no fault', async () => {
  const { status, out, err } = await shell(
    folder,
    '{ $DENYSCOPE export; echo "status $?" >&2; } | head -n 1',
  );
  expect({ status, err }).toEqual({ status: 0, err: 'status 0\n' });
  expect(out).toMatch(/^\{"collected"/);
});

test('wrong usage ends with 2', async () => {
  expect((await denyscope(folder, ['who-can'])).status).toBe(2);
  expect((await denyscope(folder, ['bogus'])).status).toBe(2);
});
