import { type ServedAws } from './fake.ts';
import { figuresOf, type ProcessFigures } from './process-figures.ts';

/** What a scan came to. Times in seconds. */
export interface Scanned {
  /** Accounts that were read. */
  readonly accounts: number;
  readonly calls: number;
  /** From the first call to the scan that can be asked. */
  readonly seconds: number;
  /** What of that read the accounts: the rest is the organization, and, with a store, publishing. */
  readonly reading: { readonly calls: number; readonly seconds: number };
  /** Processor time of all processes that scanned. */
  readonly cpuMs: number;
  /** Of the process that took the most. */
  readonly peakBytes: number;
  /** Processor time of the fake that answered. */
  readonly fakeCpuMs: number;
}

/** When a scan came how far, and what had been spent until then. */
export interface Clock {
  /** Remembers the first time that it is said. */
  readonly once: (moment: 'listed' | 'read') => Promise<void>;
  readonly end: (accounts: number) => Promise<Scanned>;
}

interface Moment {
  readonly at: number;
  readonly calls: number;
  readonly fakeCpuMs: number;
}

/** Starts to measure what these processes do with this fake. */
export async function startClock(aws: ServedAws, pids: readonly number[]): Promise<Clock> {
  const now = async (): Promise<Moment> => {
    const at = performance.now();
    const { calls, cpuMs } = await aws.spent();
    return { at, calls, fakeCpuMs: cpuMs };
  };
  const before = sumOf(await Promise.all(pids.map(figuresOf)));
  const start = await now();
  const moments = new Map<string, Moment>();
  return {
    once: async (name) => {
      if (!moments.has(name)) moments.set(name, await now());
    },
    end: async (accounts) => {
      const end = await now();
      const figures = await Promise.all(pids.map(figuresOf));
      const listed = moments.get('listed') ?? start;
      const read = moments.get('read') ?? end;
      return {
        accounts,
        ...between(start, end),
        reading: between(listed, read),
        cpuMs: sumOf(figures) - before,
        peakBytes: Math.max(...figures.map(({ peakBytes }) => peakBytes)),
        fakeCpuMs: end.fakeCpuMs - start.fakeCpuMs,
      };
    },
  };
}

function between(from: Moment, to: Moment): { readonly calls: number; readonly seconds: number } {
  return { calls: to.calls - from.calls, seconds: (to.at - from.at) / 1000 };
}

function sumOf(figures: readonly ProcessFigures[]): number {
  return figures.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}
