import { ACCOUNT, estateOf, given, OTHER_ACCOUNT } from '../given.fixture.ts';

const unknown = { kind: 'unreadable', reason: 'NotCollected' };
const OFF = {
  blockPublicAcls: false,
  ignorePublicAcls: false,
  blockPublicPolicy: false,
  restrictPublicBuckets: false,
};

describe('Block Public Access of an account', () => {
  const KIND = 'account-public-access-block';
  const bucket = given('bucket', { Name: 'logs' });
  const gap = (step: string, more: object = {}) => given('coverage', { step, reason: 'AccessDenied' }, more);
  const ofAccount = (lines: readonly object[], collected?: object) =>
    estateOf(lines, collected).accountPublicAccessBlocks.get(ACCOUNT);

  test('is as its line says', () => {
    const line = given(KIND, { PublicAccessBlockConfiguration: { BlockPublicPolicy: true } });
    expect(ofAccount([line])).toEqual({ kind: 'seen', value: { ...OFF, blockPublicPolicy: true } });
  });

  test('is off without a line only where the scan asked for it and nothing failed', () => {
    expect(ofAccount([bucket], { [KIND]: [] })).toEqual({ kind: 'seen', value: OFF });
    expect(ofAccount([bucket], { bucket: ['Policy'] })).toEqual(unknown);
    expect(ofAccount([bucket])).toEqual(unknown);
  });

  test.each(['s3:GetAccountPublicAccessBlock', 'sts:AssumeRole'])('is unknown where %s failed', (step) => {
    const failed = { kind: 'unreadable', reason: 'AccessDenied' };
    expect(ofAccount([bucket, gap(step)], { [KIND]: [] })).toMatchObject(failed);
    expect(ofAccount([bucket, gap(step, { accountId: undefined })], { [KIND]: [] })).toMatchObject(failed);
    expect(ofAccount([bucket, gap(step, { accountId: OTHER_ACCOUNT })], { [KIND]: [] })).toMatchObject({
      kind: 'seen',
    });
  });
});

describe('a KMS key', () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k-1`;
  const key = (data: object, metadata: object = {}) =>
    given('kms-key', { KeyMetadata: { KeyId: 'k-1', Arn: arn, ...metadata }, ...data });

  test('has its aliases by name, its grants and its tags', () => {
    const data = {
      Policy: '{}',
      Aliases: [{ AliasName: 'alias/logs' }],
      Grants: [{ GrantId: 'g-1', GranteePrincipal: 'p', Operations: ['Decrypt'], Constraints: { a: 1 } }],
      Tags: [{ TagKey: 'team', TagValue: 'data' }],
    };
    expect(
      estateOf([key(data, { KeyState: 'Enabled', KeyManager: 'CUSTOMER' })]).keys.get(arn),
    ).toMatchObject({
      id: 'k-1',
      region: 'eu-west-1',
      state: 'Enabled',
      manager: 'CUSTOMER',
      policy: { kind: 'seen' },
      aliases: { kind: 'seen', value: ['alias/logs'] },
      grants: {
        kind: 'seen',
        value: [{ id: 'g-1', grantee: 'p', operations: ['Decrypt'], constraints: { a: 1 } }],
      },
      tags: { kind: 'seen', value: new Map([['team', 'data']]) },
    });
  });

  test('of which nothing was asked is unknown', () => {
    const { policy, grants, aliases, tags } = estateOf([key({})]).keys.get(arn) ?? {};
    for (const fact of [policy, grants, aliases, tags]) expect(fact).toEqual(unknown);
  });

  test.each([
    [{ KeySpec: 'SYMMETRIC_DEFAULT' }, 'SYMMETRIC_DEFAULT'],
    [{ CustomerMasterKeySpec: 'RSA_2048' }, 'RSA_2048'],
    [{}, undefined],
  ])('of the kind %j', (metadata, spec) => {
    expect(estateOf([key({}, metadata)]).keys.get(arn)?.spec).toBe(spec);
  });

  test.each([
    [1_780_000_000, '2026-05-28T20:26:40.000Z'],
    ['2026-05-28T20:26:40Z', '2026-05-28T20:26:40Z'],
    [1e300, '1e+300'],
  ])('with the deletion date %p', (given_, text) => {
    expect(estateOf([key({}, { DeletionDate: given_ })]).keys.get(arn)?.deletionDate).toBe(text);
  });
});

test('a VPC endpoint without a policy allows everything, as AWS says', () => {
  const endpoint = (more: object = {}) =>
    given('vpc-endpoint', { VpcEndpointId: 'vpce-1', VpcId: 'vpc-1' }, more);
  const policyOf = (line: object) => estateOf([line]).endpoints.get('vpce-1')?.policy;
  const text =
    '{"Version":"2008-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}';
  expect(policyOf(endpoint())).toMatchObject({ kind: 'seen', value: { text } });
  expect(policyOf(endpoint({ unreadable: [{ field: 'PolicyDocument', reason: 'Denied' }] }))).toMatchObject({
    kind: 'unreadable',
  });
});

test('access points stand under the name of their bucket, and their own calls are unknown until made', () => {
  const point = given(
    'access-point',
    { Name: 'ap', Bucket: 'logs', NetworkOrigin: 'VPC' },
    { region: 'eu-west-1' },
  );
  expect(estateOf([point]).accessPoints.get('logs')).toMatchObject([
    { arn: `arn:aws:s3:eu-west-1:${ACCOUNT}:accesspoint/ap`, policy: unknown, publicAccessBlock: unknown },
  ]);
  const asked = { 'access-point': ['Policy', 'PublicAccessBlockConfiguration'] };
  expect(estateOf([point], asked).accessPoints.get('logs')).toMatchObject([
    { policy: { kind: 'absent' }, publicAccessBlock: { kind: 'seen', value: OFF } },
  ]);
});

test('a multi-Region access point has the ARN of its alias, and the buckets that it routes to', () => {
  const data = {
    Name: 'everywhere',
    Alias: 'mfzwi23gnjvgw.mrap',
    Status: 'READY',
    PublicAccessBlock: { RestrictPublicBuckets: true },
    Regions: [{ Bucket: 'logs-eu', Region: 'eu-west-1', BucketAccountId: ACCOUNT }, { Bucket: 'logs-us' }],
    Policy: '{}',
  };
  const arn = `arn:aws:s3::${ACCOUNT}:accesspoint/mfzwi23gnjvgw.mrap`;
  const pointOf = (more: object, collected?: object) =>
    estateOf([given('multi-region-access-point', more)], collected).multiRegionAccessPoints.get(arn);
  expect(pointOf(data)).toMatchObject({
    name: 'everywhere',
    buckets: {
      kind: 'seen',
      value: [
        { name: 'logs-eu', region: 'eu-west-1', accountId: ACCOUNT },
        { name: 'logs-us', region: undefined, accountId: undefined },
      ],
    },
    policy: { kind: 'seen' },
    policyIsPublic: unknown,
    publicAccessBlock: { kind: 'seen', value: { ...OFF, restrictPublicBuckets: true } },
  });
  const bare = { Name: data.Name, Alias: data.Alias };
  expect(pointOf(bare)).toMatchObject({ buckets: unknown, policy: unknown, publicAccessBlock: unknown });
  expect(pointOf(bare, { 'multi-region-access-point': ['Policy'] })).toMatchObject({
    buckets: unknown,
    policy: { kind: 'absent' },
  });
});

test('an access point has its tags and whether AWS calls its policy public', () => {
  const point = given('access-point', {
    Name: 'ap',
    Bucket: 'logs',
    PolicyStatus: { IsPublic: true },
    Tags: [{ Key: 'team', Value: 'data' }],
  });
  expect(estateOf([point]).accessPoints.get('logs')).toMatchObject([
    {
      policyIsPublic: { kind: 'seen', value: true },
      tags: { kind: 'seen', value: new Map([['team', 'data']]) },
    },
  ]);
});
