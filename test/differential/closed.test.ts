import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { judge } from '@denyscope/spec';
import { runRequestCase } from '../conformance/request-case.ts';
import { requestCase } from './draw/request-case.ts';
import { drawing } from './settings.ts';

test('the engine decides every drawn request as the specification does', () => {
  fc.assert(
    fc.property(requestCase, (drawn) => {
      return isDeepStrictEqual(runRequestCase(drawn), { kind: 'answer', answer: judge(drawn).verdict });
    }),
    drawing(6000),
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
