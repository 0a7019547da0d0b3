import { ListTagsForResourceCommand } from '@aws-sdk/client-organizations';
import { startFakeAws, type FakeAws } from '@denyscope/fake-aws';
import { assumed, clientsOf, failureOf, type Clients, type Credentials } from './fake-aws-clients.ts';
import type { Row } from './fake-aws-row.ts';
import { KMS_ROWS, OTHER_ROWS, TRAIL_ROWS } from './fake-aws-rows-account.ts';
import { ORGANIZATION_ROWS } from './fake-aws-rows-organization.ts';
import { CONTROL_ROWS, S3_ROWS } from './fake-aws-rows-s3.ts';
import { OWN_TRAILS } from './fake-aws-surroundings.ts';
import { MEMBER, SNAPSHOT } from './fake-aws-world.ts';

const snapshot = { ...SNAPSHOT, lines: [...SNAPSHOT.lines, ...OWN_TRAILS] };
const MEMBER_ROWS = [...S3_ROWS, ...CONTROL_ROWS, ...KMS_ROWS, ...OTHER_ROWS, ...TRAIL_ROWS];

const named = (rows: readonly Row[]) => rows.map((row) => [row.name, row] as const);

describe('the SDK', () => {
  let aws: FakeAws;
  let throttling: FakeAws;
  let denying: FakeAws;
  let session: Credentials;
  let member: Clients;

  beforeAll(async () => {
    aws = await startFakeAws({ snapshot });
    const all = ['s3*', 'kms:*', 'ec2:*', 'iam:*', 'cloudtrail:*', 'organizations:*', 'sts:Get*'];
    throttling = await startFakeAws({
      snapshot,
      faults: [{ kind: 'throttle', on: all, times: 1 }],
    });
    denying = await startFakeAws({
      snapshot,
      faults: [{ kind: 'deny', on: all, message: 'not you' }],
    });
    session = await assumed(aws, MEMBER);
    member = clientsOf(aws, { credentials: session });
  });

  afterAll(async () => {
    await Promise.all([aws, throttling, denying].map((server) => server.close()));
  });

  const absentRows = [...MEMBER_ROWS, ...ORGANIZATION_ROWS].filter(({ absent }) => absent !== undefined);
  const clientsFor = (row: Row): Clients => (ORGANIZATION_ROWS.includes(row) ? clientsOf(aws) : member);

  test.each(named([...MEMBER_ROWS, ...ORGANIZATION_ROWS]))('reads %s', async (_, row) => {
    expect(await row.ask(clientsFor(row), 'full')).toMatchObject(row.ok);
  });

  test.each(named(absentRows))('is told by %s what is not configured', async (_, row) => {
    const answer = row.ask(clientsFor(row), 'bare');
    if (typeof row.absent === 'string') {
      expect(await failureOf(answer)).toBe(row.absent);
      return;
    }
    const members = new Map<string, unknown>(Object.entries(await answer));
    for (const [name, value] of Object.entries(row.absent ?? {})) expect(members.get(name)).toEqual(value);
  });

  test.each(named(MEMBER_ROWS.filter(({ locked }) => locked === true)))(
    'is refused a locked field by %s',
    async (_, row) => {
      const answer = row.ask(member, 'locked');
      expect(await failureOf(answer)).toMatch(/^AccessDenied/);
      await expect(answer).rejects.toThrow('is locked');
    },
  );

  test('meets each service’s own denial and throttling, and gets through by retrying', async () => {
    const memberOf = async (server: FakeAws, maxAttempts = 1): Promise<Clients> =>
      clientsOf(server, { credentials: await assumed(server, MEMBER), maxAttempts });
    const [once, patient, denied] = await Promise.all([
      memberOf(throttling),
      memberOf(throttling, 3),
      memberOf(denying),
    ]);
    const SPELLINGS =
      /^(?:AccessDenied(?:Exception)?|UnauthorizedOperation) (?:SlowDown|Throttling(?:Exception)?|RequestLimitExceeded)$/;
    for (const row of MEMBER_ROWS.filter(({ name }) => name !== 'HeadBucket')) {
      const refusals = [await failureOf(row.ask(denied, 'full')), await failureOf(row.ask(once, 'full'))];
      expect([row.name, refusals.join(' ')]).toEqual([row.name, expect.stringMatching(SPELLINGS)]);
    }
    const fresh = MEMBER_ROWS.filter(({ absent }) => typeof absent === 'string');
    const answers = await Promise.all(fresh.map((row) => failureOf(row.ask(patient, 'bare'))));
    expect(answers).toEqual(fresh.map(({ absent }) => absent));
  });

  test('meets those of Organizations too', async () => {
    for (const row of ORGANIZATION_ROWS) {
      expect(await failureOf(row.ask(clientsOf(denying), 'full'))).toBe('AccessDeniedException');
      expect(await failureOf(row.ask(clientsOf(throttling), 'full'))).toBe('TooManyRequestsException');
    }
    const patient = clientsOf(throttling, { maxAttempts: 3 }).organizations;
    // Another target than before, so that the fault befalls it anew.
    const none = patient.send(new ListTagsForResourceCommand({ ResourceId: 'p-one' }));
    expect(await none).toMatchObject({ Tags: [], $metadata: { attempts: 2 } });
  });

  test('finds every answer traced by a request id', async () => {
    const answers = await Promise.all([...MEMBER_ROWS].map((row) => row.ask(member, 'full')));
    const ids = answers.map((answer) => ('$metadata' in answer ? JSON.stringify(answer.$metadata) : ''));
    expect(ids.filter((text) => !/"requestId":"[0-9A-Fa-f-]{16,36}"/.test(text))).toEqual([]);
  });
});
