import { snapshotLineOwner } from './snapshot-owner.ts';
import { checkSnapshotHeader, checkSnapshotLine, jsonPointer } from './snapshot.ts';

const header = { kind: 'snapshot', format: 'denyscope/1', takenAt: '2026-11-22T02:00:00Z', source: 'aws' };

test('a line and a first line come back as they were given, nothing dropped or copied', () => {
  const line: unknown = JSON.parse(
    '{"kind":"table-bucket","__proto__":{"a":1},"data":{"__proto__":{"b":1},"c":{}}}',
  );
  const checked = checkSnapshotLine(line);
  expect('line' in checked && checked.line).toBe(line);
  const first = checkSnapshotHeader(header);
  expect('header' in first && first.header).toBe(header);
});

test.each<readonly [string, unknown, string, string]>([
  ['no object', [], '', 'expected object, received array'],
  ['a wrong type', { kind: 3, data: {} }, '/kind', 'expected string, received number'],
  ['an empty kind', { kind: '', data: {} }, '/kind', 'expected string to have >=1 characters'],
  ['a lacking field', { kind: 'root', data: {} }, '/data/Id', 'expected string, received nothing'],
  ['a missing account', { kind: 'vpc', data: {} }, '/accountId', 'a line of kind `vpc` needs an account id'],
  [
    'no branch of a union',
    { kind: 'organization-policy', data: { Id: 'p', Type: 't', Content: null } },
    '/data/Content',
    'expected a policy document: JSON text, percent-encoded JSON text or a JSON object',
  ],
])('a line with %s is a fault with its place and one lower-case sentence', (_, line, path, message) => {
  expect(checkSnapshotLine(line)).toEqual({ fault: { path, message } });
});

test('places are JSON pointers', () => {
  expect(jsonPointer([])).toBe('');
  expect(jsonPointer(['a/b', 0, 'c~d'])).toBe('/a~1b/0/c~0d');
});

const managed = { Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', PolicyName: 'ReadOnlyAccess' };
const role = { Arn: 'arn:aws:iam::111122223333:role/r', RoleName: 'r' };

test.each<readonly [string, Record<string, unknown>, string | undefined]>([
  [
    'the account that it names',
    { kind: 'vpc', accountId: '111122223333', data: { VpcId: 'vpc-1' } },
    '111122223333',
  ],
  ['that of its ARN', { kind: 'iam-role', data: role }, '111122223333'],
  ['that of its owner', { kind: 'vpc', data: { VpcId: 'vpc-1', OwnerId: '444455556666' } }, '444455556666'],
  ['none, of a policy that AWS manages', { kind: 'iam-policy', data: managed }, undefined],
  ['none, of one said to be AWS’s own', { kind: 'iam-policy', accountId: 'aws', data: managed }, undefined],
])('a line belongs to %s', (_, line, owner) => {
  const checked = checkSnapshotLine(line);
  expect(checked).toEqual({ line });
  expect('line' in checked && snapshotLineOwner(checked.line)).toBe(owner);
});

test('no line of an account belongs to AWS', () => {
  expect(checkSnapshotLine({ kind: 'iam-role', accountId: 'aws', data: role })).toEqual({
    fault: { path: '/accountId', message: 'a line of kind `iam-role` needs an account id' },
  });
});
