import { randomBytes } from 'node:crypto';
import { startFakeAws } from '@denyscope/fake-aws';
import { changesOf } from '@denyscope/inventory';
import { type Change, type SnapshotLine, changesAnswerSchema, whoCanAnswerSchema } from '@denyscope/model';
import { type Reporter, startReporter } from '@denyscope/reporter';
import { type Store, openStore } from '@denyscope/store';
import { demoWorld } from '@denyscope/worlds';
import { SCANNER, accessTo, begin, ended, workerOn } from '../support/live-scan.ts';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';
import { WITH_TOKEN, ask, linesOf, post, quietOptions } from './reporter-client.ts';

jest.setTimeout(90_000);

const demo = demoWorld();
const WEB = '777788889999';
const BUCKET = 'example-web-tls-only';

let database: TestDatabase;
let store: Store;
async function openGround(): Promise<void> {
  database = await createTestDatabase();
  store = await openStore({ databaseUrl: database.url });
}
async function closeGround(): Promise<void> {
  await store.close();
  await database.drop();
}

let reporter: Reporter;
async function openReporter(): Promise<void> {
  await openGround();
  reporter = await startReporter({ ...quietOptions([]), store, access: WITH_TOKEN });
}
async function closeReporter(): Promise<void> {
  await reporter.close();
  await closeGround();
}

const keep = async (lines: readonly SnapshotLine[], takenAt: string): Promise<string> =>
  String((await store.importSnapshot({ ...demo.header, takenAt }, linesOf({ lines }))).id);

/** The demo organization with another policy of one bucket. */
function withPolicy(policy: object): readonly SnapshotLine[] {
  return demo.lines.map((line) =>
    line.kind === 'bucket' && line.data['Name'] === BUCKET
      ? { ...line, data: { ...line.data, Policy: JSON.stringify(policy) } }
      : line,
  );
}

const SHARED = {
  Version: '2012-10-17',
  Statement: {
    Sid: 'Share',
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::999988887777:root' },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${BUCKET}/*`,
  },
};

/** Short: what became of which resource, and which fields differ. */
const told = ({ change, kind, id, fields }: Change): string =>
  [change, kind, id, ...fields.map((field) => `${field.change} ${field.name}`)].join(' ');

async function changesBetween(before: number, after: number): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for await (const { change } of changesOf(await store.readChanges({ before, after }))) changes.push(change);
  return changes;
}

describe('scans', () => {
  beforeEach(openGround);
  afterEach(closeGround);

  test('what is changed in the served world between two scans is told, and nothing else', async () => {
    const aws = await startFakeAws({ snapshot: demo, scannerAccountId: SCANNER });
    const queuePrefix = `denyscope-test-${randomBytes(6).toString('hex')}`;
    const ground = { store, queueUrl: database.url, queuePrefix };
    const worker = await workerOn(ground, accessTo(aws));
    const scan = async (): Promise<number> => (await ended(store, await begin(ground))).scanId ?? 0;
    try {
      const first = await scan();
      aws.turnInto({ ...demo, lines: withPolicy(SHARED) });
      const second = await scan();
      const changes = await changesBetween(first, second);
      expect(changes.map(told)).toEqual([`changed bucket ${BUCKET} changed Policy`]);
      const statements = changes[0]?.fields[0]?.policy?.statements;
      expect(statements?.map(({ change, sid, effect }) => [change, sid, effect])).toEqual([
        ['removed', 'DenyInsecureTransport', 'Deny'],
        ['added', 'Share', 'Allow'],
      ]);
    } finally {
      await worker.close();
      await aws.close();
    }
  });

  test('an account that cannot be entered any more has lost nothing', async () => {
    const first = await store.importSnapshot(demo.header, linesOf(demo));
    const gap = {
      kind: 'coverage',
      accountId: WEB,
      data: { step: 'sts:AssumeRole', reason: 'AccessDenied' },
    };
    const lines = [
      ...demo.lines.filter(({ kind, accountId }) => accountId !== WEB || kind === 'account'),
      gap,
    ];
    const second = await store.importSnapshot(demo.header, linesOf({ lines }));
    const changes = await changesBetween(first.id, second.id);
    expect(changes.length).toBeGreaterThan(5);
    expect(new Set(changes.map(({ kind, change }) => (kind === 'coverage' ? kind : change)))).toEqual(
      new Set(['coverage', 'became-unreadable']),
    );
    const back = await changesBetween(second.id, first.id);
    expect(new Set(back.map(({ kind, change }) => (kind === 'coverage' ? kind : change)))).toEqual(
      new Set(['coverage', 'became-readable']),
    );
  });
});

describe('the API', () => {
  beforeEach(openReporter);
  afterEach(closeReporter);

  async function answer(query: string) {
    const { status, body } = await ask(reporter, `/v1/changes${query}`);
    expect(status).toBe(200);
    const parsed = changesAnswerSchema.parse(body);
    expect(parsed).toEqual(body);
    return parsed;
  }

  test('tells of the last scan what changed since the one before, by page', async () => {
    const first = await keep(
      demo.lines.filter(({ accountId }) => accountId !== WEB),
      '2026-05-01T02:00:00Z',
    );
    const second = await keep(withPolicy(SHARED), '2026-05-02T02:00:00Z');
    const whole = await answer('');
    expect(whole).toMatchObject({
      from: { id: first, takenAt: '2026-05-01T02:00:00.000Z' },
      to: { id: second },
      next: null,
    });
    expect(whole.changes.length).toBeGreaterThan(10);
    const pages: Change[] = [];
    let cursor: string | null = null;
    do {
      const page = await answer(`?limit=4${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect(page).toMatchObject({ from: whole.from, to: whole.to });
      pages.push(...page.changes);
      ({ next: cursor } = page);
      // A scan in between does not disturb whoever reads on.
      if (pages.length === 4) await keep(demo.lines, '2026-05-03T02:00:00Z');
    } while (cursor !== null);
    expect(pages).toEqual(whole.changes);
  });

  test('looks between any two scans, at one bucket, account or kind', async () => {
    const first = await keep(demo.lines, '2026-05-01T02:00:00Z');
    const second = await keep(withPolicy(SHARED), '2026-05-02T02:00:00Z');
    const third = await keep(
      demo.lines.filter(({ kind }) => kind !== 'vpc-endpoint'),
      '2026-05-03T02:00:00Z',
    );
    const ids = async (query: string) => {
      const { from, to } = await answer(query);
      return [from.id, to.id];
    };
    expect(await ids('')).toEqual([second, third]);
    expect(await ids('?since=2d')).toEqual([first, third]);
    expect(await ids('?since=2026-05-01&until=2026-05-02')).toEqual([first, second]);
    expect(await ids(`?since=${first}&until=2026-05-02T01:59:59Z`)).toEqual([first, first]);
    expect((await answer(`?since=${first}&bucket=${BUCKET}`)).changes).toEqual([]);
    expect((await answer(`?bucket=${BUCKET}`)).changes.map(told)).toEqual([
      `changed bucket ${BUCKET} changed Policy`,
    ]);
    expect((await answer('?kind=bucket')).changes).toHaveLength(1);
    expect((await answer(`?account=${WEB}`)).changes.every(({ accountId }) => accountId === WEB)).toBe(true);
    expect((await answer(`?kind=vpc-endpoint`)).changes.every(({ change }) => change === 'removed')).toBe(
      true,
    );
  });

  test('answers who-can and explain as of a day or time', async () => {
    const second = await keep(withPolicy(SHARED), '2026-05-02T02:00:00Z');
    // An older snapshot that comes in later: the facts' own time counts.
    const first = await keep(demo.lines, '2026-05-01T02:00:00Z');
    const scanAt = async (asOf: string): Promise<string> => {
      const { body } = await ask(reporter, `/v1/buckets/${BUCKET}/access?asOf=${asOf}`);
      return whoCanAnswerSchema.parse(body).scan.id;
    };
    expect(await scanAt('2026-05-01')).toBe(first);
    expect(await scanAt('2026-05-02T01:59:59.999Z')).toBe(first);
    expect(await scanAt('2026-05-02')).toBe(second);
    const question = { principal: 'anonymous', action: 's3:GetObject', resource: `arn:aws:s3:::${BUCKET}/x` };
    const explained = await ask(reporter, '/v1/explain?asOf=2026-05-09', post(question));
    expect(explained).toMatchObject({ status: 200, body: { scan: { id: second } } });
    expect(await ask(reporter, '/v1/coverage?asOf=2026-05-01')).toMatchObject({
      body: { scan: { id: first } },
    });
  });

  test('is not ready where nothing was scanned yet', async () => {
    expect(await ask(reporter, '/v1/changes')).toMatchObject({
      status: 503,
      body: { type: 'urn:denyscope:problem:not-ready' },
    });
  });
});

describe('the API, asked wrongly,', () => {
  beforeAll(async () => {
    await openReporter();
    await keep(demo.lines, '2026-05-01T02:00:00Z');
  });
  afterAll(closeReporter);

  // prettier-ignore
  test.each<readonly [what: string, path: string, problem: string, detail: string]>([
    ['no day', '/v1/changes?since=monday', '400 bad-request', 'querystring does not fit'],
    ['no account', '/v1/changes?account=1', '400 bad-request', 'querystring does not fit'],
    ['an unknown kind', '/v1/changes?kind=buckets', '400 bad-request', 'querystring does not fit'],
    ['an unknown parameter', '/v1/changes?sinse=1', '400 bad-request', 'querystring does not fit'],
    ['a page that is too large', '/v1/changes?limit=1001', '400 bad-request', 'querystring does not fit'],
    ['a bucket and a kind', '/v1/changes?bucket=b&kind=bucket', '400 bad-request', 'not both'],
    ['a foreign cursor', '/v1/changes?cursor=x', '400 bad-request', '`next` of an earlier answer'],
    ['a cursor of scans that are gone', `/v1/changes?cursor=${Buffer.from(`7 8 ${'ab'.repeat(32)}`).toString('base64url')}`, '400 bad-request', '`next` of an earlier answer'],
    ['a scan that there is not', '/v1/changes?since=404', '404 not-found', 'there is no complete scan 404'],
    ['a day before the first scan', '/v1/changes?since=2020-01-01', '404 not-found', 'the earliest is scan 1 of 2026-05-01T02:00:00.000Z'],
    ['a time before the first scan', '/v1/changes?since=3w', '404 not-found', 'no complete scan was taken up to 2026-04-10T02:00:00.000Z'],
    ['nothing to compare with', '/v1/changes', '404 not-found', 'there is no complete scan before scan 1'],
    ['who-can before the first scan', `/v1/buckets/${BUCKET}/access?asOf=2026-04-30`, '404 not-found', 'the earliest is scan 1'],
    ['who-can of two scans', `/v1/buckets/${BUCKET}/access?asOf=2026-04-30&scan=1`, '400 bad-request', 'not both'],
    ['who-can as of no day', `/v1/buckets/${BUCKET}/access?asOf=2026-02-30`, '400 bad-request', 'querystring does not fit'],
  ])('says of %s what was expected', async (_, path, problem, detail) => {
    const [status, code] = problem.split(' ');
    const answered = await ask(reporter, path);
    expect(answered).toMatchObject({
      status: Number(status),
      body: { type: `urn:denyscope:problem:${code}` },
    });
    expect(answered.text).toContain(detail);
  });
});
