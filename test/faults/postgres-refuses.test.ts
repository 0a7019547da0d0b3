import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from '../support/database.ts';
import {
  type FaultGround,
  expectBefore,
  expectWhole,
  faultGround,
  midScan,
} from '../support/fault-ground.ts';
import { describeWithOwnPostgres, ownPostgres } from '../support/own-postgres.ts';
import { type OwnServer } from '../support/own-server.ts';

jest.setTimeout(90_000);

/** What a full disk says, from the tables that grow most. */
const FILL = `
  create function denyscope.full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
  create trigger full_disk before insert on denyscope.staged_line for each row execute function denyscope.full_disk();
  create trigger full_disk before insert on denyscope.fact for each row execute function denyscope.full_disk()`;
const FREE = 'drop function denyscope.full_disk() cascade';

const READ_ONLY = ['alter system set default_transaction_read_only = on', 'select pg_reload_conf()'];
const WRITABLE = ['alter system reset default_transaction_read_only', 'select pg_reload_conf()'];

describeWithOwnPostgres('a PostgreSQL that takes no writes for a while', () => {
  let server: OwnServer;
  let ground: FaultGround;
  beforeEach(async () => {
    server = await ownPostgres();
    ground = await faultGround({ databaseUrl: server.url, queueUrl: server.url });
  });
  afterEach(async () => {
    await ground.close();
    await server.close();
  });

  test.each([
    { why: 'its disk is full', refuse: [FILL], recover: [FREE], said: 'the disk of the database is full' },
    {
      why: 'it is read-only',
      refuse: READ_ONLY,
      recover: WRITABLE,
      said: 'the database takes no writes now',
    },
  ])('$why: the scan waits, says so, and goes on', async ({ refuse, recover, said }) => {
    for (const concurrency of [1, 2]) await ground.work({ concurrency, stallMs: 2_000 });
    const runId = await midScan(ground);
    await each(refuse);
    await sleep(4_000);
    expect(ground.log.join('')).toContain(said);
    expect((await ground.store.runState(runId))?.status).toBe('running');
    await expectBefore(ground, runId);
    await each(recover);
    await expectWhole(ground, runId);
  });

  async function each(statements: readonly string[]): Promise<void> {
    for (const statement of statements) await sql(server.url, statement);
  }
});
