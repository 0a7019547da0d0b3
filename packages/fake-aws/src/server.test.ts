import { request as send } from 'node:http';
import { SCANNER_ACCESS_KEY_ID, startFakeAws, type FakeAws } from './server.ts';

const ACCOUNT = '111111111111';

const snapshot = {
  header: { kind: 'snapshot', format: 'denyscope/1', takenAt: '2026-11-22T02:00:00Z', source: 'demo' },
  lines: [{ kind: 'account', accountId: ACCOUNT, data: { Id: ACCOUNT } }],
} as const;

interface Sent {
  readonly service?: string;
  readonly accessKeyId?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let aws: FakeAws;

beforeAll(async () => {
  aws = await startFakeAws({ snapshot });
});

afterAll(async () => {
  await aws.close();
});

/** Sends what no SDK would; answers with status, content type and body. */
async function raw(sent: Sent): Promise<string> {
  const { service, accessKeyId = SCANNER_ACCESS_KEY_ID, method = 'POST', path = '/', body = '' } = sent;
  const scope = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/eu-west-1/${service ?? ''}/aws4_request`;
  const headers = { ...(service !== undefined && { authorization: scope }), ...sent.headers };
  return new Promise((resolve, reject) => {
    const request = send({ port: aws.port, host: '127.0.0.1', method, path, headers }, (response) => {
      const chunks: string[] = [];
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => chunks.push(chunk));
      response.on('end', () => {
        resolve(`${String(response.statusCode)} ${chunks.join('')}`);
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

const target = (name: string) => ({ 'x-amz-target': name });

test.each<readonly [string, Sent, RegExp]>([
  ['a query without an action', { service: 'iam' }, /^400 .*<Code>MissingAction</s],
  ['an action that IAM lacks', { service: 'iam', body: 'Action=Nope' }, /^400 .*<Code>InvalidAction</s],
  [
    'an action that STS lacks',
    { service: 'sts', body: 'Action=constructor' },
    /^400 .*<Code>InvalidAction</s,
  ],
  ['half an AssumeRole', { service: 'sts', body: 'Action=AssumeRole' }, /^400 .*<Code>ValidationError</s],
  ['percent signs alone', { service: 'sts', body: 'Action=%zz&%=%' }, /^400 .*<Code>InvalidAction</s],
  [
    'JSON that is none',
    { service: 'organizations', headers: target('AWSOrganizationsV20161128.ListRoots'), body: '{' },
    /^400 .*"__type":"SerializationException"/,
  ],
  [
    'a JSON list',
    { service: 'organizations', headers: target('AWSOrganizationsV20161128.ListRoots'), body: '[]' },
    /^400 .*"__type":"SerializationException"/,
  ],
  ['no target', { service: 'organizations' }, /^400 .*"__type":"UnknownOperationException"/],
  [
    'an operation that Organizations lacks',
    { service: 'organizations', headers: target('AWSOrganizationsV20161128.__proto__') },
    /^400 .*"__type":"UnknownOperationException"/,
  ],
  [
    'an organization that is none',
    { service: 'organizations', headers: target('AWSOrganizationsV20161128.ListRoots') },
    /^400 .*"__type":"AWSOrganizationsNotInUseException"/,
  ],
  ['an impossible path', { service: 's3', method: 'GET', path: '/%zz' }, /^400 .*<Code>InvalidURI</s],
  ['a service that nobody knows', { service: 'constructor', method: 'GET' }, /^403 .*<Code>AccessDenied</s],
  ['no signature', { method: 'GET' }, /^403 .*<Code>AccessDenied</s],
  [
    'no signature, to a Query API',
    { body: 'Action=GetCallerIdentity&Version=2011-06-15' },
    /^403 .*<Code>MissingAuthenticationToken</s,
  ],
  [
    'no signature, to KMS',
    { headers: target('TrentService.ListKeys') },
    /^400 .*"__type":"MissingAuthenticationTokenException"/,
  ],
  ['a key that was never issued', { service: 'ec2', accessKeyId: 'ASIA1' }, /^401 .*<Code>AuthFailure</s],
  ['a HEAD that is refused', { service: 's3', method: 'HEAD', path: '/a-bucket' }, /^403 $/],
  ['a body without end', { service: 'sts', body: 'x'.repeat(2 ** 21) }, /^413 /],
])('%s is answered as AWS would', async (_, sent, expected) => {
  expect(await raw(sent)).toMatch(expected);
});

test('the server listens to this machine only', async () => {
  await expect(startFakeAws({ snapshot, host: '0.0.0.0' })).rejects.toThrow('not a loopback address');
});

test('calls that are told of are not kept as well', async () => {
  const told: string[] = [];
  const other = await startFakeAws({ snapshot, onCall: ({ operation }) => told.push(operation) });
  try {
    await fetch(other.url, { method: 'POST', body: 'Action=GetCallerIdentity&Version=2011-06-15' });
    expect(told).toEqual(['GetCallerIdentity']);
    expect(other.calls()).toEqual([]);
  } finally {
    await other.close();
  }
});
