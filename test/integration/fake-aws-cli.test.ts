import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startFakeAws, type FakeAws } from '@denyscope/fake-aws';
import { assumed, failureOf, SCANNER, type Credentials } from './fake-aws-clients.ts';
import { MANAGEMENT, MEMBER, ROUTE_TABLE, SNAPSHOT, TRAIL_ARN } from './fake-aws-world.ts';

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

async function hasCli(): Promise<boolean> {
  const isThere = (await failureOf(run('aws', ['--version']))) === 'no error';
  if (!isThere) process.stderr.write('skipped: there is no `aws` command on PATH\n');
  return isThere;
}

// The AWS CLI shares no code with the SDK: an independent reader of every protocol.
test('the AWS CLI reads the organization and an account without complaint', async () => {
  if (!(await hasCli())) return;
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
  expect(await cli(aws, session, 'ec2 describe-route-tables --route-table-ids rtb-1')).toEqual({
    RouteTables: [ROUTE_TABLE],
  });
  expect(counts(await cli(aws, SCANNER, 'organizations list-delegated-administrators'))).toEqual({
    DelegatedAdministrators: 1,
  });
  expect(counts(await cli(aws, session, 'iam list-saml-providers'))).toEqual({ SAMLProviderList: 1 });
  await aws.close();
}, 120_000);

test('the AWS CLI reads a trail at home, and its shadow elsewhere', async () => {
  if (!(await hasCli())) return;
  const aws = await startFakeAws({ snapshot: SNAPSHOT });
  const [home, member] = [await assumed(aws, MANAGEMENT), await assumed(aws, MEMBER)];
  const trails = (who: Credentials, more = '') =>
    cli(aws, who, `cloudtrail describe-trails --region us-east-1 ${more}`.trim());
  expect(counts(await trails(member))).toEqual({ trailList: 1 });
  expect(counts(await trails(home, '--no-include-shadow-trails'))).toEqual({ trailList: 0 });
  const named = `--trail-name ${TRAIL_ARN}`;
  expect(await cli(aws, home, `cloudtrail get-trail-status --name ${TRAIL_ARN}`)).toEqual({
    IsLogging: true,
  });
  expect(await cli(aws, home, `cloudtrail get-event-selectors ${named}`)).toMatchObject({
    EventSelectors: [{ DataResources: [{ Type: 'AWS::S3::Object' }] }],
  });
  await expect(cli(aws, member, `cloudtrail get-event-selectors ${named}`)).rejects.toThrow(
    'TrailNotFoundException',
  );
  await aws.close();
}, 120_000);
