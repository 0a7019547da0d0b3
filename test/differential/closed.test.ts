import { isDeepStrictEqual } from 'node:util';
import type { RequestCase } from '@denyscope/model';
import { judge } from '@denyscope/spec';
import fc from 'fast-check';
import { runRequestCase } from '../conformance/request-case.ts';
import { namedBy } from './draw/names.ts';
import { patternCase, requestCase } from './draw/request-case.ts';
import { holds } from './keep.ts';
import { drawing } from './settings.ts';

test('the engine decides every drawn request as the specification does', () => {
  holds(
    fc.property(requestCase, (drawn) => {
      return isDeepStrictEqual(runRequestCase(drawn), { kind: 'answer', answer: judge(drawn).verdict });
    }),
    drawing(5000),
    (drawn, id) => ({ path: `${id}.json`, content: { ...drawn, id, expect: judge(drawn).verdict } }),
  );
});

/** The specification's verdicts on resources that the pattern names. */
function verdictsWithin(drawn: RequestCase): readonly string[] {
  const concrete = namedBy(drawn.request.resource);
  return concrete.map((resource) => judge({ ...drawn, request: { ...drawn.request, resource } }).verdict);
}

// formats.md section 2: an Allow must cover all that a pattern names, and a Deny need only meet some of it.
test('a pattern of resources is allowed only where each of them is, and denied where a Deny meets any', () => {
  fc.assert(
    fc.property(patternCase, (drawn) => {
      const outcome = runRequestCase(drawn);
      const answer = outcome.kind === 'answer' ? outcome.answer : outcome.reason;
      const within = verdictsWithin(drawn);
      if (within.includes('ExplicitlyDenied')) return answer === 'ExplicitlyDenied';
      return answer !== 'Allowed' || within.every((verdict) => verdict === 'Allowed');
    }),
    drawing(1500),
  );
});

test('drawn requests are allowed and denied in either way, each often enough to tell', () => {
  const verdicts = fc
    .sample(requestCase, { ...drawing(1000), numRuns: 1000 })
    .map((drawn) => judge(drawn).verdict);
  const share = (verdict: string): number =>
    verdicts.filter((one) => one === verdict).length / verdicts.length;
  expect(share('Allowed')).toBeGreaterThan(0.1);
  expect(share('ImplicitlyDenied')).toBeGreaterThan(0.1);
  expect(share('ExplicitlyDenied')).toBeGreaterThan(0.1);
});
