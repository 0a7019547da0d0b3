import { admittedPrincipals, compilePolicy, isPublicPolicy } from './index.ts';
import { allow, deny, documentText, OTHER, ROLE, type StatementText } from './question.fixture.ts';

function isPublic(...statements: readonly StatementText[]): boolean {
  return isPublicPolicy(compilePolicy(documentText(statements), 'resource'));
}

function held(operator: string, key: string, value: unknown): StatementText {
  return allow({ Principal: '*', Condition: { [operator]: { [key]: value } } });
}

describe('a bucket policy is public (semantics.md C.7)', () => {
  // prettier-ignore
  test.each<readonly [string, boolean, readonly StatementText[]]>([
    ['open to everyone', true, [allow({ Principal: '*' })]],
    ['open to everyone under AWS', true, [allow({ Principal: { AWS: '*' } })]],
    ['open to all but one', true, [allow({ NotPrincipal: { AWS: ROLE } })]],
    ['open to an account', false, [allow({ Principal: { AWS: OTHER } })]],
    ['open to an account and everyone', true, [allow({ Principal: { AWS: [OTHER, '*'] } })]],
    ['open to a service', false, [allow({ Principal: { Service: 'logs.amazonaws.com' } })]],
    ['empty', false, []],
    ['a Deny for everyone', false, [deny({ Principal: '*' })]],
    ['one public statement among others', true, [allow({ Principal: { AWS: OTHER } }), allow({ Principal: '*' })]],
    ['an action that does not exist', true, [allow({ Principal: '*', Action: 's3:Foo' })]],
    ['an organization', false, [held('StringEquals', 'aws:PrincipalOrgID', 'o-x')]],
    ['an organization with a wildcard', true, [held('StringLike', 'aws:PrincipalOrgID', 'o-*')]],
    ['an organization in a variable', true, [held('StringEquals', 'aws:PrincipalOrgID', '${aws:PrincipalTag/o}')]],
    ['an organization, if there is one', true, [held('StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-x')]],
    ['all but an organization', true, [held('StringNotEquals', 'aws:PrincipalOrgID', 'o-x')]],
    ['every value of a list, or none', true, [held('ForAllValues:StringEquals', 'aws:PrincipalOrgPaths', 'o-x/r-1/')]],
    ['some value of a list', false, [held('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-x/r-1/*')]],
    ['one of two organizations, one with a wildcard', true, [held('StringLike', 'aws:PrincipalOrgID', ['o-x', '*'])]],
    ['no value at all', true, [held('StringEquals', 'aws:PrincipalOrgID', [])]],
    ['a network of /8', false, [held('IpAddress', 'aws:SourceIp', '9.0.0.0/8')]],
    ['a network of /7', true, [held('IpAddress', 'aws:SourceIp', '8.0.0.0/7')]],
    ['a private network', false, [held('IpAddress', 'aws:SourceIp', '172.16.0.0/12')]],
    ['an IPv6 network of /32', false, [held('IpAddress', 'aws:SourceIp', '2001:db8::/32')]],
    ['an IPv6 network of /31', true, [held('IpAddress', 'aws:SourceIp', '2001:db8::/31')]],
    ['no network', true, [held('IpAddress', 'aws:SourceIp', 'here')]],
    ['a VPC endpoint', false, [held('StringEquals', 'aws:SourceVpce', 'vpce-1')]],
    ['the access points of an account', false, [held('ArnLike', 's3:DataAccessPointArn', `arn:aws:s3:eu-west-1:${OTHER}:accesspoint/*`)]],
    ['the access points of any account', true, [held('ArnLike', 's3:DataAccessPointArn', 'arn:aws:s3:eu-west-1:*:accesspoint/*')]],
    ['TLS', true, [held('Bool', 'aws:SecureTransport', 'true')]],
    ['a referer', true, [held('StringLike', 'aws:Referer', 'https://example.com/*')]],
    ['a presence', true, [held('Null', 'aws:PrincipalOrgID', 'false')]],
    ['AWS services (I.16)', false, [held('Bool', 'aws:PrincipalIsAWSService', 'true')]],
    ['all but AWS services', true, [held('Bool', 'aws:PrincipalIsAWSService', 'false')]],
    ['a key named as an object\'s constructor', true, [held('StringEquals', 'constructor', 'x')]],
  ])('%s: %s', (_, expected, statements) => {
    expect(isPublic(...statements)).toBe(expected);
  });
});

test('whom the Allow statements admit, each name once', () => {
  const text = documentText([
    allow({ Principal: { AWS: [ROLE, OTHER], Service: 'logs.amazonaws.com' } }),
    allow({ Principal: { AWS: ROLE } }),
    allow({ NotPrincipal: { AWS: OTHER } }),
    deny({ Principal: { AWS: 'AIDAEXAMPLE' } }),
  ]);
  const names = admittedPrincipals(compilePolicy(text, 'resource'));
  expect(names.map(({ kind }) => kind)).toEqual(['named', 'account', 'service', 'everyone']);
});
