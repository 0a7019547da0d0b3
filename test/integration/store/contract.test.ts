import { randomBytes } from 'node:crypto';
import { openStore, startEmbeddedPostgres } from '@denyscope/store';
import { newFolder, otherServer, removeFolders, sql } from '../../support/database.ts';
import { type Backend, contract } from './contract.ts';
import { endedRunContract } from './ended-run-contract.ts';
import { runContract } from './run-contract.ts';

jest.setTimeout(60_000);

async function onEmbedded(): Promise<Backend> {
  const dataDir = await newFolder();
  const [store, server] = await Promise.all([openStore({ dataDir }), startEmbeddedPostgres({ dataDir })]);
  return {
    store,
    url: server.url(),
    remove: async () => {
      await store.close();
      await server.close();
      await removeFolders();
    },
  };
}

async function onServer(server: string): Promise<Backend> {
  const name = `denyscope_test_${randomBytes(6).toString('hex')}`;
  await sql(server, `create database ${name} encoding 'UTF8' template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const store = await openStore({ databaseUrl: url.href });
  return {
    store,
    url: url.href,
    remove: async () => {
      await store.close();
      await sql(server, `drop database ${name} with (force)`);
    },
  };
}

describe('the store on the embedded PostgreSQL', () => contract(onEmbedded));
describe('live scans on the embedded PostgreSQL', () => runContract(onEmbedded));
describe('live scans that ended, on the embedded PostgreSQL', () => endedRunContract(onEmbedded));

const other = otherServer();
if ('url' in other) {
  describe('the store on a PostgreSQL server', () => contract(() => onServer(other.url)));
  describe('live scans on a PostgreSQL server', () => runContract(() => onServer(other.url)));
  describe('live scans that ended, on a PostgreSQL server', () =>
    endedRunContract(() => onServer(other.url)));
} else {
  describe.skip(`the store on a PostgreSQL server (skipped: ${other.missing})`, () => {
    test('the whole contract', () => {});
  });
}
