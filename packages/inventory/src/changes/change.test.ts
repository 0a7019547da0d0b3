import { changeSchema, type SnapshotLine } from '@denyscope/model';
import { ACCOUNT, given, HEADER, OTHER_ACCOUNT } from '../given.fixture.ts';
import { parseSnapshot } from '../index.ts';
import { changeOf } from './change.ts';
import { scanSide } from './sides.ts';

const COLLECTED = { bucket: ['Name', 'Policy', 'TagSet'], 'kms-key': ['Policy'] };

/** A scan: what its first line adds, and the lines that tell what it could look at. */
interface Scan {
  readonly header?: object;
  readonly told?: readonly object[];
}

function compare(before: object | undefined, after: object | undefined, scans: readonly [Scan?, Scan?] = []) {
  const [one, other] = [before, after].map((line, at) => {
    const { header, told } = scans[at] ?? {};
    const all = [{ ...HEADER, collected: COLLECTED, ...header }, ...(told ?? [])];
    const snapshot = parseSnapshot(all);
    const [parsed] = line === undefined ? [] : parseSnapshot([HEADER, line]).lines;
    return { line: parsed, side: scanSide(snapshot.header, snapshot.lines) };
  });
  if (one === undefined || other === undefined) throw new Error('two sides are compared');
  const change = changeOf({ before: one.line, after: other.line }, { before: one.side, after: other.side });
  if (change !== undefined) expect(changeSchema.parse(change)).toEqual(change);
  return change;
}

const bucket = (data: object, more: object = {}) => given('bucket', { Name: 'logs', ...data }, more);
const gap = (step: string, more: object = {}) => given('coverage', { step, reason: 'AccessDenied' }, more);
const lines = (change: ReturnType<typeof compare>) =>
  change?.fields.map(({ name, change: kind, path }) => `${kind} ${name} ${path}`);

describe('a resource', () => {
  test('that is the same is no change, whenever it was read', () => {
    expect(compare(bucket({}, { fetchedAt: 1 }), bucket({ fetchedAt: 2 }, { fetchedAt: 3 }))).toBeUndefined();
  });

  test('that only the newer scan tells of was added, with all of its fields', () => {
    const change = compare(undefined, bucket({ TagSet: [] }, { region: 'eu-west-1' }));
    expect(change).toEqual({
      kind: 'bucket',
      accountId: ACCOUNT,
      region: 'eu-west-1',
      id: 'logs',
      change: 'added',
      fields: [
        { path: '/data/Name', name: 'Name', change: 'added', after: 'logs' },
        { path: '/data/TagSet', name: 'TagSet', change: 'added', after: [] },
      ],
    });
    expect(compare(bucket({}), undefined)?.change).toBe('removed');
  });

  // prettier-ignore
  test.each<readonly [string, object, object, string]>([
    ['whose listing failed', bucket({}), gap('s3:ListBuckets'), 's3:ListBuckets'],
    ['whose account could not be entered', bucket({}), gap('sts:AssumeRole'), 'sts:AssumeRole'],
    ['whose account may be among those that failed', bucket({}), gap('s3:ListBuckets', { accountId: undefined }), 's3:ListBuckets'],
    ['whose Region failed', given('kms-key', { KeyMetadata: { KeyId: 'k', Arn: 'a' } }, { region: 'eu-west-1' }), gap('kms:ListKeys', { region: 'eu-west-1' }), 'kms:ListKeys'],
    ['whose Region was left out', given('vpc', { VpcId: 'vpc-1' }, { region: 'eu-west-1' }), gap('scan:Region', { region: 'eu-west-1' }), 'scan:Region'],
    ['whose Region may not have been looked into', given('vpc', { VpcId: 'vpc-1' }, { region: 'eu-west-1' }), gap('ec2:DescribeRegions'), 'ec2:DescribeRegions'],
    ['of the organization', { kind: 'organizational-unit', data: { Id: 'ou-1', ParentId: 'r-1' } }, gap('organizations:ListOrganizationalUnitsForParent', { accountId: undefined }), 'organizations:ListOrganizationalUnitsForParent'],
    ['of a kind that this release does not know', given('table-bucket', { Name: 'x' }), gap('s3tables:ListTableBuckets'), 's3tables:ListTableBuckets'],
  ])('%s is not removed, but not readable any more', (_, line, failed, step) => {
    const change = compare(line, undefined, [{}, { told: [failed] }]);
    expect(change).toMatchObject({ change: 'became-unreadable', because: { step, reason: 'AccessDenied' }, fields: [] });
    const turned = compare(undefined, line, [{ told: [failed] }]);
    expect(turned).toMatchObject({ change: 'became-readable', because: { step } });
  });

  // prettier-ignore
  test.each<readonly [string, object, object]>([
    ['another account', bucket({}), gap('s3:ListBuckets', { accountId: OTHER_ACCOUNT })],
    ['another step', bucket({}), gap('kms:ListKeys')],
    ['another Region', given('kms-key', { KeyMetadata: { KeyId: 'k', Arn: 'a' } }, { region: 'eu-west-1' }), gap('kms:ListKeys', { region: 'us-east-1' })],
    ['a single field of the organization', given('account', { Id: ACCOUNT }), gap('organizations:DescribePolicy', { accountId: undefined })],
    ['an account, which the organization lists all the same', given('account', { Id: ACCOUNT }), gap('sts:AssumeRole')],
    ['another kind', given('table-bucket', { Name: 'x' }), gap('s3:ListBuckets')],
  ])('is removed where what failed is %s', (_, line, failed) => {
    expect(compare(line, undefined, [{}, { told: [failed] }])?.change).toBe('removed');
  });

  test('is removed where the older scan could not read it all either', () => {
    expect(compare(bucket({}), undefined, [{ told: [gap('s3:ListBuckets')] }])?.change).toBe('removed');
  });

  test('of an account that is not listed any more was not looked at; the account itself is gone', () => {
    const account = given('account', { Id: ACCOUNT });
    const other = given('account', { Id: OTHER_ACCOUNT }, { accountId: OTHER_ACCOUNT });
    const scans = [{ told: [account, other] }, { told: [other] }] as const;
    expect(compare(bucket({}), undefined, scans)).toMatchObject({
      change: 'became-unreadable',
      because: { accountId: ACCOUNT, reason: 'AccountNotListed' },
    });
    expect(compare(account, undefined, scans)?.change).toBe('removed');
  });

  test('in a Region that is not listed any more was not looked at', () => {
    const listing = (...EnabledRegions: string[]) => ({
      told: [given('account', { Id: ACCOUNT, EnabledRegions })],
    });
    const vpc = given('vpc', { VpcId: 'vpc-1' }, { region: 'eu-west-1' });
    expect(compare(vpc, undefined, [listing('eu-west-1'), listing('us-east-1')])).toMatchObject({
      change: 'became-unreadable',
      because: { region: 'eu-west-1', reason: 'RegionNotListed' },
    });
    expect(compare(vpc, undefined, [listing('eu-west-1'), listing('eu-west-1')])?.change).toBe('removed');
  });

  test('of a kind that the older scan did not ask for is readable now, not new', () => {
    const trail = given(
      'trail',
      { TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/t' },
      { region: 'eu-west-1' },
    );
    const asking = { header: { collected: { ...COLLECTED, trail: ['TrailARN'] } } };
    expect(compare(undefined, trail, [{}, asking])).toMatchObject({
      change: 'became-readable',
      because: { reason: 'NotCollected' },
    });
    expect(compare(undefined, trail, [asking, asking])?.change).toBe('added');
  });

  test('gaps are resources too: they come and go, and what AWS says of them does not matter', () => {
    const failed = gap('s3:ListBuckets');
    expect(compare(undefined, failed, [{}, { told: [failed] }])).toMatchObject({
      kind: 'coverage',
      change: 'added',
    });
    const data = { step: 's3:ListBuckets', reason: 'AccessDenied', message: 'request 2' };
    const worded = given('coverage', data);
    expect(compare(failed, undefined, [{ told: [failed] }, { told: [worded] }])).toBeUndefined();
    expect(compare(undefined, worded, [{ told: [failed] }, { told: [worded] }])).toBeUndefined();
  });
});

describe('a field', () => {
  const denied = { unreadable: [{ field: 'Policy', reason: 'AccessDenied', message: 'no' }] };

  test('that was read before and not after is neither removed nor changed', () => {
    const change = compare(bucket({ Policy: '{}' }), bucket({}, denied));
    expect(change?.fields).toEqual([
      {
        path: '/data/Policy',
        name: 'Policy',
        change: 'became-unreadable',
        before: '{}',
        unreadable: { after: { reason: 'AccessDenied', message: 'no' } },
      },
    ]);
    expect(compare(bucket({}), bucket({}, denied))?.fields).toMatchObject([{ change: 'became-unreadable' }]);
  });

  test('that is read again is no addition', () => {
    expect(compare(bucket({}, denied), bucket({ Policy: '{}' }))?.fields).toMatchObject([
      { change: 'became-readable', after: '{}', unreadable: { before: { reason: 'AccessDenied' } } },
    ]);
  });

  test('is unreadable for another reason, or in other words', () => {
    const slow = { unreadable: [{ field: 'Policy', reason: 'Throttled' }] };
    expect(compare(bucket({}, denied), bucket({}, slow))?.fields).toMatchObject([
      {
        change: 'changed',
        unreadable: { before: { reason: 'AccessDenied' }, after: { reason: 'Throttled' } },
      },
    ]);
    const worded = { unreadable: [{ field: 'Policy', reason: 'AccessDenied', message: 'request 2' }] };
    expect(compare(bucket({}, denied), bucket({}, worded))).toBeUndefined();
  });

  test('that was proved absent, and then seen, was added', () => {
    expect(lines(compare(bucket({}), bucket({ Policy: '{}' })))).toEqual(['added Policy /data/Policy']);
  });

  test('that the older scan did not ask for is readable now, not new', () => {
    const without = { header: { collected: { bucket: ['Name'] } } };
    expect(lines(compare(bucket({}), bucket({ Policy: '{}' }), [without]))).toEqual([
      'became-readable Policy /data/Policy',
    ]);
  });

  test('that comes along with the listing, and that no layer reads, is plainly there or not', () => {
    expect(lines(compare(bucket({ New: 1 }), bucket({})))).toEqual(['removed New /data/New']);
    expect(lines(compare(bucket({}, { colour: 'red' }), bucket({})))).toEqual(['removed colour /colour']);
  });

  test('is told as deep as both sides are alike', () => {
    const one = bucket({
      Owner: { ID: 'a', Name: 'x' },
      TagSet: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    });
    const other = bucket({
      Owner: { ID: 'b', Name: 'x' },
      TagSet: [
        { Key: 'b', Value: '3' },
        { Key: 'c', Value: '1' },
      ],
    });
    expect(lines(compare(one, other))).toEqual([
      'changed Owner.ID /data/Owner/ID',
      'removed TagSet[a] /data/TagSet/0',
      'changed TagSet[b].Value /data/TagSet/0/Value',
      'added TagSet[c] /data/TagSet/1',
    ]);
  });

  test('that is a list of plain values, or of things with a name, has no order', () => {
    const listing = (...names: string[]) =>
      bucket({ TagSet: names.map((Key) => ({ Key, Value: 'v' })), Regions: names });
    expect(compare(listing('a', 'b'), listing('b', 'a'))).toBeUndefined();
    expect(lines(compare(listing('a', 'b'), listing('b', 'c')))).toEqual([
      'removed Regions[a] /data/Regions/0',
      'added Regions[c] /data/Regions/1',
      'removed TagSet[a] /data/TagSet/0',
      'added TagSet[c] /data/TagSet/1',
    ]);
  });

  test('that is a list of things without a name has one', () => {
    const rule = (prefix: string) => ({ Condition: { KeyPrefixEquals: prefix } });
    const site = (...rules: object[]) => bucket({ WebsiteConfiguration: { RoutingRules: rules } });
    expect(lines(compare(site(rule('a'), rule('b')), site(rule('b'), rule('a')), [{}, {}]))).toEqual([
      'reordered WebsiteConfiguration.RoutingRules /data/WebsiteConfiguration/RoutingRules',
    ]);
    expect(lines(compare(site(rule('a'), rule('b')), site(rule('b'), rule('c'))))).toEqual([
      'changed WebsiteConfiguration.RoutingRules[1].Condition.KeyPrefixEquals /data/WebsiteConfiguration/RoutingRules/1/Condition/KeyPrefixEquals',
    ]);
    expect(lines(compare(site(rule('a')), site(rule('a'), rule('c'))))).toEqual([
      'added WebsiteConfiguration.RoutingRules[1] /data/WebsiteConfiguration/RoutingRules/1',
    ]);
  });
});

describe('policy documents inside of lines', () => {
  const role = (...policies: readonly (readonly [string, string])[]): object =>
    given('iam-role', {
      RoleName: 'r',
      Arn: `arn:aws:iam::${ACCOUNT}:role/r`,
      RolePolicyList: policies.map(([PolicyName, PolicyDocument]) => ({ PolicyName, PolicyDocument })),
    });
  const policy = (action: string): string =>
    `{"Statement":{"Effect":"Allow","Action":"${action}","Resource":"*"}}`;

  test('are compared where they stand, by the name of the policy', () => {
    const change = compare(
      role(['write', policy('s3:PutObject')], ['read', policy('s3:GetObject')]),
      role(['read', encodeURIComponent(policy('s3:*'))], ['list', policy('s3:ListBucket')]),
    );
    expect(lines(change)).toEqual([
      'removed RolePolicyList[write].PolicyDocument /data/RolePolicyList/0/PolicyDocument',
      'removed RolePolicyList[write].PolicyName /data/RolePolicyList/0/PolicyName',
      'changed RolePolicyList[read].PolicyDocument /data/RolePolicyList/0/PolicyDocument',
      'added RolePolicyList[list].PolicyDocument /data/RolePolicyList/1/PolicyDocument',
      'added RolePolicyList[list].PolicyName /data/RolePolicyList/1/PolicyName',
    ]);
    expect(change?.fields[2]?.policy?.statements).toMatchObject([
      { change: 'changed', elements: [{ element: 'Action', removed: ['s3:GetObject'], added: ['s3:*'] }] },
    ]);
    expect(change?.fields[3]?.policy?.statements).toMatchObject([{ change: 'added', effect: 'Allow' }]);
  });

  test('a new default version of a managed policy is compared with the one before', () => {
    const managed = (...versions: object[]): object =>
      given('iam-policy', { Arn: `arn:aws:iam::${ACCOUNT}:policy/p`, PolicyVersionList: versions });
    const version = (VersionId: string, IsDefaultVersion: boolean, action: string): object => ({
      VersionId,
      IsDefaultVersion,
      Document: policy(action),
    });
    const change = compare(
      managed(version('v1', true, 's3:GetObject')),
      managed(version('v2', true, 's3:*')),
    );
    expect(lines(change)).toEqual([
      'changed PolicyVersionList[default].Document /data/PolicyVersionList/0/Document',
      'changed PolicyVersionList[default].VersionId /data/PolicyVersionList/0/VersionId',
    ]);
  });
});

test('what nobody tells of is no change', () => {
  const side = scanSide(parseSnapshot([HEADER]).header, new Array<SnapshotLine>());
  expect(changeOf({ before: undefined, after: undefined }, { before: side, after: side })).toBeUndefined();
});
