import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { permissionFiles, requiredActions, sessionPolicy } from './index.ts';

const FOLDER = join(__dirname, '../../../deploy/aws');
const statement = z.object({ Action: z.union([z.string(), z.array(z.string())]), Resource: z.string() });
const policy = z.object({ Statement: z.array(statement) });

function actionsIn(document: unknown): readonly string[] {
  return policy.parse(document).Statement.flatMap(({ Action }) => Action);
}

test.each([...permissionFiles().keys()])('deploy/aws/%s is what the table of reads gives', (file) => {
  expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(permissionFiles().get(file));
});

test('the role of an account may make every read of an account, and nothing else', () => {
  const role = z.object({
    Resources: z.object({
      ScannerRole: z.object({
        Properties: z.object({ Policies: z.tuple([z.object({ PolicyDocument: z.unknown() })]) }),
      }),
    }),
  });
  const template = role.parse(JSON.parse(permissionFiles().get('member-role.json') ?? ''));
  const [{ PolicyDocument }] = template.Resources.ScannerRole.Properties.Policies;
  expect(actionsIn(PolicyDocument)).toEqual(requiredActions('account'));
  const terraform = permissionFiles().get('member-role.tf') ?? '';
  expect([...terraform.matchAll(/^ {6}"([a-z0-9]+:\w+)",$/gm)].map(([, action]) => action)).toEqual(
    requiredActions('account'),
  );
});

test('the role lets in the scanner alone, and only where it names the external id', () => {
  const template = permissionFiles().get('member-role.json') ?? '';
  expect(template).toContain('"sts:ExternalId"');
  expect(template).not.toMatch(/:root"|"\*":/);
  expect(permissionFiles().get('member-role.tf')).toContain('variable = "sts:ExternalId"');
});

test('the scanner itself reads the organization and enters roles of one name', () => {
  const scanner: unknown = JSON.parse(permissionFiles().get('scanner-policy.json') ?? '');
  expect(actionsIn(scanner)).toEqual([...requiredActions('organization'), 'sts:AssumeRole']);
  expect(policy.parse(scanner).Statement[1]?.Resource).toBe('arn:aws:iam::*:role/DenyscopeScanner');
});

test('a session is narrowed to the reads of an account, within what AWS takes', () => {
  expect(actionsIn(JSON.parse(sessionPolicy()))).toEqual(requiredActions('account'));
  // AWS: a session policy has at most 2,048 characters (semantics.md H.5); as much again is left to grow.
  expect(sessionPolicy().length).toBeLessThan(2048 * 0.75);
});
