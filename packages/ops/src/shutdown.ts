import closeWithGrace from 'close-with-grace';

/** Why the process is to end: a signal, or an error that nobody caught. */
export interface StopReason {
  readonly signal: string | undefined;
  readonly error: Error | undefined;
}

export interface ShutdownOptions {
  /** Gives back what the process holds, and says with which status it ends. */
  readonly close: (reason: StopReason) => Promise<number>;
  /** How long closing may take before the process ends without it. */
  readonly graceMs?: number;
  /** Hears of a second signal and of closing that took too long, just before the process ends. */
  readonly onForced?: (why: string) => void;
}

export interface Shutdown {
  /** Leaves signals to Node again. */
  readonly uninstall: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * One Ctrl-C can arrive several times: from the terminal, from npm and from the launcher, which pass it on. Within this
 * time it is the same one; after it, a second one means "at once".
 */
const SAME_SIGNAL_MS = 500;
const GRACE_MS = 15_000;

/** What a shell reports for a process that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Ends the process in order: `close` at the first signal or uncaught error, at once at the second signal. */
export function closeOnSignal(options: ShutdownOptions): Shutdown {
  const { close, graceMs = GRACE_MS, onForced = () => {} } = options;
  let first: { readonly signal: string; readonly at: number } | undefined;
  const grace = closeWithGrace(
    {
      delay: graceMs,
      logger: false,
      onTimeout: () => onForced('closing took too long'),
      // Signals are ours; the others mean a crash that no handler should touch, or the normal end.
      skip: [
        ...SIGNALS,
        'SIGQUIT',
        'SIGILL',
        'SIGTRAP',
        'SIGABRT',
        'SIGBUS',
        'SIGFPE',
        'SIGSEGV',
        'SIGUSR2',
        'beforeExit',
      ],
    },
    async ({ err }) => {
      const status = await close({ signal: first?.signal, error: err });
      process.exit(status);
    },
  );
  const onSignal = (signal: string): void => {
    if (first === undefined) {
      first = { signal, at: performance.now() };
      grace.close();
    } else if (performance.now() - first.at > SAME_SIGNAL_MS) {
      onForced(`second ${signal}`);
      process.exit(INTERRUPTED);
    }
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    uninstall: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      grace.uninstall();
    },
  };
}
