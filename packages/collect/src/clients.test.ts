import { ListRootsCommand } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { awsClients, sharedHttpHandler, type AwsClients } from './clients.ts';
import { callLimit } from './paced.ts';
import { CREDENTIALS } from './stub-aws.fixture.ts';

/** Clients whose calls go nowhere; and the hosts that they would have gone to. */
function unconnected(region: string): { readonly clients: AwsClients; readonly hosts: readonly string[] } {
  const hosts: string[] = [];
  const handler = sharedHttpHandler();
  jest.spyOn(handler, 'handle').mockImplementation(({ hostname }) => {
    hosts.push(hostname);
    return Promise.reject(new Error('no network'));
  });
  const clients = awsClients({
    handler,
    maxAttempts: 1,
    credentials: CREDENTIALS,
    region,
    signal: new AbortController().signal,
    pacing: { accountId: '', inFlight: callLimit(10), waited: () => {} },
  });
  return { clients, hosts };
}

// AWS: credentials of the global endpoint may be refused in Regions that are opted into (semantics.md H.4).
test.each([
  ['us-east-1', 'sts.us-east-1.amazonaws.com'],
  ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
  ['af-south-1', 'sts.af-south-1.amazonaws.com'],
  ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
])('a role is entered through the endpoint of STS in %s', async (region, host) => {
  const { clients, hosts } = unconnected(region);
  const command = new AssumeRoleCommand({
    RoleArn: 'arn:aws:iam::111122223333:role/r',
    RoleSessionName: 's',
  });
  await expect(clients.sts().send(command)).rejects.toThrow('no network');
  expect(hosts).toEqual([host]);
});

test('Organizations has one endpoint, whatever the Region', async () => {
  const { clients, hosts } = unconnected('eu-central-1');
  await expect(clients.organizations().send(new ListRootsCommand({}))).rejects.toThrow('no network');
  expect(hosts).toEqual(['organizations.us-east-1.amazonaws.com']);
});

test('a Region has one client of each service, so that one throttled call slows the others', async () => {
  const { clients } = unconnected('eu-central-1');
  expect(clients.kms()).toBe(clients.kms());
  expect(await clients.ec2()).toBe(await clients.ec2());
});
