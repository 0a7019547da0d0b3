import { DescribeVpcEndpointsCommand, paginateDescribeVpcEndpoints } from '@aws-sdk/client-ec2';
import { paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import {
  ListKeysCommand,
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { paginateListAccounts, paginateListTargetsForPolicy } from '@aws-sdk/client-organizations';
import { ListBucketsCommand, paginateListBuckets } from '@aws-sdk/client-s3';
import { paginateListAccessPoints } from '@aws-sdk/client-s3-control';
import { startFakeAws, type FakeAws, type FakeAwsOptions } from '@denyscope/fake-aws';
import { demoWorld } from '@denyscope/worlds';
import { assumed, clientsOf, failureOf } from './fake-aws-clients.ts';
import { AWKWARD, MEMBER, SNAPSHOT } from './fake-aws-world.ts';

const running: FakeAws[] = [];

async function start(options: Partial<FakeAwsOptions> = {}): Promise<FakeAws> {
  const aws = await startFakeAws({ snapshot: SNAPSHOT, ...options });
  running.push(aws);
  return aws;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((aws) => aws.close()));
});

async function memberClients(aws: FakeAws) {
  return clientsOf(aws, { credentials: await assumed(aws, MEMBER) });
}

async function all<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<{ readonly items: readonly Item[]; readonly pages: number }> {
  const items: Item[] = [];
  let count = 0;
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
    count += 1;
  }
  return { items, pages: count };
}

describe('pages', () => {
  test('are small, complete and without duplicates in every list', async () => {
    const aws = await start();
    const { organizations } = clientsOf(aws);
    const { iam, s3, kms, ec2, s3Control } = await memberClients(aws);
    const lists = await Promise.all([
      all(paginateListAccounts({ client: organizations }, {}), (page) => page.Accounts?.map(({ Id }) => Id)),
      all(paginateListTargetsForPolicy({ client: organizations }, { PolicyId: 'p-one' }), (page) =>
        page.Targets?.map(({ TargetId }) => TargetId),
      ),
      all(paginateGetAccountAuthorizationDetails({ client: iam }, {}), (page) =>
        [page.UserDetailList, page.GroupDetailList, page.RoleDetailList].flatMap(
          (list) => list?.map(({ Arn }) => Arn) ?? [],
        ),
      ),
      all(paginateListBuckets({ client: s3, pageSize: 1000 }, {}), (page) =>
        page.Buckets?.map(({ Name }) => Name),
      ),
      all(paginateListKeys({ client: kms }, {}), (page) => page.Keys?.map(({ KeyId }) => KeyId)),
      all(paginateListAliases({ client: kms }, {}), (page) =>
        page.Aliases?.map(({ AliasName }) => AliasName),
      ),
      all(paginateListGrants({ client: kms }, { KeyId: 'full' }), (page) =>
        page.Grants?.map(({ GrantId }) => GrantId),
      ),
      all(paginateDescribeVpcEndpoints({ client: ec2 }, {}), (page) =>
        page.VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId),
      ),
      all(paginateListAccessPoints({ client: s3Control }, { AccountId: MEMBER }), (page) =>
        page.AccessPointList?.map(({ Name }) => Name),
      ),
    ]);
    expect(lists.map(({ items, pages }) => [items.length, new Set(items).size, pages])).toEqual([
      [5, 5, 2],
      [4, 4, 2],
      [13, 13, 3],
      [6, 6, 2],
      [5, 5, 2],
      [4, 4, 2],
      [5, 5, 2],
      [4, 4, 2],
      [4, 4, 2],
    ]);
  });

  test('belong to one list: the token of another is refused', async () => {
    const { kms, s3, ec2 } = await memberClients(await start());
    const { NextMarker } = await kms.send(new ListKeysCommand({}));
    expect(await failureOf(kms.send(new ListKeysCommand({ Marker: `${NextMarker ?? ''}x` })))).toBe(
      'InvalidMarkerException',
    );
    expect(await failureOf(s3.send(new ListBucketsCommand({ ContinuationToken: NextMarker })))).toBe(
      'InvalidArgument',
    );
    expect(await failureOf(ec2.send(new DescribeVpcEndpointsCommand({ NextToken: NextMarker })))).toBe(
      'InvalidNextToken',
    );
  });

  test('give the demo organization whole', async () => {
    const { header, lines } = demoWorld();
    const { organizations } = clientsOf(await start({ snapshot: { header, lines } }));
    const { items } = await all(paginateListAccounts({ client: organizations }, {}), (page) => page.Accounts);
    expect(items.map(({ Id }) => Id)).toEqual(
      lines.filter(({ kind }) => kind === 'account').map(({ data }) => data['Id']),
    );
  });
});

test('documents of IAM come percent-encoded, whatever is in them', async () => {
  const { iam } = await memberClients(await start());
  const { items } = await all(
    paginateGetAccountAuthorizationDetails({ client: iam }, {}),
    (page) => page.UserDetailList,
  );
  const text = items[0]?.UserPolicyList?.[0]?.PolicyDocument ?? '';
  expect(text).toMatch(/^[\w.~%-]+$/);
  expect(JSON.parse(decodeURIComponent(text))).toMatchObject({ Statement: [{ Sid: AWKWARD }] });
});
