import { parseContext, requestOf } from './explain-request.ts';
import { UsageError } from './failure.ts';

describe('parseContext', () => {
  test.each<readonly [options: readonly string[], context: ReturnType<typeof parseContext>]>([
    [['aws:SecureTransport=true'], { 'aws:SecureTransport': ['true'] }],
    [['aws:PrincipalOrgPaths=a,b'], { 'aws:PrincipalOrgPaths': ['a', 'b'] }],
    [['aws:TagKeys=a', 'aws:TagKeys=b,c'], { 'aws:TagKeys': ['a', 'b', 'c'] }],
    [['aws:tagkeys=a', 'AWS:TagKeys=b'], { 'aws:tagkeys': ['a', 'b'] }],
    [['s3:prefix='], { 's3:prefix': [''] }],
    [[String.raw`aws:PrincipalTag/team=red\,blue`], { 'aws:PrincipalTag/team': ['red,blue'] }],
    [['aws:userid=AROA:name=x'], { 'aws:userid': ['AROA:name=x'] }],
    [['!aws:MultiFactorAuthPresent'], { 'aws:MultiFactorAuthPresent': null }],
    [['!aws:SourceIp', '!aws:sourceip'], { 'aws:SourceIp': null }],
    [['kms aws:CalledVia=athena.amazonaws.com'], { 'kms aws:CalledVia': ['athena.amazonaws.com'] }],
    [['!kms kms:EncryptionContext:project'], { 'kms kms:EncryptionContext:project': null }],
    [['x-amz-request-payer=requester'], { 'x-amz-request-payer': ['requester'] }],
  ])('%j', (options, context) => {
    expect(parseContext(options)).toEqual(context);
  });

  test.each([
    [['aws:SecureTransport'], 'expected key=value, or !key'],
    [['SecureTransport=true'], 'expected a condition key'],
    [['=true'], 'expected a condition key'],
    [['!'], 'expected a condition key'],
    [['key=raw/a'], 'name the object in --resource'],
    [['session-name=jane'], 'name the session in --principal'],
    [['s3 aws:CalledVia=a'], 'expected a condition key'],
    [['!aws:SourceIp=1.2.3.4'], 'expected a condition key'],
    [['aws:SourceIp=1.2.3.4', '!aws:sourceip'], 'a value and closed as absent'],
  ])('refuses %j', (options, message) => {
    expect(() => parseContext(options)).toThrow(UsageError);
    expect(() => parseContext(options)).toThrow(message);
  });
});

const asked = { principal: 'anonymous', action: 's3:GetObject', resource: 'arn:aws:s3:::b/*' };

test('a request holds only what was given', () => {
  expect(requestOf(asked)).toEqual(asked);
  expect(requestOf({ ...asked, via: ['internet'], context: ['s3:prefix=a'] })).toEqual({
    ...asked,
    via: 'internet',
    context: { 's3:prefix': ['a'] },
  });
  const policies = [{ name: 'scoped.json', policy: '{}' }];
  expect(requestOf({ ...asked, sessionPolicies: policies, multipart: true })).toEqual({
    ...asked,
    operation: 'multipart',
    sessionPolicies: policies,
  });
});

const POINT = 'arn:aws:s3:eu-west-1:111122223333:accesspoint/ap';

describe('--via', () => {
  test.each<readonly [via: readonly string[], expected: unknown]>([
    [['vpce-1'], 'vpce-1'],
    [[POINT], POINT],
    [['203.0.113.9'], { sourceIp: '203.0.113.9' }],
    [['2001:db8::1'], { sourceIp: '2001:db8::1' }],
    [['athena.amazonaws.com'], { service: 'athena.amazonaws.com' }],
    [['vpce-1', POINT, '10.0.0.7'], { endpoint: 'vpce-1', accessPoint: POINT, sourceIp: '10.0.0.7' }],
    [['internet', POINT], { internet: true, accessPoint: POINT }],
  ])('%j', (via, expected) => {
    expect(requestOf({ ...asked, via })).toEqual({ ...asked, via: expected });
  });

  test.each([
    [['vpc-1'], 'expected internet, a VPC endpoint'],
    [['vpce-1', 'vpce-2'], 'the path already has one'],
  ])('refuses %j', (via, message) => {
    expect(() => requestOf({ ...asked, via })).toThrow(UsageError);
    expect(() => requestOf({ ...asked, via })).toThrow(message);
  });
});

describe('the object', () => {
  const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';
  test.each([
    [{ objectOwner: '444455556666' }, { owner: '444455556666' }],
    [{ objectOwner: 'ab'.repeat(32) }, { owner: 'ab'.repeat(32) }],
    [{ objectKey: 'AES256' }, { encryption: { SSEAlgorithm: 'AES256' } }],
    [{ objectKey: KEY }, { encryption: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY } }],
  ])('%j', (given, object) => {
    expect(requestOf({ ...asked, ...given })).toEqual({ ...asked, object });
  });

  test.each([
    [{ objectOwner: 'me' }, 'expected an account id or a canonical user id'],
    [{ objectKey: 'alias/x' }, 'expected the ARN of a KMS key'],
  ])('refuses %j', (given, message) => {
    expect(() => requestOf({ ...asked, ...given })).toThrow(message);
  });
});
