import {
  document,
  grants,
  OTHER,
  OWN,
  policies,
  ROLE,
  SILENT,
  verdictS3,
  YES,
  type Facts,
  type Json,
} from './case.fixture.ts';
import { isPublicPolicy, type AccessPoint, type Gates } from './index.ts';

const ARN = `arn:aws:s3:eu-west-1:${OWN}:accesspoint/door`;
const point = (more: Partial<AccessPoint> = {}): AccessPoint => ({
  arn: ARN,
  account: OWN,
  policy: null,
  rcps: [],
  ...more,
});
const open = point({ policy: grants('*') });
const delegation: Json = document({
  Principal: '*',
  Condition: { StringEquals: { 's3:DataAccessPointAccount': OWN } },
});
const delegated = { resourcePolicy: delegation, context: { 's3:DataAccessPointAccount': [OWN] } };
const onPoint = policies({ Resource: `${ARN}/object/*` });
const onBucket = policies({ Resource: 'arn:aws:s3:::b/*' });
const FAR = { as: `arn:aws:iam::${OTHER}:role/r` };

describe('C.8: access point and bucket must both permit', () => {
  test.each<readonly [string, Facts, AccessPoint, string]>([
    ['identity names both', { identityPolicies: YES }, point(), 'Allowed'],
    ['identity names the bucket only', { identityPolicies: onBucket }, point(), 'ImplicitlyDenied: identity'],
    [
      'identity names the access point only',
      { identityPolicies: onPoint },
      point(),
      'ImplicitlyDenied: identity',
    ],
    ['which the bucket delegates to', { ...delegated, identityPolicies: onPoint }, point(), 'Allowed'],
    [
      'or names the caller for',
      { resourcePolicy: grants({ AWS: ROLE }), identityPolicies: onPoint },
      point(),
      'Allowed',
    ],
    [
      'or names the account for',
      { resourcePolicy: grants({ AWS: OWN }), identityPolicies: onPoint },
      point(),
      'Allowed',
    ],
    ['its policy alone, the bucket delegates', delegated, open, 'Allowed'],
    ['its policy alone', {}, open, 'ImplicitlyDenied: identity'],
    ['its policy and the bucket for identity', { identityPolicies: onBucket }, open, 'Allowed'],
    [
      'its policy denies',
      { identityPolicies: YES },
      point({ policy: document({ Effect: 'Deny', Principal: '*' }) }),
      'ExplicitlyDenied: access-point',
    ],
    [
      'the bucket policy denies',
      { identityPolicies: YES, resourcePolicy: document({ Effect: 'Deny', Principal: '*' }) },
      open,
      'ExplicitlyDenied: bucket-policy',
    ],
    [
      'identity denies the bucket',
      { ...delegated, identityPolicies: policies({}, { Effect: 'Deny', Resource: 'arn:aws:s3:::b/*' }) },
      open,
      'ExplicitlyDenied: identity',
    ],
    [
      'the boundary is silent',
      { ...delegated, identityPolicies: YES, permissionBoundaries: SILENT },
      point(),
      'ImplicitlyDenied: boundary',
    ],
    ['another account, both policies', { ...FAR, ...delegated, identityPolicies: onPoint }, open, 'Allowed'],
    ['another account, no identity', { ...FAR, ...delegated }, open, 'ImplicitlyDenied: identity'],
    [
      'another account, no bucket policy',
      { ...FAR, identityPolicies: YES },
      open,
      'ImplicitlyDenied: bucket-policy',
    ],
    [
      'another account, no policy of the access point',
      { ...FAR, ...delegated, identityPolicies: YES },
      point(),
      'ImplicitlyDenied: access-point',
    ],
    [
      'an access point of the caller’s account',
      { ...FAR, resourcePolicy: grants({ AWS: OTHER }), identityPolicies: onFarPoint() },
      farPoint(),
      'Allowed',
    ],
    ['anonymous', { as: 'anonymous', ...delegated }, open, 'ImplicitlyDenied: access-point'],
    [
      'plain HTTP',
      { identityPolicies: YES, context: { 'aws:SecureTransport': ['false'] } },
      point(),
      'ImplicitlyDenied: access-point',
    ],
    [
      'from its VPC',
      { identityPolicies: YES, context: { 'aws:SourceVpc': ['vpc-1'] } },
      point({ vpc: 'vpc-1' }),
      'Allowed',
    ],
    [
      'from another VPC',
      { identityPolicies: YES, context: { 'aws:SourceVpc': ['vpc-2'] } },
      point({ vpc: 'vpc-1' }),
      'ImplicitlyDenied: access-point',
    ],
    ['from none', { identityPolicies: YES }, point({ vpc: 'vpc-1' }), 'ImplicitlyDenied: access-point'],
    [
      'B.3: an RCP of its account',
      { identityPolicies: YES },
      point({
        rcps: [
          {
            target: 'r',
            policies: policies({ Principal: '*' }, { Effect: 'Deny', Principal: '*', Resource: `${ARN}*` }),
          },
        ],
      }),
      'ExplicitlyDenied: rcp',
    ],
    [
      'E: an endpoint that lets through the bucket only',
      {
        identityPolicies: YES,
        vpcEndpointPolicies: [
          { name: 'e', policy: document({ Principal: '*', Resource: 'arn:aws:s3:::b/*' }) },
        ],
      },
      point(),
      'ImplicitlyDenied: vpc-endpoint',
    ],
  ])('%s', (_what, facts, accessPoint, expected) => {
    expect(verdictS3(facts, { accessPoint })).toBe(expected);
  });

  test('a request about the bucket names the access point itself', () => {
    const asked = {
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::b',
      identityPolicies: policies({ Resource: [ARN, 'arn:aws:s3:::b'] }),
    };
    expect(verdictS3(asked, { accessPoint: point() })).toBe('Allowed');
  });

  test('a multi-Region access point is judged by its own ARN', () => {
    const arn = `arn:aws:s3::${OWN}:accesspoint/mine.mrap`;
    const named = {
      identityPolicies: policies({ Resource: `${arn}/object/k` }),
      resourcePolicy: grants({ AWS: ROLE }),
    };
    expect(verdictS3(named, { accessPoint: point({ arn }) })).toBe('Allowed');
    expect(verdictS3(named, { accessPoint: point() })).toBe('ImplicitlyDenied: identity');
  });
});

function farPoint(): AccessPoint {
  return point({ arn: ARN.replace(OWN, OTHER), account: OTHER });
}

function onFarPoint(): ReturnType<typeof policies> {
  return policies({ Resource: `${ARN.replace(OWN, OTHER)}/object/*` });
}

describe('C.7: Block Public Access of an access point', () => {
  const restrict = { blocks: [{ RestrictPublicBuckets: true }] };
  const REFUSED = 'ExplicitlyDenied: block-public-access';
  const far = { ...FAR, ...delegated, identityPolicies: YES };
  test.each<readonly [string, Facts, AccessPoint, Gates, string]>([
    ['its policy is public', far, open, restrict, REFUSED],
    ['no flag', far, open, {}, 'Allowed'],
    [
      'a VPC one is never public',
      { ...far, context: { ...far.context, 'aws:SourceVpc': ['v'] } },
      { ...open, vpc: 'v' },
      restrict,
      'Allowed',
    ],
    ["AWS's own answer", far, { ...open, policyIsPublic: false }, restrict, 'Allowed'],
    ['a policy that names the caller', far, point({ policy: grants({ AWS: OTHER }) }), restrict, 'Allowed'],
    ['its own account', { ...delegated }, open, restrict, 'Allowed'],
  ])('%s', (_what, facts, accessPoint, ...[gates, expected]) => {
    expect(verdictS3(facts, { accessPoint, gates })).toBe(expected);
  });

  test('s3:DataAccessPointArn tells callers apart in the policy of a bucket, not in that of an access point', () => {
    const policy = document({
      Principal: '*',
      Condition: { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:*:${OWN}:*` } },
    });
    const fixed = document({ Principal: '*', Condition: { ArnLike: { 's3:DataAccessPointArn': ARN } } });
    expect([isPublicPolicy(fixed), isPublicPolicy(fixed, 'access-point')]).toEqual([false, true]);
    expect(isPublicPolicy(policy)).toBe(true);
  });
});
