import { compilePolicy } from './policy.ts';

function rowOf(statement: object): string | undefined {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Action: '*', Resource: '*', ...statement }],
  });
  return compilePolicy(text, 'resource').statements[0]?.disputed;
}

const ROLE = 'arn:aws:iam::111122223333:role/app';
const SESSION = 'arn:aws:sts::111122223333:assumed-role/app/jane';
const when = (operator: string, key: string, value: unknown): object => ({
  Effect: 'Deny',
  Principal: '*',
  Condition: { [operator]: { [key]: value } },
});

// prettier-ignore
test.each<readonly [string, object, string | undefined]>([
  ['an Allow with NotPrincipal', { Effect: 'Allow', NotPrincipal: { AWS: ROLE } }, 'I.9'],
  ['a Deny with NotPrincipal of a role alone', { Effect: 'Deny', NotPrincipal: { AWS: ROLE } }, 'I.8'],
  ['… with its session, but not the account', { Effect: 'Deny', NotPrincipal: { AWS: [ROLE, SESSION] } }, 'I.8'],
  ['… with all that AWS asks for', { Effect: 'Deny', NotPrincipal: { AWS: [ROLE, SESSION, '111122223333'] } }, undefined],
  ['… of an account', { Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }, undefined],
  ['ForAnyValue with IfExists', when('ForAnyValue:StringEqualsIfExists', 'aws:PrincipalOrgPaths', 'o/'), 'I.6'],
  ['ForAnyValue without', when('ForAnyValue:StringEquals', 'aws:PrincipalOrgPaths', 'o/'), undefined],
  ['a multi-valued key without a set operator', when('StringEquals', 'aws:PrincipalOrgPaths', 'o/'), 'I.7'],
  ['a single-valued key without one', when('StringEquals', 'aws:PrincipalOrgID', 'o'), undefined],
  ['a negated ARN operator on what is no ARN', when('ArnNotLike', 'aws:PrincipalArn', 'x'), 'I.11'],
  ['… on an ARN', when('ArnNotLike', 'aws:PrincipalArn', ROLE), undefined],
  ['… on a variable', when('ArnNotLike', 'aws:PrincipalArn', '${aws:SourceArn}'), undefined],
  ['a negated number that is none', when('NumericNotEquals', 's3:max-keys', 'x'), 'I.13'],
  ['a negated date that is none', when('DateNotEquals', 'aws:CurrentTime', 'x'), 'I.13'],
  ['a negated address that is none', when('NotIpAddress', 'aws:SourceIp', 'x'), 'I.13'],
  ['a number that is none', when('NumericEquals', 's3:max-keys', 'x'), undefined],
  ['NotResource across the types of another service', { Effect: 'Deny', Principal: '*', Resource: undefined, NotResource: 'arn:aws:ec2:*:*:*/id' }, 'I.14'],
  ['… of S3', { Effect: 'Deny', Principal: '*', Resource: undefined, NotResource: 'arn:aws:s3:::*/id' }, undefined],
])('a statement that rests on a rule where sources disagree: %s', (_, statement, row) => {
  expect(rowOf(statement)).toBe(row);
});
