/** How long two ways of one piece of work are compared, after a tenth of it to warm up. */
const RUN_MS = 5_000;

export type Round = () => void | Promise<void>;

/** Units of work per second. */
export interface Rates {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Does one round of each in turn, over and over, so that whatever else the machine does slows both; a round is `units`
 * units of work, and the middle round counts.
 */
export async function ratesOf(units: number, ours: Round, peer: Round): Promise<Rates> {
  await turns(RUN_MS / 10, ours, peer);
  const times = await turns(RUN_MS, ours, peer);
  return {
    ours: (units * 1000) / quantile(times.ours, 0.5),
    peer: (units * 1000) / quantile(times.peer, 0.5),
  };
}

interface Times {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

async function turns(ms: number, ours: Round, peer: Round): Promise<Times> {
  const end = performance.now() + ms;
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  do {
    times.ours.push(await millisecondsOf(ours));
    times.peer.push(await millisecondsOf(peer));
  } while (performance.now() < end);
  return times;
}

async function millisecondsOf(round: Round): Promise<number> {
  const start = performance.now();
  await round();
  return performance.now() - start;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** How long a piece of work takes, in seconds, and what comes of it. */
export async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly seconds: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { seconds: (performance.now() - start) / 1000, result };
}

/** The middle and the slowest hundredth of single measurements, in milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
}

/** Does `work` once for each item. */
export function spreadOf<T>(items: Iterable<T>, work: (item: T) => void): Spread {
  const times: number[] = [];
  for (const item of items) {
    const start = performance.now();
    work(item);
    times.push(performance.now() - start);
  }
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
}
