import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadManagedPolicies } from './load.ts';
import { readManagedPolicies } from './read.ts';

const one = {
  arn: 'arn:aws:iam::aws:policy/service-role/Example',
  name: 'Example',
  path: '/service-role/',
  version: 'v7',
  document: { Version: '2012-10-17', Statement: [] },
};

test('managed policies are read by name, or one alone', () => {
  const read = { arn: one.arn, version: 'v7', document: one.document };
  expect(readManagedPolicies({ Example: one }, 'all.json')).toEqual([read]);
  expect(readManagedPolicies(one, 'one.json')).toEqual([read]);
});

test.each([
  [[], 'not an object of managed policies: `x.json`'],
  [{ Example: { arn: one.arn } }, 'not a managed policy with arn and document: `Example` of `x.json`'],
  [
    { Example: { ...one, arn: 'arn:aws:iam::aws:role/x' } },
    'not a managed policy with arn and document: `Example`',
  ],
])('what is no managed policy is refused by name', (content, message) => {
  expect(() => readManagedPolicies(content, 'x.json')).toThrow(message);
});

test('a folder is read file by file, and other files are left alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'worlds-'));
  try {
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ Example: one }));
    writeFileSync(join(folder, 'b.json'), JSON.stringify({ ...one, arn: 'arn:aws:iam::aws:policy/Other' }));
    writeFileSync(join(folder, 'README'), 'not json');
    expect([...loadManagedPolicies(folder).keys()]).toEqual([one.arn, 'arn:aws:iam::aws:policy/Other']);
    expect([...loadManagedPolicies(join(folder, 'a.json')).keys()]).toEqual([one.arn]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
