import { closeOnSignal } from '@denyscope/ops';
import { failureOf } from './failure.ts';
import { type Session } from './session.ts';

/** Something that is given back when the command ends, however it ends. */
export interface Closable {
  readonly close: () => Promise<void>;
}

/** What a command holds. */
export interface Lifetime {
  /** Waits for something to open, and closes it at the end: last opened, first closed. */
  readonly hold: <T extends Closable>(opening: Promise<T>) => Promise<T>;
}

interface LifetimeOptions {
  /** Commands that run until they are stopped end well by it; for others it cuts them short. */
  readonly endsBySignal: boolean;
}

/** What a shell reports for a process that a signal ended. */
const INTERRUPTED: Readonly<Record<string, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Runs `body`, and closes what it holds afterwards, also at Ctrl-C. */
export async function withLifetime<T>(
  session: Session,
  { endsBySignal }: LifetimeOptions,
  body: (lifetime: Lifetime) => Promise<T>,
): Promise<T> {
  const held: Promise<Closable>[] = [];
  let stopped = false;
  const closeAll = async (): Promise<void> => {
    for (const opening of held.splice(0).toReversed()) await closeWhenOpen(opening);
  };
  const shutdown = closeOnSignal({
    onForced: (why) => session.terminal.err(`\ndenyscope: ${why}: ending at once\n`),
    close: async ({ signal, error }) => {
      stopped = true;
      if (error !== undefined) say(session, error);
      if (endsBySignal && error === undefined) session.terminal.err('\ndenyscope: stopping\n');
      await closeAll();
      if (error !== undefined) return 1;
      return endsBySignal ? 0 : (INTERRUPTED[signal ?? ''] ?? 1);
    },
  });
  const hold: Lifetime['hold'] = (opening) => {
    held.push(opening);
    return opening;
  };
  try {
    return await body({ hold });
  } finally {
    // What the body says after a signal is about things that were closed under it; the process is about to end.
    if (stopped) await new Promise(() => {});
    await closeAll();
    shutdown.uninstall();
  }
}

async function closeWhenOpen(opening: Promise<Closable>): Promise<void> {
  // What did not open has said so to whoever waits for it.
  const opened = await opening.catch(() => undefined);
  await opened?.close();
}

function say({ terminal }: Session, error: Error): void {
  const failure = failureOf(error, terminal.environment);
  if (failure !== undefined) terminal.err(`denyscope: ${failure.lines.join('\n')}\n`);
}
