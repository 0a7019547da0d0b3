import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publicPolicyCaseSchema, requestCaseSchema } from '@denyscope/model';
import { isPublicPolicy, judge } from '@denyscope/spec';

// The cases are not ours to copy: they are replayed where they lie, and skipped where they do not.
const SHARED = process.env['DENYSCOPE_SHARED'] ?? resolve(__dirname, '../../../shared');
const REQUESTS = join(SHARED, 'conformance/policy-language.jsonl');
const PUBLIC = join(SHARED, 'conformance/public-policy.jsonl');
const present = existsSync(REQUESTS) && existsSync(PUBLIC);
const replay = present ? test : test.skip;
if (!present) process.stderr.write(`spec-conformance skipped: no conformance cases in ${SHARED}\n`);

function linesOf(file: string): readonly unknown[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

replay('the spec decides every conformance case as expected', () => {
  const cases = linesOf(REQUESTS).map((line) => requestCaseSchema.parse(line));
  const missed = cases.filter((one) => {
    const { verdict } = judge(one);
    return one.expect === 'Denied' ? verdict === 'Allowed' : verdict !== one.expect;
  });
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(300);
});

replay('the spec tells public policies from others', () => {
  const cases = linesOf(PUBLIC).map((line) => publicPolicyCaseSchema.parse(line));
  const missed = cases.filter(
    ({ policy, expect: expected }) => isPublicPolicy(policy) !== (expected === 'public'),
  );
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
});
