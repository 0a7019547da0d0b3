import {
  OTHER,
  OWN,
  policies,
  ROLE,
  USER,
  verdict,
  YES,
  type Facts,
  type Json,
  type Named,
} from './case.fixture.ts';
import { readDocument, type PolicyKind } from './document.ts';

const allows = (facts: Facts): boolean => verdict(facts) === 'Allowed';
const one = (policy: unknown): Named => [{ name: 'p', policy }];

describe('A.1: documents', () => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statement });
  test.each<readonly [string, unknown, boolean]>([
    ['an object with one statement', { Statement: statement }, true],
    [
      'a list of statements, scalars and lists',
      { Statement: [{ ...statement, Action: ['s3:GetObject'] }] },
      true,
    ],
    ['JSON text', text, true],
    ['percent-encoded JSON text', encodeURIComponent(text), true],
    ['a repeated key: the last one counts', text.replace('{"Effect"', '{"Effect":"Deny","Effect"'), true],
    [
      'a statement that does not parse beside one that does',
      { Statement: [{ Effect: 'Allow' }, statement] },
      true,
    ],
    ['no JSON', '{"Statement":', false],
    ['broken percent-encoding', '%7B%2', false],
    ['null', null, false],
    ['an effect in another case', { Statement: { ...statement, Effect: 'allow' } }, false],
    ['Action and NotAction', { Statement: { ...statement, NotAction: 's3:*' } }, false],
    ['no Resource', { Statement: { Effect: 'Allow', Action: '*' } }, false],
    ['a Principal in an identity policy', { Statement: { ...statement, Principal: '*' } }, false],
    ['an unknown operator', { Statement: { ...statement, Condition: { Equals: { a: 'b' } } } }, false],
    ['a condition that is null', { Statement: { ...statement, Condition: null } }, false],
    ['a number where text belongs', { Statement: { ...statement, Action: [{}] } }, false],
  ])('%s', (_what, policy, expected) => {
    expect(allows({ identityPolicies: one(policy) })).toBe(expected);
  });

  test('numbers and booleans are read as their text', () => {
    const Condition = { NumericEquals: { 's3:max-keys': 10 }, Bool: { 'aws:SecureTransport': true } };
    const context = { 's3:max-keys': ['10'], 'aws:SecureTransport': ['true'] };
    expect(allows({ context, identityPolicies: policies({ Condition }) })).toBe(true);
  });

  test('a Deny that does not parse denies nothing', () => {
    expect(readDocument({ Statement: [{ Effect: 'Deny', Action: '*' }] }, 'identity')).toEqual([]);
  });

  test.each<readonly [PolicyKind, Json, boolean]>([
    ['rcp', { Principal: '*' }, true],
    ['rcp', { Principal: { AWS: OWN } }, false],
    ['rcp', {}, false],
    ['scp', { Principal: '*' }, false],
    ['trust', { NotPrincipal: '*' }, false],
    ['resource', { NotPrincipal: { AWS: OWN } }, true],
    ['resource', { Principal: 'arn:aws:iam::111111111111:root' }, false],
    ['endpoint', { Principal: { Bucket: 'b' } }, false],
  ])('B.3, A.3: a %s may hold %j: %s', (kind, more, good) => {
    expect(readDocument({ Statement: { ...statement, ...more } }, kind).length === 1).toBe(good);
  });
});

describe('A.4: actions', () => {
  test.each<readonly [Json, boolean]>([
    [{ Action: 'S3:getobject' }, true],
    [{ Action: 's3:Get*' }, true],
    [{ Action: 's3:G?tObject' }, true],
    [{ Action: '*' }, true],
    [{ Action: 's3' }, false],
    [{ Action: 's3:GetObjectVersion' }, false],
    [{ Action: undefined, NotAction: 'ec2:*' }, true],
    [{ Action: undefined, NotAction: ['ec2:*', 's3:Get*'] }, false],
  ])('%j meets s3:GetObject: %s', (more, expected) => {
    expect(allows({ identityPolicies: policies(more) })).toBe(expected);
  });
});

describe('A.5, A.6: resources', () => {
  test.each<readonly [Json, boolean]>([
    [{ Resource: 'arn:aws:s3:::b*' }, true],
    [{ Resource: 'arn:aws:s3:::b' }, false],
    [{ Resource: 'arn:aws:s3:::b/*' }, true],
    [{ Resource: 'arn:aws:s3:::b/* ' }, false],
    [{ Resource: 'arn:aws:s3:::B/*' }, false],
    [{ Resource: 'arn:aws:s3' }, true],
    [{ Resource: 'arn:aws:ec2' }, false],
    [{ Resource: [] }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::other/*' }, true],
    [{ Resource: undefined, NotResource: ['arn:aws:s3:::other/*', '*'] }, false],
    [{ Resource: 'arn:aws:s3:::b/${aws:username}' }, true],
    [{ Resource: 'arn:aws:s3:::b/${aws:userid}' }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::b/${aws:userid}' }, true],
    [{ Resource: "arn:aws:s3:::b/${aws:userid, 'k'}" }, true],
    [{ Resource: 'arn:aws:s3:::b/${s3:star}' }, false],
    [{ Resource: 'arn:${aws:partition}:s3:::b/k' }, false],
  ])('%j meets arn:aws:s3:::b/k: %s', (more, expected) => {
    const context = { 'aws:username': ['k'], 's3:star': ['*'], 'aws:partition': ['aws'] };
    expect(allows({ as: USER, context, identityPolicies: policies(more) })).toBe(expected);
  });

  test('a short ARN without a wildcard names nothing in a resource policy', () => {
    const policy = (Resource: string): Facts => ({
      resourcePolicy: { Statement: { Effect: 'Allow', Principal: { AWS: ROLE }, Action: '*', Resource } },
    });
    expect(allows(policy('arn:aws:s3'))).toBe(false);
    expect(allows(policy('arn:aws:s3:*'))).toBe(true);
  });

  test.each<readonly [Json, string]>([
    [{ Resource: '*' }, 'Allowed'],
    [{ Resource: 'arn:aws:s3:::*' }, 'Allowed'],
    [{ Resource: 'arn:aws:s3:::b' }, 'ImplicitlyDenied: identity'],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::b' }, 'Allowed'],
  ])('a wildcard-only action needs all resources: %j', (more, expected) => {
    const asked = { action: 's3:ListAllMyBuckets', resource: '*', more: { wildcardOnlyAction: true } };
    expect(verdict({ ...asked, identityPolicies: policies(more) })).toBe(expected);
  });
});

describe('A.2: principals that name nobody here', () => {
  test.each<unknown>([
    { AWS: `arn:aws:iam::${OWN}:role/*` },
    { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1' },
    { AWS: OTHER },
    { AWS: `arn:aws-cn:iam::${OWN}:role/team/app` },
    { CanonicalUser: 'a'.repeat(64) },
    { Federated: 'cognito-identity.amazonaws.com' },
    { Service: '*' },
    {},
  ])('%j', (principal) => {
    const resourcePolicy = {
      Statement: { Effect: 'Deny', Principal: principal, Action: '*', Resource: '*' },
    };
    expect(allows({ identityPolicies: YES, resourcePolicy })).toBe(true);
  });
});
