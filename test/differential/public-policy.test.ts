import { compilePolicy, isPublicPolicy as engineSays } from '@denyscope/engine';
import { isPublicPolicy as specSays } from '@denyscope/spec';
import fc from 'fast-check';
import { publicPolicy } from './draw/public-policy.ts';
import { drawing } from './settings.ts';

test('the engine calls the same bucket policies public as the specification does', () => {
  fc.assert(
    fc.property(publicPolicy, (policy) => {
      return engineSays(compilePolicy(JSON.stringify(policy), 'resource')) === specSays(policy);
    }),
    drawing(4000),
  );
});

test('public and non-public policies are both drawn often', () => {
  const drawn = fc.sample(publicPolicy, { ...drawing(1000), numRuns: 1000 });
  const share = drawn.filter((policy) => specSays(policy)).length / drawn.length;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.8);
});
