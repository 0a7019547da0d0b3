import { ACCESS_POINTS } from './scenes/access-point-tables.ts';
import { compare } from './scenes/compare.ts';
import { GATES } from './scenes/gate-tables.ts';
import { KEYS } from './scenes/key-tables.ts';
import { scenesOf, type Table } from './scenes/scene.ts';

// Every combination of abstract outcomes that bears on a gate or on the join with KMS, engine against specification.
function decidesAlike(...[, choices]: Table): void {
  const { scenes, allowed, parted } = compare(scenesOf(choices));
  expect(parted).toBeUndefined();
  // A table of one answer alone would prove little.
  expect(allowed).toBeGreaterThan(scenes / 50);
  expect(allowed).toBeLessThan(scenes * 0.98);
}

describe('gates', () => test.each(GATES)('%s', decidesAlike));
describe('access points', () => test.each(ACCESS_POINTS)('%s', decidesAlike));
describe('KMS', () => test.each(KEYS)('%s', decidesAlike));
