/** How long two ways of one piece of work are compared, in processor time, as all durations here. */
const RUN_MS = 8_000;
/** How long both go before that, so that what is measured is compiled code. */
const WARM_MS = 3_000;
/** The least that one of them goes on before it is the other's turn. */
const TURN_MS = 250;

export type Round = () => void | Promise<void>;

/** Units of work per second. */
export interface Rates {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Does rounds of each in turn, over and over, so that whatever else the machine does slows both; a round is `units`
 * units of work, and the middle turn counts. Seconds are of processor time, all threads of this process together: what
 * other processes take away is nobody's merit or fault.
 */
export async function ratesOf(units: number, ours: Round, peer: Round): Promise<Rates> {
  await turns(WARM_MS, ours, peer);
  const rounds = await turns(RUN_MS, ours, peer);
  return { ours: units * quantile(rounds.ours, 0.5), peer: units * quantile(rounds.peer, 0.5) };
}

/** Rounds per second, of each turn. */
interface Turns {
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

async function turns(ms: number, ours: Round, peer: Round): Promise<Turns> {
  const end = processorMs() + ms;
  const rates: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  do {
    rates.ours.push(await turn(ours));
    rates.peer.push(await turn(peer));
  } while (processorMs() < end);
  return rates;
}

async function turn(round: Round): Promise<number> {
  const start = processorMs();
  let rounds = 0;
  let spent = 0;
  do {
    await round();
    rounds++;
    spent = processorMs() - start;
  } while (spent < TURN_MS);
  return (rounds * 1000) / spent;
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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
