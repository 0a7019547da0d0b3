/** What a measurement holds until its end, and the signal that ends it early. */
export interface Holding {
  /** Waits for something to open, and gives it back at the end: last opened, first closed. */
  readonly hold: <T>(opening: Promise<T>, close: (opened: T) => Promise<void>) => Promise<T>;
  /** Aborts when the user wants no more of it. */
  readonly signal: AbortSignal;
}

/** Does some work, and gives back what it held, however it ends. */
export async function whileHolding<T>(
  signal: AbortSignal,
  work: (holding: Holding) => Promise<T>,
): Promise<T> {
  const closers: (() => Promise<void>)[] = [];
  const hold = async <O>(opening: Promise<O>, close: (opened: O) => Promise<void>): Promise<O> => {
    const opened = await opening;
    closers.push(() => close(opened));
    signal.throwIfAborted();
    return opened;
  };
  try {
    return await work({ hold, signal });
  } finally {
    for (const close of closers.toReversed()) await close().catch(report);
  }
}

/** What could not be given back must not keep the rest from it. */
function report(error: unknown): void {
  process.stderr.write(`not cleaned up: ${error instanceof Error ? error.message : String(error)}\n`);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Somebody wanted no more of it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * Does some work that Ctrl-C ends in order, however often the terminal, npm and the launcher pass it on.
 *
 * @throws Stopped after a signal, once the work has ended
 */
export async function untilStopped<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) return;
    process.stderr.write('stopping …\n');
    stopping.abort(new Stopped('stopped before the end'));
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    return await work(stopping.signal);
  } catch (error) {
    // However the work's parts put it, that is why it ended.
    stopping.signal.throwIfAborted();
    throw error;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
