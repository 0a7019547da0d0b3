import { budgetOf, rateOf, type PacedCall, type Rate } from './rates.ts';
import type { DrawTokens } from './token-bucket.ts';

/** What keeps calls below AWS's quotas: one budget for each service, Region and account (semantics.md H.2). */
export interface RateBudget {
  /** Comes back when the call may be sent, with the milliseconds that it waited. It never fails. */
  readonly take: (call: PacedCall) => Promise<number>;
}

export interface RateBudgetOptions {
  /** Where tokens come from; it does not fail. */
  readonly draw: DrawTokens;
  /** What each rate of semantics.md H.2 is multiplied by: 1 unless given. */
  readonly factor?: number | undefined;
  readonly now?: () => number;
}

/** A purse that was not used for so long is thrown away: accounts come and go. */
const IDLE_MS = 60_000;

/** Rate budgets whose tokens are drawn one or a block at a time. */
export function rateBudget({
  draw,
  factor = 1,
  now = () => performance.now(),
}: RateBudgetOptions): RateBudget {
  const purses = new Map<string, Purse>();
  let sweepAt = now() + IDLE_MS;
  const purseOf = (call: PacedCall): Purse => {
    const budget = budgetOf(call);
    const known = purses.get(budget);
    if (known !== undefined) return known;
    const purse = openPurse(budget, rateOf(call, factor), draw);
    purses.set(budget, purse);
    return purse;
  };
  return {
    take: async (call) => {
      const begun = now();
      if (begun > sweepAt) {
        for (const [budget, purse] of purses) if (purse.isIdleSince(begun - IDLE_MS)) purses.delete(budget);
        sweepAt = begun + IDLE_MS;
      }
      const purse = purseOf(call);
      if (purse.spend(begun)) return 0;
      do await purse.filled();
      while (!purse.spend(now()));
      return now() - begun;
    },
  };
}

/** The tokens of one budget that this process has in hand. */
interface Purse {
  /** Takes one, if there is one. */
  readonly spend: (time: number) => boolean;
  /** Draws a block; all who wait at the same time wait for the same one. */
  readonly filled: () => Promise<void>;
  readonly isIdleSince: (time: number) => boolean;
}

function openPurse(budget: string, { free, block, perSecond, burst }: Rate, draw: DrawTokens): Purse {
  let tokens = free;
  let usedAt = 0;
  let filling: Promise<void> | undefined;
  const fill = async (): Promise<void> => {
    try {
      const waitMs = await draw({ budget, tokens: block, perSecond, burst });
      if (waitMs > 0) await pause(Math.ceil(waitMs));
      tokens = block;
    } finally {
      filling = undefined;
    }
  };
  return {
    spend: (time) => {
      usedAt = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    filled: () => (filling ??= fill()),
    isIdleSince: (time) => usedAt < time && filling === undefined,
  };
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
