import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { STSClient } from '@aws-sdk/client-sts';
import { ownCredentialChain } from './own-credentials.ts';

const environment = { ...process.env };
let asked = 0;
let server: Server;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    const keys = { AccessKeyId: 'AKIAEXAMPLE', SecretAccessKey: 'any', Token: 'any' };
    response.end(JSON.stringify({ ...keys, Expiration }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  // As in a container, and no other source before it.
  process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `http://127.0.0.1:${port}/credentials`;
  process.env['AWS_CONFIG_FILE'] = '/dev/null';
  process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null';
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) delete process.env[name];
});
afterEach(async () => {
  process.env = { ...environment };
  server.close();
  await once(server, 'close');
});

test('many accounts that share the chain look for credentials once', async () => {
  const credentials = ownCredentialChain('eu-west-1');
  const clients = Array.from({ length: 5 }, () => new STSClient({ region: 'eu-west-1', credentials }));
  const found = await Promise.all(clients.map((client) => client.config.credentials()));
  expect(found.map(({ accessKeyId }) => accessKeyId)).toEqual(Array(5).fill('AKIAEXAMPLE'));
  expect(asked).toBe(1);
});
