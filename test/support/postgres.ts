import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@denyscope/store';
import { Client } from 'pg';

/** A PostgreSQL server to make test databases on. */
export interface TestServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Where the global setup leaves the server's URL; not DATABASE_URL, which would hide the embedded mode from tests. */
const SERVER = 'DENYSCOPE_TEST_POSTGRES';

/** Uses DATABASE_URL where given, else starts the embedded server on a folder that goes away afterwards. */
export async function providePostgres(environment: NodeJS.ProcessEnv): Promise<TestServer> {
  const given = environment['DATABASE_URL'];
  if (given) return { url: given, stop: async () => {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'denyscope-postgres-'));
  // Started by root, the server runs as another user, who must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir });
  return {
    url: server.url(),
    stop: async () => {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Tells the test files where the server is. */
export function announcePostgres(server: TestServer, environment: NodeJS.ProcessEnv): void {
  environment[SERVER] = server.url;
}

/** Creates an empty database; `drop` removes it and whoever is still connected. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env[SERVER];
  if (server === undefined) throw new Error(`${SERVER} is not set: run this test by \`npm run integration\``);
  const name = `denyscope_test_${randomBytes(6).toString('hex')}`;
  await run(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `drop database if exists ${name} with (force)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
