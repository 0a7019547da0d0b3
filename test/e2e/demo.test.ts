import { explainAnswerSchema, whoCanAnswerSchema } from '@denyscope/model';
import { DEMO_STORIES } from '@denyscope/worlds';
import { type Folder, denyscope, makeFolder, serversOf, start } from './denyscope.ts';

const NAMED = [
  ['The new SCP demands a classification tag', 'scp (of the KMS call)'],
  ['The payments vault admits one VPC endpoint', 'bucket-policy'],
  ['nobody gave that role the permission on its own side', 'identity'],
  ['The careers site is public by policy', 'block-public-access'],
  ['The endpoint’s allow-list was written before', 'vpc-endpoint'],
  ['has every S3 permission and no kms:Decrypt', 'kms-identity'],
  ['its account could not be scanned', 'not read'],
  ['the bucket’s policy could not be read', 'not read'],
] as const;

jest.setTimeout(60_000);

describe('the demo', () => {
  let folder: Folder;
  let demo: ReturnType<typeof start>;

  beforeAll(async () => {
    folder = await makeFolder();
    demo = start(folder, ['demo', '--port', '0']);
    await demo.says('Ctrl-C stops it');
  });
  afterAll(() => folder.remove());

  const url = (): string => /serving (http:\/\/127\.0\.0\.1:\d+)/.exec(demo.said.out)?.[1] ?? '';

  test('tells how large the organization is and what could not be read', () => {
    expect(demo.said.out).toContain(
      '12 accounts, 60 buckets, 3 Regions (eu-central-1, eu-west-1, us-east-1)',
    );
    expect(demo.said.out).toContain('Coverage: 2 gaps');
    expect(demo.said.out).toContain('account 343456567878: sts:AssumeRole: AccessDenied');
    expect(demo.said.out).toContain('bucket example-dev-unreadable-policy');
  });

  test.each(NAMED)('tells “%s”, with %s', (title, layer) => {
    const row = demo.said.out.split('\n').find((line) => line.includes(title));
    expect(row).toContain(layer);
  });

  test('tells what the world can read, that it is open and why that is fine', () => {
    expect(demo.said.out).toMatch(/example-sandbox-open-to-the-world .*anonymous .*public .*allowed/);
    expect(demo.said.out).toContain('open: no token is asked for, since it is made up and only this machine');
  });

  test('serves', async () => {
    expect((await fetch(`${url()}/readyz`)).status).toBe(200);
    const answer = await fetch(`${url()}/v1/buckets/example-sandbox-open-to-the-world/access`);
    expect(whoCanAnswerSchema.parse(await answer.json()).principals).toContainEqual(
      expect.objectContaining({ principal: 'anonymous', verdict: 'allowed' }),
    );
  });

  test('answers who-can from a second process, as model describes it and as the server does', async () => {
    const bucket = 'example-payments-vpce-only';
    const { status, out, err } = await denyscope(folder, ['who-can', bucket, '--output', 'json']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const answer: unknown = JSON.parse(out);
    expect(whoCanAnswerSchema.parse(answer)).toEqual(answer);
    expect(await (await fetch(`${url()}/v1/buckets/${bucket}/access`)).json()).toEqual(answer);
  });

  test('answers every story of the demo from a file, in order, as model describes it', async () => {
    const requests = DEMO_STORIES.map(({ question }) => JSON.stringify(question)).join('\n');
    const { status, out } = await denyscope(folder, ['explain', '--file', '-', '--exit-code'], requests);
    expect(status).toBe(10);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const parsed = answers.map((answer) => explainAnswerSchema.parse(answer));
    expect(parsed).toEqual(answers);
    expect(parsed.map(({ id, verdict }) => `${id}: ${verdict}`)).toEqual(
      DEMO_STORIES.map(({ id, expected }) => `${id}: ${expected}`),
    );
  });

  test('the commands that it says to try work', async () => {
    const lines = demo.said.out.split('\n').filter((line) => line.includes('npx --no-install denyscope'));
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const args = [...line.replace(/^.*? denyscope /, '').matchAll(/'([^']*)'|(\S+)/g)];
      const { status } = await denyscope(
        folder,
        args.map(([, quoted, bare]) => quoted ?? bare ?? ''),
      );
      expect({ line, status }).toEqual({ line, status: 0 });
    }
  });

  test('Ctrl-C stops it well, and no server stays', async () => {
    expect(await serversOf(folder)).toHaveLength(1);
    demo.interrupt();
    const { status, err } = await demo.ended;
    expect({ status, err }).toEqual({ status: 0, err: '\ndenyscope: stopping\n' });
    expect(await serversOf(folder)).toEqual([]);
  });

  test('a second start uses the data again, and gives the summary as JSON too', async () => {
    const { status, out } = await denyscope(folder, ['demo', '--no-serve', '--output', 'json']);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ reused: true, scan: { id: '1' }, accounts: 12, buckets: 60 });
    expect(await serversOf(folder)).toEqual([]);
  });
});
