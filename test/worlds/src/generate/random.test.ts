import * as fc from 'fast-check';
import { randomOf } from './random.ts';

const draws = (seed: number, label: string) => {
  const random = randomOf(seed, label);
  return Array.from({ length: 8 }, () => random.next());
};

test('a stream follows from its seed and label alone', () => {
  expect(draws(1, 'a')).toEqual(draws(1, 'a'));
  expect(draws(1, 'a')).not.toEqual(draws(2, 'a'));
  expect(draws(1, 'a')).not.toEqual(draws(1, 'b'));
});

test('draws stay in their range', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (seed, limit) => {
      const drawn = randomOf(seed, 'range').below(limit);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(limit);
    }),
  );
});

test('weights are kept: a row of three quarters is drawn about three times in four', () => {
  const random = randomOf(1, 'weights');
  const row = (name: string, weight: number) => ({ name, weight });
  const drawn = Array.from({ length: 4000 }, () => random.weighted([row('often', 3), row('seldom', 1)]));
  const often = drawn.filter(({ name }) => name === 'often');
  expect(often.length / 4000).toBeCloseTo(0.75, 1);
});
