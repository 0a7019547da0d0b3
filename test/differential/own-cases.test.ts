import { publicPolicyCaseSchema, requestCaseSchema, type RequestCase } from '@denyscope/model';
import { isPublicPolicy, judge } from '@denyscope/spec';
import { ownCases } from '../conformance/case-files.ts';

/** The specification answers concrete requests; whether all of a pattern is reachable is the engine's question alone. */
function isConcrete({ request }: RequestCase): boolean {
  return request.wildcardOnlyAction === true || !/[*?]/.test(request.resource);
}

// `npm run conformance` replays these through the engine; here the specification answers them too.
test('the specification decides every concrete request case of our own as expected', () => {
  const cases = ownCases('request').map((line) => requestCaseSchema.parse(line));
  const concrete = cases.filter(isConcrete);
  const missed = concrete.filter((one) => {
    const { verdict } = judge(one);
    return one.expect === 'Denied' ? verdict === 'Allowed' : verdict !== one.expect;
  });
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(concrete.length).toBeGreaterThan(1_000);
});

test('the specification tells public policies of our own from others', () => {
  const cases = ownCases('public-policy').map((line) => publicPolicyCaseSchema.parse(line));
  const missed = cases.filter(
    ({ policy, expect: wanted }) => isPublicPolicy(policy) !== (wanted === 'public'),
  );
  expect(missed.map(({ id }) => id)).toEqual([]);
  expect(cases.length).toBeGreaterThan(100);
});
