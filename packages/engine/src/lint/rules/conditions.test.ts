import { said, saidOf } from '../lint.fixture.ts';
import type { LintOptions } from '../subject.ts';

type Row = readonly [
  what: string,
  condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  said: readonly string[],
  elements?: Readonly<Record<string, unknown>>,
  options?: Partial<LintOptions>,
];

const table = (rows: readonly Row[]) => test.each(rows.map((row) => [row[0], row] as const));

function check(_what: string, [, Condition, expected, elements, options]: Row): void {
  const below = (line: string): string => line.replace('Condition/', '');
  expect(said({ Condition, ...elements }, options).map(below)).toEqual(expected);
}

const LIST = { Action: 's3:ListBucket', Resource: 'arn:aws:s3:::b' };
const BOTH = { Action: ['s3:ListBucket', 's3:GetObject'], Resource: ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'] };

// prettier-ignore
describe('conditions', () => {
  table([
    ['a star', { StringEquals: { 's3:prefix': 'home/*' } }, ['wildcard-in-equals error StringEquals/s3:prefix'], LIST],
    ['a star under the negation', { StringNotEqualsIfExists: { 'aws:userid': ['x', 'AROA1:*'] } }, ['wildcard-in-equals error StringNotEqualsIfExists/aws:userid/1']],
    ['a star under StringLike', { StringLike: { 's3:prefix': 'home/*' } }, [], LIST],
    ['a star that is meant', { StringEquals: { 's3:prefix': 'home/${*}' } }, [], LIST],
    ['a question mark, which text may hold', { StringEquals: { 'aws:Referer': 'https://example.com/?a' } }, []],
  ])('wildcard-in-equals: %s', check);

  table([
    ['a key of listing with reading', { StringEquals: { 's3:prefix': 'a' } }, ['key-not-carried warning StringEquals/s3:prefix']],
    ['its negation, which then always holds', { StringNotEquals: { 's3:prefix': 'a' } }, ['key-not-carried warning StringNotEquals/s3:prefix'], { Effect: 'Deny' }],
    ['a key that the action carries', { StringEquals: { 's3:prefix': 'a' } }, [], LIST],
    ['a key that one of two actions carries', { StringEquals: { 's3:prefix': 'a' } }, ['key-not-carried warning Action/1'], BOTH],
    ['the same with IfExists', { StringEqualsIfExists: { 's3:prefix': 'a' } }, [], BOTH],
    ['the same in a Deny', { StringEquals: { 's3:prefix': 'a' } }, [], { ...BOTH, Effect: 'Deny' }],
    ['the same with a wildcard for the actions', { StringEquals: { 's3:prefix': 'a' } }, [], { ...BOTH, Action: 's3:*' }],
    ['tags of an object that is not there yet', { StringEquals: { 's3:ExistingObjectTag/a': 'b' } }, ['key-not-carried warning StringEquals/s3:ExistingObjectTag~1a'], { Action: 's3:PutObject' }],
    ['a key of KMS with S3', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, ['key-not-carried warning StringEquals/kms:ViaService']],
    ['a global key', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }, []],
    ['the encryption context', { StringEquals: { 'kms:EncryptionContext:team': 'a' } }, [], { Action: 'kms:Decrypt', Resource: '*' }],
    ['of other services it cannot be told', { StringEquals: { 's3:prefix': 'a' } }, [], { Action: ['s3:GetObject', 'sqs:SendMessage'], Resource: '*' }],
    ['nor of every action', { StringEquals: { 's3:prefix': 'a' } }, [], { Action: '*', Resource: '*' }],
  ])('key-not-carried: %s', check);

  table([
    ['a slip', { StringEquals: { 'aws:PrincipalOrgId ': 'o-a' } }, ['unknown-key warning StringEquals/aws:PrincipalOrgId ']],
    ['a slip of S3', { StringEquals: { 's3:prefixes': 'a' } }, ['unknown-key warning StringEquals/s3:prefixes'], LIST],
    ['any case', { StringEquals: { 'AWS:principalorgid': 'o-a' } }, []],
    ['a tag', { StringEquals: { 'aws:PrincipalTag/Some Team': 'a' } }, []],
    ['no name', { StringEquals: { '': 'a' } }, ['unknown-key warning StringEquals/']],
    ['of an identity provider it cannot be told', { StringEquals: { 'idp.example.com:aud': 'a' } }, [], { Action: 'sts:AssumeRoleWithWebIdentity', Resource: undefined, Principal: { Federated: 'x' } }, { type: 'trust' }],
  ])('unknown-key: %s', check);

  table([
    ['a number', { NumericLessThan: { 's3:max-keys': ['10', 'ten'] } }, ['value-type error NumericLessThan/s3:max-keys/1'], LIST],
    ['a date', { DateLessThan: { 'aws:CurrentTime': 'tomorrow' } }, ['value-type error DateLessThan/aws:CurrentTime']],
    ['a range of addresses', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }, ['value-type error NotIpAddress/aws:SourceIp']],
    ['an ARN', { ArnLike: { 'aws:SourceArn': 'b' } }, ['value-type error ArnLike/aws:SourceArn']],
    ['a truth', { Bool: { 'aws:SecureTransport': 'yes' } }, ['value-type error Bool/aws:SecureTransport']],
    ['the truth of Null', { Null: { 'aws:SourceIp': 'absent' } }, ['value-type error Null/aws:SourceIp']],
    ['what they take', { Bool: { 'aws:SecureTransport': true }, DateLessThan: { 'aws:CurrentTime': 2030 }, NumericLessThan: { 's3:max-keys': 10.5 } }, [], LIST],
    ['what a variable will stand for cannot be told', { ArnLike: { 'aws:SourceArn': '${aws:PrincipalTag/arn}' } }, []],
  ])('value-type: %s', check);

  table([
    ['absent, and equal to something', { Null: { 's3:prefix': 'true' }, StringEquals: { 's3:prefix': 'a' } }, ['dead-statement error Condition'], LIST],
    ['absent, and not equal to something', { Null: { 's3:prefix': 'true' }, StringNotEquals: { 's3:prefix': 'a' } }, [], LIST],
    ['two values at once', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' }, StringLike: { 'AWS:PrincipalOrgID': 'o-b*' } }, ['dead-statement error Condition']],
    ['two ranges that overlap', { IpAddress: { 'aws:SourceIp': '198.51.100.0/24' }, NotIpAddress: { 'aws:SourceIp': '198.51.100.0/25' } }, []],
    ['two ranges that do not', { IpAddress: { 'aws:SourceIp': '198.51.100.0/25' }, NotIpAddress: { 'aws:SourceIp': '198.51.100.0/24' } }, ['dead-statement error Condition']],
    ['an empty list', { StringEquals: { 's3:prefix': [] } }, ['dead-statement error StringEquals/s3:prefix'], LIST],
    ['more than the most', { NumericGreaterThan: { 's3:max-keys': '10' }, NumericLessThanEquals: { 's3:max-keys': '10' } }, ['dead-statement error Condition'], LIST],
    ['true or false', { Bool: { 'aws:SecureTransport': ['true', 'false'] } }, []],
    ['what rests on tags cannot be told', { StringEquals: { 's3:prefix': '${aws:PrincipalTag/a}' }, StringNotEquals: { 's3:prefix': 'a' } }, [], LIST],
  ])('dead-statement: %s', check);

  table([
    ['a private range', { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.1.0.0/16'] } }, ['private-source-ip warning IpAddress/aws:SourceIp/1']],
    ['a private range of IPv6', { IpAddress: { 'aws:SourceIp': 'fd00::/8' } }, ['private-source-ip warning IpAddress/aws:SourceIp']],
    ['a range beside it', { IpAddress: { 'aws:SourceIp': '172.32.0.0/16' } }, []],
    ['inside a VPC', { IpAddress: { 'aws:VpcSourceIp': '10.1.0.0/16' } }, []],
  ])('private-source-ip: %s', check);

  table([
    ['alone', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/' } }, ['for-all-values warning ForAllValues:StringEquals/aws:PrincipalOrgPaths']],
    ['with Null', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/' }, Null: { 'aws:PrincipalOrgPaths': false } }, []],
    ['with Null the wrong way round', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/' }, Null: { 'aws:PrincipalOrgPaths': 'true' } }, ['for-all-values warning ForAllValues:StringEquals/aws:PrincipalOrgPaths']],
    ['with ForAnyValue', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' }, 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a' } }, [], { Action: 's3:TagResource', Resource: 'arn:aws:s3:::b' }],
    ['for the tags of a request', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, ['for-all-values info ForAllValues:StringEquals/aws:TagKeys'], { Action: 's3:TagResource', Resource: 'arn:aws:s3:::b' }],
    ['in a Deny', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/' } }, [], { Effect: 'Deny' }],
  ])('for-all-values: %s', check);

  table([
    ['a key of several values', { StringEquals: { 'aws:PrincipalOrgPaths': 'o-a/r-b/' } }, ['set-operator-missing error StringEquals/aws:PrincipalOrgPaths']],
    ['the same with a set operator', { 'foranyvalue:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/r-b/' } }, []],
    ['its presence', { Null: { 'aws:PrincipalOrgPaths': 'false' } }, []],
    ['of a key that nobody lists it cannot be told', { StringEquals: { 'idp.example.com:amr': 'a' } }, []],
  ])('set-operator-missing: %s', check);

  table([
    ['a session', { ArnEquals: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/a', 'arn:aws:sts::111122223333:assumed-role/a/b'] } }, ['session-arn error ArnEquals/aws:PrincipalArn/1']],
    ['a federated user, which is its own ARN', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:federated-user/a' } }, []],
    ['a session under another key', { StringLike: { 'aws:PrincipalTag/a': 'arn:aws:sts::111122223333:assumed-role/a/b' } }, []],
  ])('session-arn: %s', check);

  const role = [{ Resource: 'arn:aws:s3:::b/${aws:username}/*' }, { owner: 'role' }] as const;
  table([
    ['the user name of a role', {}, ['unresolvable-variable error Resource'], ...role],
    ['the same with a default', {}, ['unresolvable-variable warning Resource'], { Resource: "arn:aws:s3:::b/${aws:username, 'x'}/*" }, role[1]],
    ['the user name of a user', {}, [], role[0], { owner: 'user' }],
    ['whose policy it is was not told', {}, [], role[0]],
    ['a key that there is not', { StringLike: { 's3:prefix': '${aws:user}/*' } }, ['unresolvable-variable error StringLike/s3:prefix'], LIST],
    ['a placeholder', {}, ['unresolvable-variable error Resource'], { Resource: 'arn:aws:s3:::${bucket}/*' }],
    ['a key of several values', {}, ['unresolvable-variable error Resource'], { Resource: 'arn:aws:s3:::b/${aws:PrincipalOrgPaths}' }],
    ['of an identity provider it cannot be told', {}, [], { Resource: 'arn:aws:s3:::b/${idp.example.com:sub}/*' }],
    ['an operator without variables', { IpAddress: { 'aws:SourceIp': '${aws:PrincipalTag/ip}' } }, ['unresolvable-variable error IpAddress/aws:SourceIp', 'value-type error IpAddress/aws:SourceIp']],
    ['the account of an ARN', {}, ['unresolvable-variable error Resource'], { Action: 'kms:Decrypt', Resource: 'arn:aws:kms:*:${account}:key/*' }],
    ['an escape', { StringLike: { 's3:prefix': 'a${*}' } }, [], LIST],
    ['a brace that is never closed', {}, ['unresolvable-variable warning Resource'], { Resource: 'arn:aws:s3:::b/${aws:username/*' }],
  ])('unresolvable-variable: %s', check);
});

test('unresolvable-variable: only the version of 2012 has variables', () => {
  const Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${aws:username}/*' };
  expect(saidOf({ Statement })).toEqual(['unresolvable-variable error Resource']);
  expect(saidOf({ Version: '2008-10-17', Statement })).toEqual(['unresolvable-variable error Resource']);
  expect(saidOf({ Version: '2012-10-17', Statement })).toEqual([]);
});
