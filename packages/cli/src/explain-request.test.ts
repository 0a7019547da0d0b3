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
  ])('%j', (options, context) => {
    expect(parseContext(options)).toEqual(context);
  });

  test.each([
    [['aws:SecureTransport'], 'expected key=value, or !key'],
    [['SecureTransport=true'], 'expected a condition key'],
    [['=true'], 'expected a condition key'],
    [['!'], 'expected a condition key'],
    [['!aws:SourceIp=1.2.3.4'], 'expected a condition key'],
    [['aws:SourceIp=1.2.3.4', '!aws:sourceip'], 'a value and closed as absent'],
  ])('refuses %j', (options, message) => {
    expect(() => parseContext(options)).toThrow(UsageError);
    expect(() => parseContext(options)).toThrow(message);
  });
});

test('a request holds only what was given', () => {
  const asked = { principal: 'anonymous', action: 's3:GetObject', resource: 'arn:aws:s3:::b/*' };
  expect(requestOf(asked)).toEqual(asked);
  expect(requestOf({ ...asked, via: 'internet', context: ['s3:prefix=a'] })).toEqual({
    ...asked,
    via: 'internet',
    context: { 's3:prefix': ['a'] },
  });
});
