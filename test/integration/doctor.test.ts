import { type Terminal, run as runCommand } from '@denyscope/cli';
import { type FakeAws, type Fault, SCANNER_ACCESS_KEY_ID, startFakeAws } from '@denyscope/fake-aws';
import { demoWorld } from '@denyscope/worlds';
import { z } from 'zod';
import { type TestDatabase, createTestDatabase } from '../support/postgres.ts';

jest.setTimeout(120_000);

const demo = demoWorld();
const SECRETS = { external: 'nobody-guesses-this', key: 'the-secret-key-of-this-test' };

const REPORT = z.object({
  checks: z.array(
    z.object({
      check: z.string(),
      outcome: z.enum(['ok', 'warning', 'failed', 'not checked']),
      found: z.string(),
      advice: z.array(z.string()),
    }),
  ),
});

let database: TestDatabase;
let aws: FakeAws;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await aws.close();
  await database.drop();
});

async function serve(faults: readonly Fault[] = []): Promise<void> {
  aws = await startFakeAws({
    snapshot: demo,
    scannerAccountId: '222233334444',
    externalId: SECRETS.external,
    pageSize: 1000,
    faults,
  });
}

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command in this process; the SDK reads the environment of the process. */
async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: SCANNER_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRETS.key,
    AWS_REGION: 'us-east-1',
  });
  const said = { out: '', err: '' };
  const terminal: Terminal = {
    out: async (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    stdin: (async function* () {})(),
    isInteractive: false,
    progress: undefined,
    columns: undefined,
    environment: { DATABASE_URL: database.url, DENYSCOPE_EXTERNAL_ID: SECRETS.external, ...more },
  };
  return { status: await runCommand(args, terminal), ...said };
}

/** Check → outcome. */
function outcomes({ out }: Ended): Readonly<Record<string, string>> {
  const { checks } = REPORT.parse(JSON.parse(out));
  return Object.fromEntries(checks.map(({ check, outcome }) => [check, outcome]));
}

describe('doctor', () => {
  test('finds nothing wrong where nothing is, before the first scan and after it', async () => {
    await serve();
    const first = await run(['doctor', '--output', 'json']);
    expect(outcomes(first)).toEqual({
      Node: 'ok',
      configuration: 'ok',
      database: 'ok',
      schema: 'ok',
      queue: 'ok',
      schedule: 'ok',
      credentials: 'ok',
      organization: 'ok',
      policies: 'ok',
      accounts: 'ok',
      role: 'ok',
      calls: 'ok',
      scans: 'not checked',
    });
    expect(first.status).toBe(0);
    expect((await run(['scan'])).status).toBe(0);
    const then = await run(['doctor', '--all']);
    expect(then.out).toMatch(/^ok +schema +of this release: \d+ migrations$/m);
    expect(then.out).toMatch(/^warning +role +DenyscopeScanner cannot be entered in 1 of 11 accounts$/m);
    expect(then.out).toMatch(/^ok +scans +scan 1 of aws is \d+ minutes? old$/m);
    expect(then.out).toMatch(/\n\n0 failed, 2 warnings, 0 not checked\n$/);
    expect(then.status).toBe(0);
    for (const secret of Object.values(SECRETS))
      expect(first.out + then.out + then.err).not.toContain(secret);
  });

  test('says what is wrong, and what to do', async () => {
    await serve([
      { kind: 'deny', on: 'organizations:ListPolicies' },
      { kind: 'deny', on: 'kms:ListKeys' },
    ]);
    const more = {
      DATABASE_URL: 'postgres://ann:s3cret@127.0.0.1:9/x',
      REDIS_URL: 'redis://:s3cret@127.0.0.1:9',
    };
    const refused = await run(['doctor', '--output', 'json'], more);
    expect(outcomes(refused)).toMatchObject({
      database: 'failed',
      schema: 'not checked',
      queue: 'failed',
      credentials: 'ok',
      policies: 'failed',
      role: 'ok',
      calls: 'failed',
      scans: 'not checked',
    });
    expect(refused.status).toBe(1);
    expect(refused.out + refused.err).not.toContain('s3cret');
    for (const { outcome, advice } of REPORT.parse(JSON.parse(refused.out)).checks)
      expect(advice.length > 0).toBe(outcome === 'failed');
    const shut = await run(['doctor', '--output', 'json'], { DENYSCOPE_EXTERNAL_ID: 'another-one' });
    expect(outcomes(shut)).toMatchObject({ role: 'failed', calls: 'not checked' });
  });

  test('tells all that is wrong with the environment, and looks no further', async () => {
    await serve();
    const wrong = await run(['doctor'], { DENYSCOPE_PORT: 'x', DENYSCOPE_CRON: 'nightly' });
    expect(wrong.status).toBe(1);
    expect(wrong.out).toContain('DENYSCOPE_PORT: expected a port');
    expect(wrong.out).toContain('DENYSCOPE_CRON: expected a cron expression');
    expect(aws.calls()).toEqual([]);
  });
});

describe('scan --dry-run', () => {
  test('asks AWS for the accounts only, and tells which are left out and why', async () => {
    await serve();
    const { status, out } = await run([
      'scan',
      '--dry-run',
      '--accounts',
      '666677778888',
      '--regions',
      'eu-west-1',
    ]);
    expect(status).toBe(0);
    expect(new Set(aws.calls().map(({ operation }) => operation))).toEqual(new Set(['ListAccounts']));
    expect(out).toMatch(/666677778888 .* assumed/);
    expect(out).toMatch(/454567678989 .* left out: suspended/);
    expect(out).toMatch(/111122223333 .* left out: excluded/);
    expect(out).toMatch(/^about \d+ calls in 1 account, 11 left out$/m);
  });

  test('says why there is no list', async () => {
    await serve([{ kind: 'deny', on: 'organizations:ListAccounts' }]);
    const { status, err } = await run(['scan', '--dry-run']);
    expect(status).toBe(1);
    expect(err).toContain('the accounts cannot be listed: AccessDenied');
    expect((await run(['scan', '--dry-run', '--cancel'])).status).toBe(2);
  });
});
