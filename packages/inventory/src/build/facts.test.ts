import { ACCOUNT, estateOf, given } from '../given.fixture.ts';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/reader`;
const role = (data: object, more: object = {}) =>
  given('iam-role', { RoleName: 'reader', Arn: ROLE, ...data }, more);
const bucket = (data: object, more: object = {}) => given('bucket', { Name: 'logs', ...data }, more);
const denied = { unreadable: [{ field: 'Policy', reason: 'AccessDenied', message: 'no' }] };

const policyOf = (line: object, collected?: object) =>
  estateOf([line], collected).buckets.get('logs')?.policy;
const boundaryOf = (line: object, collected?: object) =>
  estateOf([line], collected).principals.get(ROLE)?.boundary;

describe('a field of a bucket, which takes a call of its own', () => {
  test('is seen where it is there', () => {
    expect(policyOf(bucket({ Policy: '{}' }))).toMatchObject({ kind: 'seen', value: { text: '{}' } });
  });

  test('is unreadable with the reason that the line gives, even where it was collected elsewhere', () => {
    const expected = { kind: 'unreadable', reason: 'AccessDenied', message: 'no' };
    expect(policyOf(bucket({}, denied))).toEqual(expected);
    expect(policyOf(bucket({}, denied), { bucket: ['Policy'] })).toEqual(expected);
  });

  test('is unreadable where the line says so, even where a part of it was read', () => {
    expect(policyOf(bucket({ Policy: '{}' }, denied), { bucket: ['Policy'] })).toMatchObject({
      kind: 'unreadable',
    });
  });

  test('is proved absent only where the scan asked for it', () => {
    expect(policyOf(bucket({}), { bucket: ['Policy'] })).toEqual({ kind: 'absent' });
    expect(policyOf(bucket({}), { bucket: ['Grants'] })).toEqual({
      kind: 'unreadable',
      reason: 'NotCollected',
    });
    expect(policyOf(bucket({}), { 'kms-key': ['Policy'] })).toEqual({
      kind: 'unreadable',
      reason: 'NotCollected',
    });
    expect(policyOf(bucket({}))).toEqual({ kind: 'unreadable', reason: 'NotCollected' });
  });
});

describe('a field of a role, which comes with the role', () => {
  test('is absent where the first line does not speak of roles', () => {
    expect(boundaryOf(role({}))).toEqual({ kind: 'absent' });
    expect(boundaryOf(role({}), { bucket: ['Policy'] })).toEqual({ kind: 'absent' });
  });

  test('follows the list of the first line where it speaks of roles', () => {
    expect(boundaryOf(role({}), { 'iam-role': ['PermissionsBoundary'] })).toEqual({ kind: 'absent' });
    expect(boundaryOf(role({}), { 'iam-role': ['RolePolicyList'] })).toMatchObject({
      reason: 'NotCollected',
    });
  });
});
