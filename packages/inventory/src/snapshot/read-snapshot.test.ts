import { gzipSync } from 'node:zlib';
import { ACCOUNT, given, HEADER, OTHER_ACCOUNT, streamOf } from '../given.fixture.ts';
import { loadSnapshot, parseSnapshot, readSnapshot, SnapshotError } from '../index.ts';

const bucket = (name: string, more: object = {}) => given('bucket', { Name: name }, more);
const fileOf = (...lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const good = fileOf(HEADER, bucket('logs'), bucket('data'));
const faultOf = async (...chunks: readonly (string | Uint8Array)[]): Promise<unknown> =>
  loadSnapshot(streamOf(...chunks)).catch((error: unknown) => error);

describe('a snapshot is read', () => {
  test.each<readonly [string, string | Uint8Array]>([
    ['as plain text', good],
    ['as gzip', gzipSync(good)],
    ['as several gzip files in one', Buffer.concat([gzipSync(good.slice(0, 40)), gzipSync(good.slice(40))])],
    ['with a byte order mark', `\uFEFF${good}`],
    ['with Windows line ends', good.replaceAll('\n', '\r\n')],
    ['with blank lines', `\n  \n${good.replaceAll('\n', '\n\n')}`],
    ['without a last line break', good.trimEnd()],
  ])('%s', async (_, file) => {
    const { header, lines, notes } = await loadSnapshot(streamOf(file));
    expect(header).toEqual(HEADER);
    expect(lines).toEqual([bucket('logs'), bucket('data')]);
    expect(notes).toEqual([]);
  });

  test('with lines of several hundred kB', async () => {
    const long = given('bucket', { Name: 'logs', Policy: 'é'.repeat(600_000) });
    expect((await loadSnapshot(streamOf(gzipSync(fileOf(HEADER, long))))).lines).toEqual([long]);
  });

  test('line by line, the first line at once', async () => {
    const { header, lines, notes } = await readSnapshot(
      streamOf(fileOf(HEADER), '{"kind":"table-bucket","data":{}}\n', 'no'),
    );
    expect(header.source).toBe('aws');
    const iterator = lines[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toEqual({ kind: 'table-bucket', data: {} });
    expect(notes()).toHaveLength(1);
    await expect(iterator.next()).rejects.toThrow(SnapshotError);
  });

  test('and lets a fault of the source through as it is', async () => {
    const fault = new Error('disk on fire');
    async function* burning(start: Uint8Array) {
      yield await Promise.resolve(start);
      throw fault;
    }
    await expect(loadSnapshot(burning(Buffer.from(good)))).rejects.toBe(fault);
    await expect(loadSnapshot(burning(gzipSync(good).subarray(0, 30)))).rejects.toBe(fault);
  });

  test('and closes the source where the reader stops early', async () => {
    let isClosed = false;
    async function* watched() {
      try {
        yield* streamOf(good);
      } finally {
        isClosed = true;
      }
    }
    const { lines } = await readSnapshot(watched());
    for await (const _line of lines) break;
    expect(isClosed).toBe(true);
  });
});

describe('what this release does not know is kept, and said once', () => {
  test('kinds, fields of a line, of its data and of the first line', async () => {
    const lines = [
      given('table-bucket', { Name: 'a', deep: { x: [1, null] } }),
      given('table-bucket', { Name: 'b' }),
      given('bucket', { Name: 'logs', NewField: 1 }, { colour: 'red' }),
      given('bucket', { Name: 'data', NewField: 2 }, { colour: 'blue', fetchedAt: 'now' }),
    ];
    const read = await loadSnapshot(streamOf(fileOf({ ...HEADER, tool: 'x' }, ...lines)));
    expect(read.lines).toEqual(lines);
    expect(read.notes).toEqual([
      { line: 1, path: '/tool', message: 'an unknown field of the first line, kept and not read' },
      { line: 2, path: '/kind', message: 'the unknown kind `table-bucket`, kept and not read' },
      { line: 4, path: '/colour', message: 'an unknown field of a line, kept and not read' },
      { line: 4, path: '/data/NewField', message: 'an unknown field of kind `bucket`, kept and not read' },
    ]);
  });

  test('fields named like parts of an object too', async () => {
    const line = `{"data":{"Name":"logs","__proto__":{"a":1}},"kind":"bucket","accountId":"${ACCOUNT}","__proto__":2}`;
    const { lines } = await loadSnapshot(streamOf(fileOf(HEADER), line));
    expect(JSON.stringify(lines[0])).toBe(line);
  });
});

const header = (data: object) => fileOf({ ...HEADER, ...data });
const after = (...lines: readonly unknown[]) => fileOf(HEADER, ...lines);
const raw = (line: string) => `${fileOf(HEADER)}${line}\n`;
const deep = `${'['.repeat(400)}${']'.repeat(400)}`;

/** Damage → the code, and the whole message: line, path, reason. */
// prettier-ignore
const DAMAGES: readonly (readonly [string, string | Uint8Array, string, string])[] = [
  ['nothing', '', 'empty', 'line 1: expected a `snapshot` line, received nothing'],
  ['blank lines only', '\n \n', 'empty', 'line 1: expected a `snapshot` line, received nothing'],
  ['no first line', fileOf(bucket('logs')), 'header', 'line 1: /kind: in the first line: expected "snapshot"'],
  ['another format', header({ format: 'denyscope/2' }), 'header', 'line 1: /format: in the first line: expected "denyscope/1"'],
  ['no time', header({ takenAt: 'yesterday' }), 'header', 'line 1: /takenAt: in the first line: expected an ISO 8601 date and time with its time zone'],
  ['a collected that is no list', header({ collected: { bucket: 'Policy' } }), 'header', 'line 1: /collected/bucket: in the first line: expected array, received string'],
  ['a second first line', `${good}${fileOf(HEADER)}`, 'format', 'line 4: /data: expected object, received nothing'],
  ['a second first line with data', after({ ...HEADER, data: {} }), 'header', 'line 2: /kind: expected a resource, received a second `snapshot` line'],
  ['a name that is no text', after(given('bucket', { Name: 3 })), 'format', 'line 2: /data/Name: expected string, received number'],
  ['a bucket without a name', after(given('bucket', {})), 'format', 'line 2: /data/Name: expected string, received nothing'],
  ['a policy that is a number', after(given('bucket', { Name: 'logs', Policy: 3 })), 'format', 'line 2: /data/Policy: expected a policy document: JSON text, percent-encoded JSON text or a JSON object'],
  ['an account id of the wrong length', after(bucket('logs', { accountId: '1' })), 'format', 'line 2: /accountId: expected twelve digits'],
  ['a bucket without an account', after({ kind: 'bucket', data: { Name: 'logs' } }), 'format', 'line 2: /accountId: a line of kind `bucket` needs an account id'],
  ['a line that is no object', raw('[]'), 'format', 'line 2: expected object, received array'],
  ['a line without data', raw('{"kind":"table-bucket"}'), 'format', 'line 2: /data: expected object, received nothing'],
  ['an unreadable field without a reason', after(bucket('logs', { unreadable: [{ field: 'Policy' }] })), 'format', 'line 2: /unreadable/0/reason: expected string, received nothing'],
  ['text that is no JSON', raw('{"kind":"bucket",}'), 'json', 'line 2: expected JSON, received text that breaks at column 18'],
  ['a last line that is cut short', good.slice(0, -20), 'json', 'line 3: expected JSON, received a line that is cut short'],
  ['bytes that are not UTF-8', Buffer.concat([Buffer.from(good), Buffer.from([0x22, 0xc3, 0x28, 0x22])]), 'encoding', 'line 4: expected UTF-8 text, received other bytes'],
  ['text in UTF-16', Buffer.from(`\uFEFF${good}`, 'utf16le'), 'encoding', 'line 1: expected UTF-8 text, received other bytes'],
  ['a gzip file that is cut short', gzipSync(good).subarray(0, -9), 'gzip', 'line 4: expected a gzip file, received one that is cut short'],
  ['a gzip file of which only the start is left', Buffer.from([0x1f, 0x8b]), 'gzip', 'line 1: expected a gzip file, received one that is cut short'],
  ['a gzip file with damaged data', Buffer.concat([gzipSync(good).subarray(0, 10), Buffer.alloc(50, 0xff)]), 'gzip', 'line 1: expected a gzip file, received damaged data'],
  ['a number that JSON cannot carry', raw('{"kind":"table-bucket","data":{"a":[1,{"b/c":1e400}]}}'), 'value', 'line 2: /data/a/1/b~1c: expected a number that JSON can carry, received one that is too large'],
  ['a NUL character', raw(String.raw`{"kind":"table-bucket","data":{"a":"\u0000"}}`), 'value', 'line 2: /data/a: expected text without NUL characters'],
  ['half a character', raw(String.raw`{"kind":"table-bucket","data":{"\uD83D":"x"}}`), 'value', 'line 2: /data/\uD83D: expected whole characters, received half a surrogate pair'],
  ['too many levels', raw(`{"kind":"table-bucket","data":{"a":${deep}}}`), 'value', `line 2: /data/a${'/0'.repeat(198)}: expected at most 200 levels, received more`],
  ['the same bucket twice', after(bucket('logs'), bucket('data'), bucket('logs')), 'duplicate', 'line 4: bucket `logs` is already in line 2'],
  ['one bucket in two accounts', after(bucket('logs'), bucket('logs', { accountId: OTHER_ACCOUNT })), 'duplicate', `line 3: bucket \`logs\` is already in line 2, of account \`${ACCOUNT}\`, here \`${OTHER_ACCOUNT}\`: bucket names are global`],
  ['the same gap twice', after(given('coverage', { step: 'a', reason: 'b' }), given('coverage', { reason: 'b', step: 'a' })), 'duplicate', 'line 3: coverage is already in line 2'],
  ['two organizations', after({ kind: 'organization', data: { Id: 'o-1' } }, { kind: 'organization', data: { Id: 'o-2' } }), 'duplicate', 'line 3: a second organization: the first is in line 2'],
];

describe('a damaged snapshot is refused with line, path and reason:', () => {
  test.each(DAMAGES)('%s', async (_, file, code, message) => {
    const fault = await faultOf(file);
    expect(fault).toBeInstanceOf(SnapshotError);
    expect(fault).toMatchObject({ name: 'SnapshotError', code, message });
  });

  test('wherever the chunks end', async () => {
    const bytes = Buffer.from(raw('{"kind":"table-bucket"}'));
    expect(await faultOf(...Array.from(bytes, (byte) => Buffer.of(byte)))).toMatchObject({
      line: 2,
      path: '/data',
    });
  });
});

describe('a snapshot given as JSON values', () => {
  test('is checked like a file, each value a line', () => {
    expect(parseSnapshot([HEADER, bucket('logs')]).lines).toEqual([bucket('logs')]);
    expect(() => parseSnapshot([])).toThrow('line 1: expected a `snapshot` line, received nothing');
    expect(() => parseSnapshot([HEADER, bucket('logs'), bucket('logs')])).toThrow('line 3: bucket `logs`');
    expect(() => parseSnapshot([HEADER, given('bucket', { Name: 'logs', x: Infinity })])).toThrow(
      'line 2: /data/x',
    );
  });

  test('tells policies that AWS manages apart by the account that lists them', () => {
    const policy = (accountId: string) => ({
      kind: 'iam-policy',
      accountId,
      data: { Arn: 'arn:aws:iam::aws:policy/X' },
    });
    expect(parseSnapshot([HEADER, policy(ACCOUNT), policy(OTHER_ACCOUNT)]).lines).toHaveLength(2);
  });
});
