import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { caseFiles } from '../conformance/case-files.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

function conformance(...args: readonly string[]): { status: number | null; lines: string[]; errors: string } {
  const runner = ['--conditions=@denyscope/source', '--import', 'tsx', 'test/conformance/run.ts'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...runner, ...args], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n'), errors: stderr };
}

describe("the repository's own cases", () => {
  test.each([
    ['requests', caseFiles('request')],
    ['worlds', caseFiles('world')],
    ['public policies', ['--public-policy', ...caseFiles('public-policy')]],
  ])('%s: all pass, and none is refused', (_, args) => {
    const { status, lines } = conformance(...args);
    expect(lines).toEqual([expect.stringMatching(/^[1-9]\d* passed, 0 failed, 0 skipped$/)]);
    expect(status).toBe(0);
  });
});

describe('the runner', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'denyscope-conformance-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const policy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
  };
  const request = {
    principal: 'arn:aws:iam::111122223333:role/reader',
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    resourceAccount: '111122223333',
    context: {},
  };
  const none = {
    permissionBoundaries: null,
    sessionPolicies: null,
    scps: [],
    rcps: [],
    vpcEndpointPolicies: null,
  };
  const allowed = {
    id: 'a',
    request,
    identityPolicies: [{ name: 'p', policy }],
    resourcePolicy: null,
    ...none,
    expect: 'Allowed',
  };

  function file(...cases: readonly unknown[]): string {
    const path = join(folder, 'cases.jsonl');
    writeFileSync(
      path,
      cases.map((test) => `${typeof test === 'string' ? test : JSON.stringify(test)}\n`).join(''),
    );
    return path;
  }

  test('says what a miss was to be, and fails', () => {
    const { status, lines } = conformance(file(allowed, { ...allowed, id: 'b', expect: 'Denied' }));
    expect(lines).toEqual(['FAIL b: expected Denied, got Allowed', '1 passed, 1 failed, 0 skipped']);
    expect(status).toBe(1);
  });

  test('says what it refuses, and counts it as skipped', () => {
    const odd = {
      ...allowed,
      id: 'c',
      request: { ...request, principal: 'arn:aws:iam::111122223333:group/g' },
    };
    const { status, lines } = conformance(file(odd));
    expect(lines).toEqual([expect.stringMatching(/^UNSUPPORTED c: /), '0 passed, 0 failed, 1 skipped']);
    expect(status).toBe(0);
  });

  test.each([
    ['no JSON', '{"id":', /cases\.jsonl: line 2: /],
    ['a case without its request', { id: 'd' }, /cases\.jsonl: line 2: \/request: /],
  ])('names file, line and place of %s', (_, fault, message) => {
    const { status, errors } = conformance(file(allowed, fault));
    expect(errors).toMatch(message);
    expect(status).toBe(1);
  });
});
