import { gunzipSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FakeAws, type Fault, SCANNER_ACCESS_KEY_ID, startFakeAws } from '@denyscope/fake-aws';
import { readSnapshot } from '@denyscope/inventory';
import { type SnapshotLine } from '@denyscope/model';
import { demoWorld } from '@denyscope/worlds';
import { differences } from '../integration/collect/scan.ts';
import { type Folder, makeFolder, serversOf, start } from './denyscope.ts';

jest.setTimeout(90_000);

const demo = demoWorld();
const SCANNER = '222233334444';
const EXTERNAL_ID = 'nobody-guesses-this';

describe('scan', () => {
  let folder: Folder;
  let aws: FakeAws;
  beforeEach(async () => {
    folder = await makeFolder();
  });
  afterEach(async () => {
    await folder.remove();
    await aws.close();
  });

  const serve = async (faults: readonly Fault[] = []): Promise<void> => {
    aws = await startFakeAws({
      snapshot: demo,
      scannerAccountId: SCANNER,
      externalId: EXTERNAL_ID,
      roleName: 'Audit',
      faults,
    });
  };
  const run = (...args: readonly string[]): ReturnType<typeof start> => start(folder, args, environment());
  const environment = (): Readonly<Record<string, string>> => ({
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: SCANNER_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-east-1',
    DENYSCOPE_EXTERNAL_ID: EXTERNAL_ID,
    DENYSCOPE_ROLE_NAME: 'Audit',
  });

  test('reads an organization over HTTP, says what it could not read, and its export is what was there', async () => {
    await serve();
    const { status, out, err } = await run('scan').ended;
    expect(status).toBe(0);
    expect(out).toMatch(/^scan 1: 229 resources of .* in \d+ seconds?\n/);
    expect(out).toContain('accounts: 9 read, 1 in part, 1 failed, 1 left out; 2 gaps');
    expect(out).toMatch(/343456567878 .* failed .* AccessDenied/);
    expect(out).toMatch(/454567678989 .* skipped .* suspended/);
    expect(out + err).not.toContain(EXTERNAL_ID);
    expect(await serversOf(folder)).toEqual([]);
    expect((await run('export', 'now.ndjson.gz').ended).status).toBe(0);
    expect(differences(demo.lines, await linesOf('now.ndjson.gz'))).toEqual([]);
    const again = await run('scan', '--output', 'json').ended;
    expect(JSON.parse(again.out)).toMatchObject({ scan: { id: '2', opened: 0, closed: 0 }, gaps: 2 });
  });

  test('that is interrupted goes on with the next one, and is ended on wish', async () => {
    await serve([{ kind: 'latency', milliseconds: 120 }]);
    const first = run('scan');
    while (!first.said.err.includes('of 11 accounts')) await new Promise((done) => setTimeout(done, 50));
    first.interrupt();
    expect((await first.ended).status).toBe(130);
    expect(await serversOf(folder)).toEqual([]);
    const other = await run('scan', '--accounts', SCANNER).ended;
    expect(other).toMatchObject({ status: 1, out: '' });
    expect(other.err).toContain('another scan runs since');
    const next = await run('scan').ended;
    expect(next.err).toContain('a scan runs since');
    expect(next.out).toMatch(/^scan 1: 229 resources/);
    expect((await run('scan', '--cancel').ended).out).toBe('no scan runs\n');
    const left = run('scan', '--enqueue-only');
    expect((await left.ended).out).toMatch(/^scan run \d+ is in the queue\n$/);
    expect((await run('scan', '--cancel').ended).out).toMatch(/^the scan of .* was ended\n$/);
    const some = await run('scan', '--accounts', SCANNER, '--regions', 'eu-west-1').ended;
    expect(some.out).toContain('accounts: 1 read, 0 in part, 0 failed, 11 left out');
  });

  test('is begun by serve when it is due, and made in the same process', async () => {
    await serve();
    const due = { ...environment(), DENYSCOPE_CRON: '*/2 * * * * *', LOG_LEVEL: 'warn' };
    const serving = start(folder, ['serve', '--open', '--port', '0'], due);
    await serving.says('serving');
    const url = /serving (http:\S+),/.exec(serving.said.out)?.[1] ?? '';
    const question = `${url}/v1/buckets/example-sandbox-open-to-the-world/access`;
    let response = await fetch(question);
    for (const end = Date.now() + 30_000; !response.ok && Date.now() < end;) {
      await new Promise((done) => setTimeout(done, 200));
      response = await fetch(question);
    }
    expect(await response.json()).toMatchObject({ bucket: 'example-sandbox-open-to-the-world' });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('denyscope_scheduler_is_leader 1');
    expect(metrics).toContain('denyscope_job_attempts_total{queue="scan-account"');
    expect(metrics).toContain('bullmq_job_count{queue="scan-account"');
    expect(await (await fetch(`${url}/queues`)).text()).toContain('Denyscope: jobs');
    serving.interrupt();
    expect((await serving.ended).status).toBe(0);
    expect(await serversOf(folder)).toEqual([]);
  });

  test.each([
    ['--accounts', '12'],
    ['--regions', 'Europe'],
    ['--concurrency', '0'],
  ])('refuses %s %s', async (option, value) => {
    await serve();
    expect((await run('scan', option, value).ended).status).toBe(2);
  });

  async function linesOf(file: string): Promise<readonly SnapshotLine[]> {
    const text = gunzipSync(await readFile(join(folder.path, file)));
    const lines: SnapshotLine[] = [];
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield text;
    };
    for await (const line of (await readSnapshot(chunks())).lines) lines.push(line);
    return lines;
  }
});
