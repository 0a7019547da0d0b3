import { document, OTHER, OWN, type Json } from './case.fixture.ts';
import { isPublicPolicy } from './index.ts';

const ROLE_OF_OTHER = `arn:aws:iam::${OTHER}:role/r`;
const ACCESS_POINT = `arn:aws:s3:eu-west-1:${OWN}:accesspoint`;

describe('C.7: a public policy', () => {
  test.each<readonly [string, Json, boolean]>([
    ['everyone', { Principal: '*' }, true],
    ['everyone beside an account', { Principal: { AWS: [OTHER, '*'] } }, true],
    ['everyone but', { NotPrincipal: { AWS: OTHER } }, true],
    ['an action that does not exist', { Principal: '*', Action: 's3:Foo' }, true],
    ['an account', { Principal: { AWS: OTHER } }, false],
    ['a service', { Principal: { Service: 'logs.amazonaws.com' } }, false],
    ['a Deny', { Principal: '*', Effect: 'Deny' }, false],
  ])('%s', (_what, statement, expected) => {
    expect(isPublicPolicy(document({ Principal: { AWS: OWN } }, statement))).toBe(expected);
  });

  test.each<readonly [string, string, string | readonly string[], boolean]>([
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1', false],
    ['StringLike', 'aws:PrincipalOrgID', 'o-*', true],
    ['StringEquals', 'AWS:SOURCEACCOUNT', [OWN, OTHER], false],
    ['StringEquals', 'aws:SourceVpce', ['vpce-1', '${aws:PrincipalTag/vpce}'], true],
    ['StringEqualsIfExists', 'aws:SourceVpce', 'vpce-1', true],
    ['StringNotEquals', 'aws:SourceVpce', 'vpce-1', true],
    ['ForAllValues:StringEquals', 'aws:PrincipalOrgID', 'o-1', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:eu-west-1:111111111111:*', true],
    ['ArnEquals', 'aws:PrincipalArn', ROLE_OF_OTHER, false],
    ['ArnLike', 'aws:PrincipalArn', `${ROLE_OF_OTHER}*`, false],
    ['ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/r', true],
    ['ArnLike', 's3:DataAccessPointArn', `${ACCESS_POINT}/*`, false],
    ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', false],
    ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/7'], true],
    ['IpAddress', 'aws:SourceIp', '2001:db8::/32', false],
    ['IpAddress', 'aws:SourceIp', '2001::/31', true],
    ['StringLike', 'aws:userid', 'AROAEXAMPLE:*', false],
    ['StringLike', 'aws:userid', '*:ann', true],
    ['StringLike', 'aws:PrincipalOrgPaths', 'o-1/*', false], // I.16
    ['StringLike', 'aws:PrincipalOrgPaths', '*/r-1/', true],
    ['Bool', 'aws:PrincipalIsAWSService', 'true', false], // I.16
    ['Bool', 'aws:PrincipalIsAWSService', 'false', true],
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['StringEquals', 'aws:PrincipalTag/team', 'a', true],
    ['StringEquals', 's3:prefix', 'a', true],
    ['StringEquals', 'aws:Referer', 'https://example.com', true],
  ])('%s %s %j is public: %s', (operator, key, values, expected) => {
    expect(isPublicPolicy(document({ Principal: '*', Condition: { [operator]: { [key]: values } } }))).toBe(
      expected,
    );
  });

  test('no policy is not public', () => {
    expect([isPublicPolicy(null), isPublicPolicy('{')]).toEqual([false, false]);
  });
});
