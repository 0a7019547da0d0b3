import type { Parameters } from 'fast-check';

/** CI draws the same cases each time. `DENYSCOPE_SEED=random` or a number explores, `DENYSCOPE_RUNS` multiplies the runs. */
export function drawing<Drawn>(runs: number): Parameters<Drawn> {
  const seed = process.env['DENYSCOPE_SEED'];
  const factor = Number(process.env['DENYSCOPE_RUNS'] ?? '1');
  return {
    numRuns: Math.round(runs * factor),
    ...(seed === 'random' ? {} : { seed: Number(seed ?? '20261122') }),
  };
}
