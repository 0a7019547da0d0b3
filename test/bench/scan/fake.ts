import { type WorldOptions } from '@denyscope/worlds';
import { z } from 'zod';
import { startChild } from './child.ts';
import { type Holding } from './holding.ts';
import { figuresOf } from './process-figures.ts';

/** What is served: an organization, and how long each answer waits. */
export interface Served {
  readonly world: WorldOptions;
  readonly latency: number;
}

/** A fake AWS in another process. */
export interface ServedAws {
  readonly url: string;
  /** What the world holds. */
  readonly counts: Counts;
  /** Calls that it answered so far, and the processor time that it took for them. */
  readonly spent: () => Promise<{ readonly calls: number; readonly cpuMs: number }>;
}

export type Counts = Readonly<Record<string, number>>;

const Ready = z.object({ url: z.string(), counts: z.record(z.string(), z.number()) });
const Answered = z.object({ calls: z.number() });

/** A world of 1,000 accounts takes more than Node's own limit. */
const HEAP = ['--max-old-space-size=8192'];

/** Serves a generated organization from a process of its own. */
export async function serveAws(served: Served, { hold, signal }: Holding): Promise<ServedAws> {
  const { managedPolicies: _, ...world } = served.world;
  const argument = JSON.stringify({ world, latency: served.latency });
  const starting = startChild(new URL('fake-child.ts', import.meta.url), { argument, flags: HEAP });
  const child = await hold(Promise.resolve(starting), ({ end }) => end());
  const { url, counts } = await child.next(Ready, signal);
  return {
    url,
    counts,
    spent: async () => {
      const answered = child.next(Answered, signal);
      const asking = child.send({ ask: 'calls' });
      const [{ calls }, { cpuMs }] = await Promise.all([answered, figuresOf(child.pid), asking]);
      return { calls, cpuMs };
    },
  };
}
