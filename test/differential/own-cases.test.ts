import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { publicPolicyCaseSchema, requestCaseSchema } from '@denyscope/model';
import { isPublicPolicy, judge } from '@denyscope/spec';

// `npm run conformance` replays these through the engine; here the specification answers them too.
function linesOf(file: string): readonly unknown[] {
  const lines = readFileSync(resolve(__dirname, '../conformance', file), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line));
}

test('the specification decides every request case of our own as expected', () => {
  const cases = linesOf('policy-language.jsonl').map((line) => requestCaseSchema.parse(line));
  const missed = cases.filter((one) => judge(one).verdict !== one.expect);
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(100);
});

test('the specification tells public policies of our own from others', () => {
  const cases = linesOf('public-policy.jsonl').map((line) => publicPolicyCaseSchema.parse(line));
  const missed = cases.filter((one) => isPublicPolicy(one.policy) !== (one.expect === 'public'));
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(20);
});
