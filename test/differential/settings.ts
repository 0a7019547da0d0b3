import type { Parameters } from 'fast-check';

/**
 * CI draws the same cases each time. `DENYSCOPE_SEED=random` or a number explores, `DENYSCOPE_RUNS` multiplies the
 * runs: 40 is the nightly setting, 200,000 drawn requests and 80,000 drawn estates. A failure prints its seed and path;
 * a seed that was chosen at random is printed at once.
 */
export function drawing<Drawn>(runs: number): Parameters<Drawn> {
  const factor = Number(process.env['DENYSCOPE_RUNS'] ?? '1');
  return { numRuns: Math.round(runs * factor), seed: SEED };
}

const SEED = seedOf(process.env['DENYSCOPE_SEED'] ?? '20261122');

function seedOf(given: string): number {
  if (given !== 'random') return Number(given);
  const seed = Date.now() % 2 ** 31;
  process.stderr.write(`differential: DENYSCOPE_SEED=${seed}\n`);
  return seed;
}
