import { buildEstate, parseSnapshot } from '@denyscope/inventory';
import type { ExplainRequest, WhoCanRow } from '@denyscope/model';
import { compileEstate, explain, whoCan } from './index.ts';

const OWNER = '111122223333';
const OTHER = '444455556666';
const ROLE = `arn:aws:iam::${OWNER}:role/app`;
const FAR_ROLE = `arn:aws:iam::${OTHER}:role/app`;
const POINT = `arn:aws:s3:eu-west-1:${OWNER}:accesspoint/desk`;
const MRAP = `arn:aws:s3::${OWNER}:accesspoint/mfzwi23gnjvgw.mrap`;
const SCAN = { id: '1', finishedAt: '2026-11-22T02:00:00Z' };

const policy = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (over: object = {}) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', ...over });
const role = (accountId: string) => ({
  kind: 'iam-role',
  accountId,
  data: {
    RoleName: 'app',
    Arn: `arn:aws:iam::${accountId}:role/app`,
    RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy(allow()) }],
  },
});
const bucket = (Name: string) => ({
  kind: 'bucket',
  accountId: OWNER,
  region: 'eu-west-1',
  data: {
    Name,
    Policy: policy(
      allow({ Principal: '*', Condition: { StringEquals: { 's3:DataAccessPointAccount': OWNER } } }),
    ),
    OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
  },
});
const point = (over: object = {}) => ({
  kind: 'access-point',
  accountId: OWNER,
  region: 'eu-west-1',
  data: {
    Name: 'desk',
    Bucket: 'data',
    NetworkOrigin: 'Internet',
    Alias: 'desk-s3alias',
    Policy: policy(allow({ Principal: { AWS: OTHER } })),
    ...over,
  },
});
const mrap = (over: object = {}, more: object = {}) => ({
  kind: 'multi-region-access-point',
  accountId: OWNER,
  data: {
    Name: 'everywhere',
    Alias: 'mfzwi23gnjvgw.mrap',
    Regions: [{ Bucket: 'data' }, { Bucket: 'data-us' }],
    Policy: policy(allow({ Principal: { AWS: FAR_ROLE } })),
    ...over,
  },
  ...more,
});

function estateOf(...lines: readonly object[]) {
  const collected = {
    'account-public-access-block': [],
    bucket: [
      'PolicyStatus',
      'PublicAccessBlockConfiguration',
      'Grants',
      'Payer',
      'AbacStatus',
      'TagSet',
    ].concat(['Owner', 'ServerSideEncryptionConfiguration', 'ObjectLockConfiguration']),
    'access-point': ['VpcConfiguration', 'PublicAccessBlockConfiguration', 'PolicyStatus', 'Policy', 'Tags'],
    'multi-region-access-point': ['PublicAccessBlock', 'Policy', 'PolicyStatus', 'Regions'],
  };
  const header = {
    kind: 'snapshot',
    format: 'denyscope/1',
    takenAt: SCAN.finishedAt,
    source: 'aws',
    collected,
  };
  const snapshot = parseSnapshot([
    header,
    role(OWNER),
    role(OTHER),
    bucket('data'),
    bucket('data-us'),
    ...lines,
  ]);
  return compileEstate(buildEstate(snapshot.header, snapshot.lines));
}

describe('who-can lists access through access points alone', () => {
  const rowOf = (lines: readonly object[], principal = FAR_ROLE): WhoCanRow | undefined => {
    const asked = whoCan(estateOf(...lines), { bucket: 'data', action: 's3:GetObject' }, SCAN);
    if (!asked.ok) throw new Error(asked.problem.message);
    return asked.answer.principals.find((row) => row.principal === principal);
  };
  const is = (key: string, value: string) => ({
    leg: 's3',
    key,
    quantifier: 'one',
    test: 'equals',
    values: [value],
  });

  test('with the point as the condition', () => {
    expect(rowOf([point()])).toMatchObject({
      verdict: 'conditional',
      relation: 'external',
      condition: is('s3:DataAccessPointArn', POINT),
      conditionText: `through access point ${POINT}`,
      keys: ['*'],
    });
  });

  test('with what else the point demands', () => {
    const vpc = point({ NetworkOrigin: 'VPC', VpcConfiguration: { VpcId: 'vpc-1' } });
    expect(rowOf([vpc])?.conditionText).toBe(`through access point ${POINT}, from vpc-1`);
  });

  test('… and the way that a multi-Region access point must take', () => {
    expect(rowOf([mrap()])).toMatchObject({
      verdict: 'conditional',
      condition: { all: [is('s3:DataAccessPointArn', MRAP), is('routed-to', 'data')] },
      conditionText: `through access point ${MRAP}, when routed to data`,
    });
  });

  test('through any of several', () => {
    expect(rowOf([point(), mrap()])?.conditionText).toBe(
      `through access point ${POINT} or (through access point ${MRAP}, when routed to data)`,
    );
  });

  test('unknown where nobody could read to which buckets it leads', () => {
    const lost = mrap({ Regions: undefined }, { unreadable: [{ field: 'Regions', reason: 'AccessDenied' }] });
    expect(rowOf([lost])).toMatchObject({ verdict: 'unknown' });
  });

  test('unknown where nobody could read whom the point lets in', () => {
    const lost = point({ Policy: undefined });
    expect(rowOf([{ ...lost, unreadable: [{ field: 'Policy', reason: 'AccessDenied' }] }])).toMatchObject({
      verdict: 'unknown',
    });
  });

  test('and none where the point lets others in, or there is none', () => {
    expect(rowOf([point({ Policy: policy(allow({ Principal: { AWS: ROLE } })) })])).toBeUndefined();
    expect(
      rowOf([point({ Policy: policy(allow({ Principal: { Service: 'logs.amazonaws.com' } })) })]),
    ).toBeUndefined();
    expect(rowOf([point({ Policy: undefined })])).toBeUndefined();
    expect(rowOf([])).toBeUndefined();
  });

  test('who has access directly has its ordinary row', () => {
    expect(rowOf([point()], ROLE)).toMatchObject({ verdict: 'allowed', condition: null });
  });

  test('an action on an access point is none on a bucket', () => {
    const asked = whoCan(estateOf(), { bucket: 'data', action: 's3:GetAccessPointPolicy' }, SCAN);
    expect(asked).toMatchObject({ ok: false, problem: { field: 'action' } });
  });
});

describe('explain and access points', () => {
  const asked = (request: Partial<ExplainRequest>) =>
    explain(
      estateOf(point(), mrap()),
      { principal: FAR_ROLE, action: 's3:GetObject', resource: 'arn:aws:s3:::data/k', ...request },
      SCAN,
    );
  const verdictOf = (request: Partial<ExplainRequest>): string => {
    const answer = asked(request);
    return answer.ok ? answer.answer.verdict : `${answer.problem.code}: ${answer.problem.field}`;
  };

  // prettier-ignore
  test.each<readonly [string, Partial<ExplainRequest>, string]>([
    ['by via', { via: POINT }, 'allowed'],
    ['by via, with the internet', { via: { accessPoint: POINT, internet: true } }, 'allowed'],
    ['by the resource', { resource: `${POINT}/object/k` }, 'allowed'],
    ['by both', { resource: `${POINT}/object/k`, via: POINT }, 'allowed'],
    ['by the alias', { resource: 'arn:aws:s3:::desk-s3alias/k' }, 'allowed'],
    ['of several Regions, by the resource', { resource: `${MRAP}/object/k` }, 'allowed'],
    ['of several Regions, by via', { via: MRAP }, 'allowed'],
    ['routed to one bucket', { via: MRAP, context: { 'Routed-To': ['data-us'] } }, 'allowed'],
    ['routed elsewhere', { via: MRAP, context: { 'routed-to': ['other'] } }, 'invalid: context'],
    ['another one than the resource\'s', { resource: `${POINT}/object/k`, via: MRAP }, 'invalid: via'],
    ['one that does not lead to the bucket', { resource: 'arn:aws:s3:::data-us/k', via: POINT }, 'invalid: via'],
    ['one that is not in the scan', { via: `${POINT}-2` }, 'not-found: via'],
    ['… by the resource', { resource: `${POINT}-2/object/k` }, 'not-found: resource'],
    ['an object without its key', { resource: POINT }, 'invalid: resource'],
    ['the point itself', { principal: ROLE, action: 's3:GetAccessPointPolicy', resource: POINT }, 'allowed'],
    ['… of several Regions', { principal: ROLE, action: 's3:GetMultiRegionAccessPointPolicy', resource: MRAP }, 'allowed'],
    ['… by a bucket\'s ARN', { action: 's3:GetAccessPointPolicy', resource: 'arn:aws:s3:::data' }, 'invalid: resource'],
    ['… by an object\'s ARN', { action: 's3:GetAccessPointPolicy', resource: `${POINT}/object/k` }, 'invalid: resource'],
    ['tagging a bucket is no action on a point', { principal: ROLE, action: 's3:TagResource', resource: 'arn:aws:s3:::data' }, 'allowed'],
  ])('%s', (_, request, expected) => {
    expect(verdictOf(request)).toBe(expected);
  });

  test('a bucket outside the scan is unknown in all but its name', () => {
    const far = estateOf(point({ Bucket: 'elsewhere', BucketAccountId: OTHER }));
    const answer = explain(
      far,
      { principal: FAR_ROLE, action: 's3:GetObject', resource: `${POINT}/object/k` },
      SCAN,
    );
    expect(answer).toMatchObject({ ok: true, answer: { verdict: 'unknown' } });
  });
});

describe('an access point where the scan did not look', () => {
  const excluded = (region: string) => ({
    kind: 'coverage',
    accountId: OWNER,
    region,
    data: { step: 'scan:Region', reason: 'Excluded' },
  });

  test('is not said to be absent', () => {
    const asked = { principal: FAR_ROLE, action: 's3:GetObject', resource: `${POINT}/object/k` };
    const messageOf = (...lines: readonly object[]): string => {
      const explained = explain(estateOf(...lines), asked, SCAN);
      return explained.ok ? explained.answer.verdict : explained.problem.message;
    };
    const message = `access point \`${POINT}\` is not in this scan`;
    expect(messageOf()).toBe(message);
    expect(messageOf(excluded('eu-west-1'))).toBe(`${message}: scan:Region Excluded, so it may be there`);
    expect(messageOf(excluded('us-east-1'))).toBe(message);
  });

  test('is a gap of who-can for the buckets of its Region, and of no others', () => {
    const gapsWithout = (region: string): readonly string[] => {
      const asked = whoCan(estateOf(excluded(region)), { bucket: 'data', action: 's3:GetObject' }, SCAN);
      if (!asked.ok) throw new Error(asked.problem.message);
      return asked.answer.coverage.gaps.map(({ step }) => step).filter((step) => step === 'scan:Region');
    };
    expect(gapsWithout('eu-west-1')).toEqual(['scan:Region']);
    expect(gapsWithout('us-east-1')).toEqual([]);
  });
});
