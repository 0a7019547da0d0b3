import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startFakeAws, type FakeAws } from '@denyscope/fake-aws';
import { assumed, failureOf, SCANNER, type Credentials } from './fake-aws-clients.ts';
import { MANAGEMENT, MEMBER, SNAPSHOT } from './fake-aws-world.ts';

const run = promisify(execFile);

/** Runs the `aws` command against a server of ours. */
async function cli(aws: FakeAws, credentials: Credentials, words: string): Promise<object> {
  const env = {
    ...process.env,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_MAX_ATTEMPTS: '1',
  };
  const { stdout } = await run('aws', ['--endpoint-url', aws.url, '--output', 'json', ...words.split(' ')], {
    env,
  });
  const answer: unknown = JSON.parse(stdout);
  return typeof answer === 'object' && answer !== null ? answer : {};
}

/** How many items each list of an answer has. */
function counts(answer: object): Readonly<Record<string, number>> {
  const lists = Object.entries(answer).filter(([, value]) => Array.isArray(value));
  return Object.fromEntries(
    lists.map(([name, value]: readonly [string, readonly unknown[]]) => [name, value.length]),
  );
}

// The AWS CLI shares no code with the SDK: an independent reader of every protocol.
test('the AWS CLI reads the organization and an account without complaint', async () => {
  if ((await failureOf(run('aws', ['--version']))) !== 'no error') {
    process.stderr.write('skipped: there is no `aws` command on PATH\n');
    return;
  }
  const aws = await startFakeAws({ snapshot: SNAPSHOT });
  const session = await assumed(aws, MEMBER);
  expect(await cli(aws, SCANNER, 'sts get-caller-identity')).toMatchObject({ Account: MANAGEMENT });
  expect(counts(await cli(aws, SCANNER, 'organizations list-accounts'))).toEqual({ Accounts: 5 });
  expect(counts(await cli(aws, session, 's3api list-buckets --page-size 2'))).toMatchObject({ Buckets: 6 });
  expect(await cli(aws, session, 's3api get-bucket-acl --bucket full-bucket')).toMatchObject({
    Grants: [{ Grantee: { Type: 'CanonicalUser' } }, { Grantee: { Type: 'Group' } }],
  });
  const details = await cli(aws, session, 'iam get-account-authorization-details');
  expect(counts(details)).toMatchObject({ UserDetailList: 1, GroupDetailList: 1, RoleDetailList: 11 });
  expect(details).toMatchObject({
    UserDetailList: [{ UserPolicyList: [{ PolicyDocument: { Version: '2012-10-17' } }] }],
  });
  expect(counts(await cli(aws, session, 'kms list-keys'))).toEqual({ Keys: 5 });
  expect(counts(await cli(aws, session, 'ec2 describe-vpc-endpoints'))).toEqual({ VpcEndpoints: 4 });
  await aws.close();
}, 120_000);
