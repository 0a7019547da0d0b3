import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SNAPSHOT_KINDS } from '@denyscope/model';
import { collectedFields, describeReads, requiredActions, snapshotHeader } from './index.ts';

test('docs/reads.md is the table of reads', () => {
  expect(readFileSync(join(__dirname, '../../../docs/reads.md'), 'utf8')).toBe(describeReads());
});

test('a scan needs to list, get and describe, and nothing that shows data', () => {
  for (const action of requiredActions()) {
    expect(action).toMatch(/^(?:cloudtrail|ec2|iam|kms|organizations|s3):(?:Describe|Get|List)[A-Za-z]+$/);
    expect(action).not.toMatch(/^s3:GetObject|^kms:(?:Decrypt|GenerateDataKey)|^s3:ListBucket$/);
  }
});

test('permissions come apart by purpose, each of them small enough for a session policy', () => {
  const [organization, account] = [requiredActions('organization'), requiredActions('account')];
  expect(organization.every((action) => action.startsWith('organizations:'))).toBe(true);
  expect(account.some((action) => action.startsWith('organizations:'))).toBe(false);
  expect([...account, ...organization].toSorted()).toEqual(requiredActions());
  // AWS: a session policy has at most 2,048 characters (semantics.md H.5).
  for (const actions of [organization, account]) expect(JSON.stringify(actions).length).toBeLessThan(1900);
});

test('the first line names what was asked for, by kinds that the format knows', () => {
  const header = snapshotHeader('2026-11-22T02:00:00Z');
  expect(header).toMatchObject({ kind: 'snapshot', format: 'denyscope/1', source: 'aws' });
  expect(header.collected).toEqual(collectedFields());
  for (const kind of Object.keys(header.collected ?? {})) expect(SNAPSHOT_KINDS).toHaveProperty(kind);
  expect(header.collected?.['bucket']).toContain('Policy');
  expect(header.collected?.['account']).not.toContain('CanonicalUserId');
});
